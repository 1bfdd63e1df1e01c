"""The middle of each network, sector and size: what half of its firms is above and half below.

The engine gives them, by its rule of medians over the whole programme, as of the publication that is
in force: once for all firms. `nearness` says which may be shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache

from monitoring.analysis import Catalogue, Specification
from monitoring.analysis.arithmetic import exact
from monitoring.analysis.catalogue_rows import MONEY, Expression, Indicator, Variable
from monitoring.analysis.engine import figures_of
from monitoring.analysis.evaluation import Evaluation
from monitoring.analysis.frames import Frames
from monitoring.analysis.groups import UNKNOWN, WHOLE, Scope
from monitoring.analysis.groups import Group as GroupKey
from monitoring.analysis.money import Converter
from monitoring.analysis.periods import annual_round
from monitoring.analysis.record import Record
from monitoring.analysis.sources import Source
from monitoring.analysis.states import Question
from monitoring.models import Publication
from monitoring.reports.record import CachedSource, catalogue_of

from . import chosen
from .nearness import Given, Group, shown

SHOWN = ("network", "sector", "size")  # groupings, in the order of a page
PUBLIC = ("country", "typology", "project", "owner_sex")  # what else is or may be published
DOLLARS, RULE = "usd", "median"
KEEP_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Middle:
    """Of one group and variable: its published digits and n; nothing where it is hidden."""

    value: str | None = None
    n: int | None = None


@dataclass(frozen=True)
class Middles:
    """Those of one year. `found`: by variable, then by grouping and code."""

    round: str = ""
    as_of: int = 0
    found: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def of(self, variable: str, grouping: str, code: str) -> Middle:
        row = self.found.get(variable, {}).get(f"{grouping}:{code}")
        return Middle(**row) if row else Middle()

    @property
    def are_published(self) -> bool:
        return bool(self.round)


def of_year(round_code: str) -> Middles:
    """Those of the year that a round asks for; of none where nothing of it is published. Kept: what
    was published never changes.
    """
    rows = [
        (row, code, as_of)
        for row, code, as_of in Publication.objects.order_by("pk").values_list(
            "pk", "round_id", "as_of_id"
        )
        if annual_round(code) == annual_round(round_code)
    ]
    in_force = set(Publication.objects.in_force().values_list("pk", flat=True))
    newest = next((row for row in reversed(rows) if row[0] in in_force), None)
    if newest is None:
        return Middles()
    key = f"feedback-middles:{settings.VERSION}:{newest[0]}:{len(rows)}"
    kept = cache.get(key)
    if kept is None:
        others = [(code, as_of) for row, code, as_of in rows if row != newest[0]]
        kept = asdict(compute(newest[1], newest[2], others))
        cache.set(key, kept, KEEP_SECONDS)
    return Middles(**kept)


def compute(round_code: str, as_of: int, others: Iterable[tuple[str, int]] = ()) -> Middles:
    """As of one approval, beside what was published of the same year as of others."""
    before = [
        Year(CachedSource(number), catalogue_of(number), code, number)
        for code, number in dict.fromkeys(others)
    ]
    year = Year(CachedSource(as_of), catalogue_of(as_of), round_code, as_of)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for variable in chosen.of_firms(year.catalogue):
        found[variable.code] = {
            name: asdict(middle) for name, middle in of_variable(year, variable, before).items()
        }
    return Middles(round_code, as_of, found)


def of_variable(
    year: "Year", variable: Variable, before: Sequence["Year"] = ()
) -> dict[str, Middle]:
    """What may be shown of one variable, by `grouping:code`."""
    with exact():
        known = [group for _key, group in year.groups(variable, PUBLIC)]
        for other in before:
            known += [group for _key, group in other.groups(variable, (*SHOWN, *PUBLIC))]
        candidates = {
            key: group
            for key, group in year.groups(variable, SHOWN)
            if key and key[0][1] != UNKNOWN
        }
        return {
            f"{grouping}:{code}": year.middle(variable, grouping, code)
            for ((grouping, code),) in shown(candidates, known)
        }


class Year:
    """The record as of an approval, asked about the year of one round."""

    def __init__(self, source: Source, catalogue: Catalogue, round_code: str, as_of: int) -> None:
        self.source, self.catalogue = source, catalogue
        self.round, self.as_of = round_code, as_of
        self.record = Record.load(source, recent=1)  # all groupings of a variable, then the next
        self.frames: dict[str, Frames] = {}
        self.asked, self.kept = "", dict[str, Evaluation]()
        self.known_by: dict[str, set[str]] = defaultdict(set)
        for project, subject in self.record.keys:
            self.known_by[subject].add(project)

    def groups(
        self, variable: Variable, groupings: Sequence[str]
    ) -> Iterator[tuple[GroupKey, Group]]:
        """The firms with a value in each group, and in the whole, with what they gave."""
        if variable.code not in self.catalogue.variables:
            return
        for grouping in groupings:
            evaluation = self.evaluation(variable, grouping)
            for group in evaluation.groups():
                if group != WHOLE or grouping == groupings[0]:
                    yield group, self.given(evaluation, variable, group)

    def given(self, evaluation: Evaluation, variable: Variable, group: GroupKey) -> Group:
        """Amounts as they were entered: a new rate of exchange is no news of any firm."""
        cells, now = evaluation.cells_now[variable.code], evaluation.now
        answered = (unit for unit in evaluation.units(group) if isinstance(now[unit], tuple))
        given = {}
        for unit in answered:
            subject = self.record.keys[unit][1]
            value, _missing, _period, currency, *_rest = cells[unit]
            given[subject] = Given((value, currency), frozenset(self.known_by[subject]))
        return given

    def middle(self, variable: Variable, grouping: str, code: str) -> Middle:
        """The engine's own figure."""
        asked = Specification(
            scope={},
            group_by=(grouping,),
            indicators=(variable.code,),
            round=self.round,
            as_of=self.as_of,
        )
        evaluation = self.evaluation(variable, grouping)
        figures = figures_of(evaluation, asked, [((grouping, code),)])
        main = next(figure for figure in figures if figure.measure == "main")
        return Middle(main.value, main.n) if main.value is not None else Middle()

    def evaluation(self, variable: Variable, grouping: str) -> Evaluation:
        """Kept while the groups of one variable are asked for."""
        if self.asked != variable.code:
            self.asked, self.kept = variable.code, {}
        if grouping not in self.kept:
            self.kept[grouping] = self._evaluation(variable, grouping)
        return self.kept[grouping]

    def _evaluation(self, variable: Variable, grouping: str) -> Evaluation:
        if grouping not in self.frames:
            self.frames[grouping] = Frames(self.record, Scope(), (grouping,), self.round)
        question = Question(
            frames=self.frames[grouping],
            catalogue=self.catalogue,
            converter=Converter(self.record.rates, self.round, "current", "USD"),
            intervals=False,
        )
        return Evaluation.load(question, as_indicator(variable), self.source)


def as_indicator(variable: Variable) -> Indicator:
    """The median of a variable, as the engine is asked for it."""
    return Indicator(
        code=variable.code,
        level=variable.level,
        unit=DOLLARS if variable.unit == MONEY else variable.unit,
        rule=RULE,
        numerator=Expression(((1, variable.code),)),
        denominator=None,
        theme=variable.theme,
        name=variable.name,
    )
