"""Figures of one question over the rounds, and where they stop being about the same projects.

A round that one project of nineteen has approved is about that project: its point is marked, no
line leads to it, and no sentence compares it with the others.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.analysis.periods import round_of_period

from . import text

ProjectsByRound = Mapping[str, Collection[str]]


class Moment(NamedTuple):
    """A figure of one period and the projects behind it.

    `run` counts up each time that they differ from those of the figure before, which `before` then
    """

    figure: Figure
    projects: frozenset[str]
    run: int = 0
    is_apart: bool = False

    def next(self, figure: Figure, projects: frozenset[str]) -> "Moment":
        """The one after it."""
        differs = projects != self.projects
        return Moment(figure, projects, self.run + differs, differs)


def moments(figures: Sequence[Figure], by_round: ProjectsByRound) -> list[Moment]:
    """The figures that have a value, in their order, each with its run."""
    found: list[Moment] = []
    for figure in figures:
        if figure.value is None:
            continue
        behind = projects_behind(figure, by_round)
        found.append(found[-1].next(figure, behind) if found else Moment(figure, behind))
    return found


def projects_behind(figure: Figure, by_round: ProjectsByRound) -> frozenset[str]:
    """Those approved in the round of the figure's period; where each project stands at its own
    milestone, those approved in any round up to it.
    """
    code = round_of_period(figure.period)
    if "mixed_periods" in figure.flags:
        return frozenset().union(*(by_round[one] for one in by_round if one <= code))
    return frozenset(by_round.get(code, ()))


def alike(found: Sequence[Moment]) -> list[Moment]:
    """Those about the same projects as the last: the only ones that it is compared with."""
    return [moment for moment in found if moment.projects == found[-1].projects]


def apart(found: Sequence[Moment]) -> str:
    """What open squares mean, with the projects of each period; empty where all are the same."""
    if not any(moment.is_apart for moment in found):
        return ""
    counts = ", ".join(
        f"{moment.figure.period}: {text.count(len(moment.projects))}" for moment in found
    )
    return _(
        "Open square, and a broken line: other projects than the point before. Projects: {counts}."
    ).format(counts=counts)
