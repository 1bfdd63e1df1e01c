"""Projects beneath countries: which countries each project reaches, and what a reader subtracts the
projects from.

A country that is shown is subtracted from by itself. All that are hidden are one: a reader has them
only as what the shown ones leave of the total. A project of several countries joins them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from .figures import Figure, canonical
from .sides import UNPUBLISHED, Side, Sides

REST = ""  # all countries that are hidden
Reach = frozenset[str]


class Judged(Protocol):
    """A number of one group, and why it is hidden, if it is."""

    figure: Figure
    sides: Sides | None
    reason: str


class Whole(NamedTuple):
    """What is subtracted from, and what of it is no part of these countries."""

    sides: Sides
    less: list[Sides]


class Atoms:
    """The countries of one table."""

    def __init__(self, above: Sequence[Judged]) -> None:
        self.total = next((p for p in above if not p.figure.group and not p.reason), None)
        self.countries = {canonical(p.figure.group): p for p in above if p.figure.group}

    def reach(self, part: Judged) -> Reach:
        """The countries in which a project has a unit, hidden ones under one name."""
        units = _units(part)
        return frozenset(
            REST if country.reason else key
            for key, country in self.countries.items()
            if not units.isdisjoint(_units(country))
        )

    def whole(self, joined: Reach, sides: Callable[[Any], Sides]) -> Whole | None:
        """None where a reader cannot have it: the total is hidden."""
        shown = {key: p for key, p in self.countries.items() if not p.reason}
        if REST not in joined:
            return Whole(together([sides(shown[key]) for key in sorted(joined)]), [])
        if self.total is None:
            return None
        others = [sides(country) for key, country in shown.items() if key not in joined]
        return Whole(sides(self.total), others)


def _units(part: Judged) -> frozenset:
    return frozenset(part.sides[0].given) if part.sides else frozenset()


def reaches(each: Iterable[Reach]) -> list[Reach]:
    """Those of single projects, and what projects join, one over another."""
    single = {reach for reach in each if reach}
    joined: list[Reach] = []
    for reach in single:
        touching = [other for other in joined if other & reach]
        joined = [other for other in joined if not other & reach]
        joined.append(reach.union(*touching))
    return sorted(single.union(joined), key=lambda reach: (len(reach), sorted(reach)))


def together(countries: Sequence[Sides]) -> Sides:
    """Side by side what several countries have: no unit is in two of them."""
    if len(countries) == 1:
        return countries[0]
    return tuple(_joined(sides) for sides in zip(*countries, strict=False))


def _joined(sides: Sequence[Side]) -> Side:
    if UNPUBLISHED in sides:
        return UNPUBLISHED
    first = sides[0]
    others = first.others
    if first.parts:
        beside = zip(*(side.others for side in sides), strict=True)
        others = tuple(_merged(same) for same in beside)
    return first._replace(given=_merged(side.given for side in sides), others=others)


def _merged(given: Iterable) -> dict:
    return {giver: value for one in given for giver, value in one.items()}
