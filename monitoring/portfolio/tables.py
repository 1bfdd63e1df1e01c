"""The heat tables of the portfolio: numbers and words first, ground colour second."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.calendar import lateness
from monitoring.calendar.rounds import codes_of
from monitoring.models import Indicator, Submission
from monitoring.reports import target_words, text, wording
from monitoring.reports.text import Computed
from monitoring.reports.wording import Verdict
from monitoring.sheet.display import submission_mark
from pip_network.web import formats
from projects.models import Project

from .attention import elapsed, shares
from .kept_figures import Kept

SHADES = 4


@dataclass(frozen=True)
class Cell:
    """A figure in a heat table: its words, why not, its shade 0-4 (0: no value), rise or fall, its
    address.
    """

    shown: str
    has_value: bool
    shade: int = 0
    mark: str = ""
    mark_label: str = ""
    url: str = ""
    n: str = ""
    target: str = ""
    way: str = ""


def cell(figure: Figure | None, indicator: Computed, shade: int = 0, *, asked: bool = True) -> Cell:
    """A figure, or why there is none, with the way to its trace. A project that its round did not
    ask, as it had not begun or had ended, is not missing.
    """
    if figure is None:
        return Cell(_("no approved data") if asked else _("not asked"), False)
    url = reverse("figure", args=[figure.id])
    if figure.value is None:
        aim = target_words.target(figure, indicator)
        return Cell(text.reason(figure.reason), False, url=url, target=aim)
    verdict = wording.verdict(figure.panel)
    amount = text.amount(figure.value, figure.unit, sign=text.signed(indicator))
    mark = {Verdict.UP: "up", Verdict.DOWN: "dn"}.get(verdict, "")
    return Cell(
        amount,
        True,
        shade,
        mark,
        wording.verdict_words(verdict) if mark else "",
        url,
        text.count(figure.n),
        target_words.target(figure, indicator),
        target_words.beside(figure, indicator),
    )


def heat(
    kept: Kept, projects: Mapping[str, Project], indicators: Sequence[Indicator]
) -> list[tuple[str, list[Cell]]]:
    """A row a project; the shade of a cell is its place among the values of its column."""
    rows = list(projects)
    figures_by_code = {
        indicator.code: [
            kept.by_project.get(indicator.code, "main", {"project": project}) for project in rows
        ]
        for indicator in indicators
    }
    shades = {code: ranks(figures) for code, figures in figures_by_code.items()}
    return [
        (
            project,
            [
                cell(
                    figures_by_code[indicator.code][at],
                    indicator,
                    shades[indicator.code].get(at, 0),
                    asked=kept.round in codes_of(projects[project]),
                )
                for indicator in indicators
            ],
        )
        for at, project in enumerate(rows)
    ]


def ranks(figures: Sequence[Figure | None]) -> dict[int, int]:
    """Shade 1-4 by rank of the value; equal values share the lower one."""
    values = {
        at: Decimal(figure.value)
        for at, figure in enumerate(figures)
        if figure is not None and figure.value is not None
    }
    ordered = sorted(values.values())
    if not ordered or ordered[0] == ordered[-1]:
        return dict.fromkeys(values, 1)
    return {at: 1 + ordered.index(value) * SHADES // len(ordered) for at, value in values.items()}


def totals(kept: Kept, indicators: Sequence[Indicator]) -> list[Cell]:
    """The row of the whole."""
    return [cell(kept.by_project.get(indicator.code), indicator) for indicator in indicators]


@dataclass(frozen=True)
class State:
    """A submission in the table of projects by rounds."""

    css: str
    word: str
    url: str
    note: str


def states(
    projects: Sequence[str],
    rounds: Sequence[str],
    submissions: Iterable[Submission],
    at: dt.datetime,
) -> list[tuple[str, list[State | None]]]:
    """A row a project, a cell a round; None where the project has no submission."""
    by_place: Mapping[tuple[str, str], State] = {
        (submission.project_id, submission.round_id): state(submission, at)
        for submission in submissions
    }
    return [(project, [by_place.get((project, code)) for code in rounds]) for project in projects]


def state(submission: Submission, at: dt.datetime) -> State:
    """How a submission stands at a moment: mark, address, and by how much it was late."""
    css, word = submission_mark(submission, at)
    note = lateness.mark(submission, at) if submission.was_late else ""
    if submission.revision > 1:
        note = ", ".join(part for part in (_("amended"), note) if part)
    return State(css, str(word), submission.get_absolute_url(), note)


@dataclass(frozen=True)
class Spending:
    """Spending of a project against its budget and its time, in percent."""

    project: str
    fomin: str
    local: str
    elapsed: str
    behind: Decimal
    fomin_at: int
    local_at: int
    elapsed_at: int


def money(projects: Mapping[str, Project], kept: Kept) -> list[Spending]:
    """A project a row, those furthest behind first; without those whose amounts are not known."""
    rows = []
    for code, project in projects.items():
        spent, elapsed_share = (
            shares(kept.facts.get("spending", {}).get(code, {})),
            elapsed(project, kept.round),
        )
        if spent and elapsed_share is not None:
            rows.append(
                Spending(
                    code,
                    formats.percent(spent["fomin"]),
                    formats.percent(spent["local"]),
                    formats.percent(elapsed_share),
                    spent["total"] - elapsed_share,
                    at(spent["fomin"]),
                    at(spent["local"]),
                    at(elapsed_share),
                )
            )
    return sorted(rows, key=lambda row: (row.behind, row.project))


def axis() -> list[tuple[int, str]]:
    """Marks above the drawing of spending: place and words."""
    return [(at(Decimal(mark)), formats.percent(mark)) for mark in (0, 50, 100)]


def at(percent: Decimal) -> int:
    """Place on the drawing: three pixels a point, up to 120 %."""
    return min(360, max(0, round(percent * 3)))
