"""When each semester of each project is opened, filled, submitted, returned and approved.

Plain data from the seed.
"""

import datetime as dt
import random
from dataclasses import dataclass, replace
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
    opened: dt.datetime
    ending: Ending = Ending.DRAFT
    captured: dt.datetime | None = None
    filled: dt.datetime | None = None
    share: float = 1.0
    submitted: dt.datetime | None = None
    returned: dt.datetime | None = None
    resubmitted: dt.datetime | None = None
    approved: dt.datetime | None = None
    is_open_round: bool = False

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
    """Of every project, its semesters up to the open one."""
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
    begun = Delivery(project, half, opened)
    if half == world.open_round:
        return _in_open_round(world, begun, rng, role, minute)
    captured = _capture(begun, rng, minute) if project.diligence > 0.5 else None
    filled = moment(half.ends + days(rng.randint(2, 15)), minute)
    last = half == world.rounds[-2]
    if last and role == UNAPPROVED_LAST and len(world.rounds) > 3:
        return replace(begun, captured=captured, filled=filled, share=0.7)
    return _approved(replace(begun, captured=captured, filled=filled), filled, rng, last=last)


def _capture(begun: Delivery, rng: random.Random, minute: int) -> dt.datetime:
    """In the middle of the semester, and not soon after its opening."""
    captured = moment(begun.half.starts + days(rng.randint(96, 108)), minute)
    if captured < begun.opened + days(40):
        return moment(begun.half.starts + days(135), minute)
    return captured


def _approved(
    delivery: Delivery, filled: dt.datetime, rng: random.Random, *, last: bool
) -> Delivery:
    """Handed in after it was filled, perhaps late, perhaps returned once, and approved."""
    late = rng.random() < 0.09 and not last
    delay = rng.randint(1, 6) + (rng.randint(20, 30) if late else 0)
    submitted = filled + days(delay) + dt.timedelta(hours=2)
    returned = resubmitted = None
    if rng.random() < 0.17:
        returned = submitted + days(rng.randint(3, 6)) + dt.timedelta(hours=1)
        resubmitted = returned + days(rng.randint(2, 5))
    approved = (resubmitted or submitted) + days(rng.randint(2, 9)) + dt.timedelta(hours=1)
    return replace(
        delivery,
        ending=Ending.APPROVED,
        submitted=submitted,
        returned=returned,
        resubmitted=resubmitted,
        approved=approved,
    )


def _in_open_round(
    world: World, begun: Delivery, rng: random.Random, role: int, minute: int
) -> Delivery:
    """The open round, as it stands some three months after its beginning."""
    begun = replace(begun, is_open_round=True)
    if role == UNAPPROVED_LAST:
        return replace(begun, share=0)
    ending = OPEN_ENDINGS.get(role, Ending.DRAFT)
    share = 1.0 if ending != Ending.DRAFT else rng.choice((0.0, 0.15, 0.3, 0.5, 0.75))
    if role == OWN_PROJECT or len(world.projects) < OWN_PROJECT:
        share = OWN_SHARE
    day = begun.half.starts + days(rng.randint(70, 84)) if share else None
    filled = moment(day, minute) if day is not None else None
    submitted = filled + days(3) if filled is not None and ending != Ending.DRAFT else None
    returned = submitted + days(4) if submitted is not None and ending == Ending.RETURNED else None
    return replace(
        begun, ending=ending, filled=filled, share=share, submitted=submitted, returned=returned
    )
