"""What twelve of the invented projects mean to reach: agreed after their first approved semester; one
of them amends a target later, the demonstration's own director has one that waits.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from monitoring.analysis import Catalogue
from monitoring.models import TargetProposal
from monitoring.targets import actions
from monitoring.targets.asked import catalogue_in_force, rounds_asking

from . import texts
from .periods import days
from .population import OWN_PROJECT
from .registry import Cast, Step
from .schedule import Delivery
from .world import PlannedProject, World

NUMBERS = (3, 5, 6, OWN_PROJECT, 8, 9, 10, 11, 12, 14, 16, 17)  # within each nineteen
AMENDED = 8
AFTER = days(12)  # the first approval of the project
AGREED_AFTER = days(9)
AMENDED_AFTER = days(400)
# What there is at the beginning already, as a share of what there is to be.
BEGUN = {"C01": Decimal("0.6"), "B01": Decimal("0.6"), "Z01": Decimal("0.8")}
WAITS_SINCE = days(60)  # of the open round


@dataclass
class Targeting:
    """Proposes and agrees as the project's own people."""

    cast: Cast
    seed: int

    @cached_property
    def catalogue(self) -> Catalogue:
        """Read when the first step is played."""
        return catalogue_in_force()

    def propose_first(self, planned: PlannedProject, at: dt.datetime) -> None:
        """All indicators of the project in one sitting."""
        rng = random.Random(f"{self.seed}:targets:{planned.code}")
        for indicator, last in aims(planned, rng).items():
            self.propose(planned, indicator, last, texts.TARGETS_NOTE, at)

    def amend(self, planned: PlannedProject, at: dt.datetime) -> None:
        """A third less than it had meant to reach."""
        rng = random.Random(f"{self.seed}:targets:{planned.code}")
        indicator, last = next(iter(aims(planned, rng).items()))
        lower = last * 2 / 3
        self.propose(planned, indicator, lower, texts.TARGETS_AMENDED, at)

    def wait(self, planned: PlannedProject, at: dt.datetime) -> None:
        """One more, which nobody has decided about."""
        self.propose(planned, "D01", Decimal(45), texts.TARGETS_WAITING, at, only_last=True)

    def propose(
        self,
        planned: PlannedProject,
        indicator: str,
        last: Decimal,
        note: str,
        at: dt.datetime,
        *,
        only_last: bool = False,
    ) -> None:
        """On the way to the last round as much more each time, from the day on which it is said."""
        project, catalogue = self.cast.projects[planned.code], self.catalogue
        asking = rounds_asking(project, catalogue.frequency(catalogue.indicators[indicator]))
        ahead = [code for code in asking if code >= f"{at.year}-S{1 if at.month <= 6 else 2}"]
        rounds = ahead[-1:] if only_last else ahead
        begun = BEGUN.get(indicator, Decimal(0))
        values = {
            code: (last * (begun + (1 - begun) * (asking.index(code) + 1) / len(asking))).quantize(
                Decimal(1)
            )
            for code in rounds
        }
        if not values:  # nothing is asked of it any more
            return
        actions.propose(
            project=project,
            indicator=indicator,
            values=values,
            note=note,
            by=self.cast.people.directors[planned.code],
            at=at,
        )

    def agree(self, planned: PlannedProject, reason: str, at: dt.datetime) -> None:
        """What waits, all of it."""
        project = self.cast.projects[planned.code]
        waiting = TargetProposal.objects.waiting().filter(project=project)
        chosen = dict(waiting.values_list("pk", "stamp"))
        if not chosen:
            return
        actions.agree(
            project=project,
            chosen=chosen,
            reason=reason,
            by=self.cast.people.reviewers[planned.code],
            at=at,
        )


def aims(planned: PlannedProject, rng: random.Random) -> dict[str, Decimal]:
    """What it means to reach in its last round, more where its networks gain more."""
    effect = Decimal(str(planned.effect))
    firms = len(planned.firms)
    return {
        "C01": Decimal(20 + rng.randint(0, 10)) + 10 * effect,
        "B01": Decimal(40 + rng.randint(0, 10)) + 15 * effect,
        "E02": Decimal(8 + rng.randint(0, 6)) + 20 * effect,
        "F02": Decimal(firms) * effect,
        "Z01": Decimal(firms),
    }


def target_steps(world: World, cast: Cast, planned: Iterable[Delivery]) -> Iterator[Step]:
    """In worlds of nineteen projects; the small ones of tests have none."""
    if len(world.projects) < len(NUMBERS):
        return
    targeting = Targeting(cast, world.seed)
    first: dict[str, Delivery] = {}
    for delivery in planned:
        if delivery.approved is not None:
            first.setdefault(delivery.project.code, delivery)
    for delivery in first.values():
        project, approved = delivery.project, delivery.approved
        number = (project.number - 1) % 19 + 1
        if number not in NUMBERS or approved is None:
            continue
        at = approved + AFTER
        yield Step(at, partial(targeting.propose_first, project))
        yield Step(at + AGREED_AFTER, partial(targeting.agree, project, texts.TARGETS_REASON))
        at += AMENDED_AFTER
        if number == AMENDED and at.date() < world.open_round.starts:
            yield Step(at, partial(targeting.amend, project))
            agreed = partial(targeting.agree, project, texts.TARGETS_AMENDED_REASON)
            yield Step(at + AGREED_AFTER, agreed)
        if number == OWN_PROJECT:
            opened = dt.datetime.combine(world.open_round.starts, dt.time(10), dt.UTC)
            yield Step(opened + WAITS_SINCE, partial(targeting.wait, project))
