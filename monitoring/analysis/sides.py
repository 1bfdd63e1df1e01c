"""Sides of a public number: one list of what units gave to it, and what is asked of the list.

The units themselves, the amounts of the numerator, of the denominator, of the baseline, those that
answered yes, those that answered no. What was given is kept by unit, so that two lists can be
subtracted as a reader would.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from .arithmetic import ONE, ZERO, total

FEWEST, FEWEST_RANKED, DOMINATED = 5, 10, 10
FEW_UNITS, FEW_CONTRIBUTORS, DOMINANCE = "few_units", "few_contributors", "dominance"
SECONDARY = "secondary"  # hidden to protect another number
REASONS = (FEW_UNITS, FEW_CONTRIBUTORS, DOMINANCE, SECONDARY)

Giver = tuple[str, int, int]  # subject, unit, and the round where several are added
Test = Callable[[list[Decimal]], str]


class Given(dict[Giver, Decimal]):
    """What units gave to a sum, asked again and again beside other sums."""

    @cached_property
    def unrated(self) -> bool:
        """Whether some amount lacks a rate."""
        return any(value.is_nan() for value in self.values())

    @cached_property
    def nonzero(self) -> dict[Giver, Decimal]:
        return {giver: value for giver, value in self.items() if value}


class Side(NamedTuple):
    """What units gave to one part of a number, and what is asked of it; `others`: numbers of other
    tables about the same amounts, of which the smaller is subtracted from what holds it; `asked`:
    whether of the number itself, or only of what is left of it; `parts`: whether the others are
    those of the same group, subtracted with it.
    """

    given: Mapping[Giver, Decimal]
    test: Test
    others: tuple[Mapping[Giver, Decimal], ...] = ()
    asked: bool = True
    parts: bool = False

    def refusal(self) -> str:
        """The code of the test that fails; empty when none does. A firm that stands behind several
        values is one firm.
        """
        if not self.asked:
            return ""
        if self.others:
            own = Given(self.given)
            nested = (nest(own, other) for other in self.others)
            return refusal(Side(rest, told_from_difference) for rest in nested if rest)
        by_subject: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for (subject, *_), value in self.given.items():
            by_subject[subject] += value
        return self.test([abs(value) for value in by_subject.values()])


Sides = tuple[Side, ...]


def few(values: list[Decimal]) -> str:
    return FEW_UNITS if len(values) < FEWEST else ""


def few_ranked(values: list[Decimal]) -> str:
    """A rank is closer to its neighbours than a sum: it asks for more units."""
    return FEW_UNITS if len(values) < FEWEST_RANKED else ""


def one_or_two(values: list[Decimal]) -> str:
    return FEW_CONTRIBUTORS if len(values) in (1, 2) else ""


def told_from_sum(values: list[Decimal]) -> str:
    """Fewer than five that gave anything, or (p % rule) the second largest could work the largest
    out to within ten percent.
    """
    gave = sorted((value for value in values if value), reverse=True)
    if len(gave) < FEWEST:
        return FEW_CONTRIBUTORS
    return DOMINANCE if DOMINATED * total(gave[2:]) < gave[0] else ""


def told_from_round(values: list[Decimal]) -> str:
    """The same of one round of several, in which nobody may have given anything."""
    return told_from_sum(values) if values else ""


def told_from_difference(values: list[Decimal]) -> str:
    """Of what two published numbers leave, only that nobody can be worked out from it."""
    gave = sorted(values, reverse=True)
    return SECONDARY if gave and DOMINATED * total(gave[2:]) < gave[0] else ""


def silent(values: list[Decimal]) -> str:
    return ""


UNPUBLISHED = Side({}, silent)


def nest(one: Mapping[Giver, Decimal], two: Mapping[Giver, Decimal]) -> dict[Giver, Decimal]:
    """What the larger has besides, where it holds the smaller amount by amount; else nothing: of a
    difference of both signs nobody knows what it is of.
    """
    less, more = sorted((nonzero(one), nonzero(two)), key=len)
    if not less or not less.items() <= more.items():
        return {}
    return {giver: x for giver, x in more.items() if giver not in less}


def nonzero(given: Mapping[Giver, Decimal]) -> Mapping[Giver, Decimal]:
    if isinstance(given, Given):
        return given.nonzero
    return {giver: value for giver, value in given.items() if value}


def refusal(sides: Iterable[Side]) -> str:
    """The first of the tests that fails, in the order of the rules; empty when none does."""
    found = {side.refusal() for side in sides}
    return next((code for code in REASONS if code in found), "")


def left_over(whole: Sides, shown: Iterable[Sides]) -> Sides:
    """What a reader has who subtracts the groups that are shown from the whole."""
    parts = list(shown)
    left = (
        _left_of(side, [part[place] for part in parts if place < len(part)])
        for place, side in enumerate(whole)
    )
    return tuple(side for side in left if side.given)


def _left_of(side: Side, shown: list[Side]) -> Side:
    others = side.others
    if side.parts:
        beside = [[part.others[at] for part in shown if part.others] for at in range(len(others))]
        others = tuple(_less(one, rest) for one, rest in zip(others, beside, strict=True))
    return Side(_less(side.given, [part.given for part in shown]), side.test, others)


def _less(
    whole: Mapping[Giver, Decimal], shown: list[Mapping[Giver, Decimal]]
) -> dict[Giver, Decimal]:
    """Giver by giver; who is in both with the same amount is gone."""
    times, left = Counter(whole.keys()), defaultdict(lambda: ZERO, whole)
    for part in shown:
        times.subtract(part.keys())
        for giver, value in part.items():
            left[giver] -= value
    return {giver: left[giver] for giver, count in times.items() if count or left[giver]}


def yes_and_no(answers: Mapping[Giver, bool]) -> Sides:
    yes = {giver: ONE for giver, answer in answers.items() if answer}
    no = {giver: ONE for giver, answer in answers.items() if not answer}
    return (Side(yes, one_or_two), Side(no, one_or_two))


def difference(one: Mapping[Giver, Decimal], two: Mapping[Giver, Decimal]) -> Side:
    """What one number has more than another, in amounts; at other prices that is everybody."""
    if any(value.is_nan() for given in (one, two) for value in given.values()):
        return UNPUBLISHED
    left = {giver: one.get(giver, ZERO) - two.get(giver, ZERO) for giver in {**one, **two}}
    return Side({giver: value for giver, value in left.items() if value}, told_from_difference)


def amounts(columns: Iterable[Mapping[Giver, Decimal]]) -> Sides:
    """Amounts that are added; what lacks a rate is not published, and gives nobody away."""
    return tuple(
        UNPUBLISHED
        if any(value.is_nan() for value in column.values())
        else Side(column, told_from_sum)
        for column in columns
    )
