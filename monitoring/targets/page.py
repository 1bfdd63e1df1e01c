"""The targets of a project in words: a line an indicator, a cell a round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.analysis import RULES, Catalogue
from monitoring.analysis import Indicator as Defined
from monitoring.analysis.targets import way
from monitoring.calendar.rounds import codes_of
from monitoring.choices import TargetState
from monitoring.models import Indicator, TargetProposal
from monitoring.numbers import plain
from monitoring.reports import text
from pip_network.choices import Theme
from pip_network.web import formats
from projects.models import Project

from .asked import catalogue_in_force, rounds_asking
from .history import History, Point, history_of
from .standing import Standing

NOTHING = Point(None, None, "")
MARKS = {TargetState.PROPOSED: "st-sent", TargetState.RETURNED: "st-back"}


class Named(NamedTuple):
    """An indicator as a page names it; `defined`: None where the catalogue has dropped it."""

    code: str
    name: str
    unit: str
    unit_name: str
    defined: Defined | None
    theme: str = ""

    @property
    def signed(self) -> bool:
        return self.defined is not None and text.signed(self.defined)

    def amount(self, value: str | None) -> str:
        return text.amount(value, self.unit, sign=self.signed)

    def target(self, value: str | None) -> str:
        return text.target(value, self.unit, sign=self.signed)


@dataclass(frozen=True)
class Cell:
    """One round of one indicator: what it was, what it was meant to be, what is proposed."""

    round: str
    is_asked: bool
    value: str = ""
    target: str = ""
    way: str = ""
    proposal: TargetProposal | None = None
    proposed: str = ""
    mark: str = ""
    number: int | None = None  # of the approval

    @property
    def is_empty(self) -> bool:
        return not (self.value or self.target or self.proposal)


@dataclass(frozen=True)
class Line:
    """One indicator: baseline, last value, what it is to be at the end and how far it has come."""

    named: Named
    baseline: str
    last: str
    last_round: str
    end: str
    end_round: str
    way: str
    cells: list[Cell]

    @property
    def has_targets(self) -> bool:
        return any(cell.target or cell.proposal for cell in self.cells)


class Group(NamedTuple):
    """The lines of one theme."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Page:
    """The targets of one project."""

    rounds: list[str]
    groups: list[Group]
    waiting: list["Waiting"]
    returned: list["Waiting"]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def agreed(self) -> int:
        return sum(bool(cell.target) for line in self.lines for cell in line.cells)


class Waiting(NamedTuple):
    """A proposal beside what it would change."""

    proposal: TargetProposal
    named: Named
    proposed: str
    agreed: str
    last: str
    last_round: str
    baseline: str

    @property
    def token(self) -> str:
        """What a form says that it has seen."""
        return f"{self.proposal.pk}.{self.proposal.stamp}"


def build(project: Project) -> Page:
    """The whole page; a fixed number of queries."""
    standing, history, catalogue = Standing.of(project), history_of(project), catalogue_in_force()
    named = names(catalogue, {code for code, _at in (*standing.agreed, *standing.proposed)})
    rounds = columns(project, named.values(), standing)
    lines = {
        code: line(project, one, catalogue, standing, history, rounds)
        for code, one in named.items()
    }
    proposals = [
        waiting(row, lines[row.indicator], standing)
        for _key, row in sorted(standing.proposed.items())
    ]
    return Page(
        rounds,
        grouped(lines.values()),
        [one for one in proposals if one.proposal.state == TargetState.PROPOSED],
        [one for one in proposals if one.proposal.state == TargetState.RETURNED],
    )


def names(catalogue: Catalogue, used: Iterable[str] = ()) -> dict[str, Named]:
    """The indicators of the catalogue in its order, then those that it has dropped and that have a
    target; one query.
    """
    rows = Indicator.objects.select_related("unit").order_by("-catalogue", "position")
    found: dict[str, Named] = {}
    dropped: dict[str, Named] = {}
    for row in rows:
        defined = catalogue.indicators.get(row.code)
        of_version = defined is not None and row.catalogue_id == catalogue.version
        if of_version or (defined is None and row.code in used and row.code not in dropped):
            one = Named(row.code, row.name, row.unit_id, str(row.unit), defined, row.theme)
            (found if of_version else dropped)[row.code] = one
    return found | dropped


def columns(project: Project, named: Iterable[Named], standing: Standing) -> list[str]:
    """The rounds of the project, and those that it no longer has but that have a target."""
    strays = {at for one in named for at in standing.rounds(one.code)}
    return sorted({*codes_of(project), *strays})


def line(
    project: Project,
    named: Named,
    catalogue: Catalogue,
    standing: Standing,
    history: History,
    rounds: Sequence[str],
) -> Line:
    points = history.get(named.code, {})
    asking = rounds_of(project, named, catalogue)
    cells = [
        cell(code, named, points.get(code, NOTHING), standing, code in asking) for code in rounds
    ]
    known = [code for code in sorted(points) if points[code].value is not None]
    last = points[known[-1]] if known else NOTHING
    end = asking[-1] if asking else ""
    target = standing.target((named.code, end))
    return Line(
        named,
        named.amount(last.baseline) if has_way(named) else "",
        named.amount(last.value),
        known[-1] if known else "",
        named.target(plain(target)) if target is not None else "",
        end,
        way_words(named, last, None if target is None else plain(target)),
        cells,
    )


def rounds_of(project: Project, named: Named, catalogue: Catalogue) -> list[str]:
    """The rounds that ask an indicator of a project; none of one that the catalogue has dropped."""
    if named.defined is None:
        return []
    return rounds_asking(project, catalogue.frequency(named.defined))


def cell(code: str, named: Named, point: Point, standing: Standing, is_asked: bool) -> Cell:
    key = (named.code, code)
    target, row = standing.target(key), standing.proposed.get(key)
    meant = None if target is None else plain(target)
    proposed = ""
    if row is not None:
        proposed = _("none") if row.value is None else named.target(plain(row.value))
    return Cell(
        code,
        is_asked,
        named.amount(point.value),
        named.target(meant),
        way_words(named, point, meant),
        row,
        proposed,
        MARKS.get(TargetState(row.state), "") if row else "",
        standing.agreed[key].approved_in_id if target is not None else None,
    )


def has_way(named: Named) -> bool:
    return named.defined is not None and RULES[named.defined.rule].has_way


def way_words(named: Named, point: Point, target: str | None) -> str:
    """How far a value has come from the baseline to the target."""
    if named.defined is None:
        return ""
    found = way(named.defined.rule, point.baseline, point.value, target)
    return "" if found is None else formats.percent(found)


def waiting(row: TargetProposal, of: Line, standing: Standing) -> Waiting:
    agreed = standing.target((row.indicator, row.round))
    return Waiting(
        row,
        of.named,
        _("none") if row.value is None else of.named.target(plain(row.value)),
        "" if agreed is None else of.named.target(plain(agreed)),
        of.last,
        of.last_round,
        of.baseline,
    )


def grouped(lines: Iterable[Line]) -> list[Group]:
    """By theme, in the order of the catalogue; what it has dropped last."""
    by_title: dict[str, list[Line]] = {}
    for one in lines:
        title = str(Theme(one.named.theme).label)
        if one.named.defined is None:
            title = _("No longer in the catalogue")
        by_title.setdefault(title, []).append(one)
    return [Group(title, of_theme) for title, of_theme in by_title.items()]
