"""When each semester of each project is opened, filled, submitted, returned and approved.

Plain data from the seed.
"""

import datetime as dt
import random
from dataclasses import dataclass
from enum import StrEnum

from .periods import Half, days, moment
from .population import OVERSPENDING, OWN_PROJECT, UNAPPROVED_LAST
from .world import PlannedProject, World


class Ending(StrEnum):
    """How far a delivery gets in the demonstration."""

    APPROVED = "approved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DRAFT = "draft"


# Open round, by project (number within each nineteen); the others are drafts, filled more or less.
OPEN_ENDINGS = {
    2: Ending.SUBMITTED,
    OVERSPENDING: Ending.SUBMITTED,
    9: Ending.RETURNED,
    15: Ending.RETURNED,
}
OWN_SHARE = 0.55


@dataclass(frozen=True)
class Delivery:
    """One project's semester.

    Days are moments; None where that step is not reached. `share`: of the cells, filled.
    """

    project: PlannedProject
    half: Half
    ending: Ending
    opened: dt.datetime
    captured: dt.datetime | None
    filled: dt.datetime | None
    share: float
    submitted: dt.datetime | None
    returned: dt.datetime | None
    resubmitted: dt.datetime | None
    approved: dt.datetime | None
    is_open_round: bool

    @property
    def code(self) -> str:
        return self.half.code

    @property
    def key(self) -> tuple[str, str]:
        return self.project.code, self.half.code

    @property
    def seed(self) -> str:
        return f"{self.project.code}:{self.half.code}"


def deliveries(world: World) -> list[Delivery]:
    return [
        _delivery(world, project, half)
        for project in world.projects
        for half in world.rounds_of(project)
    ]


def _delivery(world: World, project: PlannedProject, half: Half) -> Delivery:
    rng = random.Random(f"{world.seed}:schedule:{project.code}:{half.code}")
    role = (project.number - 1) % 19 + 1
    minute = 120 + project.number % 200
    opened = moment(max(half.starts + days(1), project.starts_on), minute)
    diligent = project.diligence > 0.5
    if half == world.open_round:
        return _in_open_round(world, project, half, rng, role, minute, opened)
    captured = moment(half.starts + days(rng.randint(96, 108)), minute) if diligent else None
    if captured is not None and captured < opened + days(40):
        captured = moment(half.starts + days(135), minute)
    filled = moment(half.ends + days(rng.randint(2, 15)), minute)
    ending = Ending.APPROVED
    if half == world.rounds[-2] and role == UNAPPROVED_LAST and len(world.rounds) > 3:
        ending = Ending.DRAFT
        return Delivery(
            project,
            half,
            ending,
            opened,
            captured,
            filled,
            0.7,
            None,
            None,
            None,
            None,
            is_open_round=False,
        )
    last = half == world.rounds[-2]
    late = rng.random() < 0.09 and not last
    submitted = (
        filled
        + days(rng.randint(1, 6) + (rng.randint(20, 30) if late else 0))
        + dt.timedelta(hours=2)
    )
    returned = resubmitted = None
    if rng.random() < 0.17:
        returned = submitted + days(rng.randint(3, 6)) + dt.timedelta(hours=1)
        resubmitted = returned + days(rng.randint(2, 5))
    approved = (resubmitted or submitted) + days(rng.randint(2, 9)) + dt.timedelta(hours=1)
    return Delivery(
        project,
        half,
        ending,
        opened,
        captured,
        filled,
        1.0,
        submitted,
        returned,
        resubmitted,
        approved,
        is_open_round=False,
    )


def _in_open_round(
    world: World,
    project: PlannedProject,
    half: Half,
    rng: random.Random,
    role: int,
    minute: int,
    opened: dt.datetime,
) -> Delivery:
    """The open round, as it stands some three months after its beginning."""
    ending = OPEN_ENDINGS.get(role, Ending.DRAFT)
    if role == UNAPPROVED_LAST:
        return Delivery(
            project,
            half,
            Ending.DRAFT,
            opened,
            None,
            None,
            0,
            None,
            None,
            None,
            None,
            is_open_round=True,
        )
    share = 1.0 if ending != Ending.DRAFT else rng.choice((0.0, 0.15, 0.3, 0.5, 0.75))
    if role == OWN_PROJECT or len(world.projects) < OWN_PROJECT:
        share = OWN_SHARE
    filled = moment(half.starts + days(rng.randint(70, 84)), minute) if share else None
    submitted = filled + days(3) if filled is not None and ending != Ending.DRAFT else None
    returned = submitted + days(4) if submitted is not None and ending == Ending.RETURNED else None
    return Delivery(
        project,
        half,
        ending,
        opened,
        None,
        filled,
        share,
        submitted,
        returned,
        None,
        None,
        is_open_round=True,
    )
