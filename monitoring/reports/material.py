"""All that sections are built from, read once: figures, the rounds before, the projects, names and
texts as of N.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from monitoring.analysis import RULES, Attrition, Catalogue, Figure, Indicator, Specification
from monitoring.analysis.catalogue_rows import MONEY
from monitoring.analysis.figures import canonical
from pip_network.web import formats

from . import text, wording
from .names import Names

WHOLE: Mapping[str, str] = {}


class Figures:
    """Figures by indicator, measure and group."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self.all = list(figures)
        self._by_key = {
            (figure.indicator, figure.measure, canonical(figure.group)): figure
            for figure in self.all
        }

    def get(
        self, indicator: str, measure: str = "main", group: Mapping[str, str] = WHOLE
    ) -> Figure | None:
        return self._by_key.get((indicator, measure, canonical(dict(group))))

    def of(self, indicator: str, measure: str = "main") -> list[Figure]:
        """Every group of one measure, as ordered in figures.json: the whole comes last."""
        figures = [
            figure
            for figure in self.all
            if figure.indicator == indicator and figure.measure == measure
        ]
        return [figure for figure in figures if figure.group] + [
            figure for figure in figures if not figure.group
        ]

    def groups(self, indicator: str, keys: Sequence[str]) -> list[Figure]:
        """Main figures of the groups named by exactly `keys`."""
        return [figure for figure in self.of(indicator) if set(figure.group) == set(keys) and keys]

    def measures(self, indicator: str, group: Mapping[str, str] = WHOLE) -> list[Figure]:
        """The other measures of one group."""
        return [
            figure
            for figure in self.all
            if figure.indicator == indicator and figure.measure != "main" and figure.group == group
        ]


@dataclass(frozen=True)
class Completeness:
    """A project's approved submission of the report's round: how complete, how late."""

    project: str
    round: str
    filled: int
    refused: int
    not_collected: int
    blank: int
    approval: int | None

    @property
    def asked(self) -> int:
        return self.filled + self.refused + self.not_collected + self.blank


@dataclass(frozen=True)
class NarrativeText:
    """A narrative text as of N."""

    project: str
    round: str
    theme: str
    text: str
    language: str


@dataclass(frozen=True)
class Baselines:
    """Baselines of a project's firms: how many were observed and how many of them reconstructed."""

    project: str
    observed: int
    reconstructed: int


@dataclass
class Material:
    """Everything a report says.

    `series`: totals of the rounds before, and `asked_before` what was asked for them; `by_project`: None where it may not be shown.
    """

    specification: Specification
    record_hash: str
    approved_on: dt.date | None
    application: str
    catalogue: Catalogue
    figures: Figures
    names: Names = field(default_factory=Names)
    series: Mapping[str, Figures] = field(default_factory=dict)
    asked_before: Mapping[str, Specification] = field(default_factory=dict)
    by_project: Figures | None = None
    attrition: Sequence[Attrition] = ()
    completeness: Sequence[Completeness] = ()
    baselines: Sequence[Baselines] = ()
    narratives: Sequence[NarrativeText] = ()
    projects: Sequence[str] = ()
    projects_by_round: Mapping[str, Collection[str]] = field(default_factory=dict)
    unapproved: Sequence[str] = ()
    published: Mapping[str, str] = field(default_factory=dict)
    holdings: Mapping[str, int] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)
    currency: str = "US$"
    demo: bool = False

    @property
    def staff(self) -> bool:
        return self.specification.audience == "staff"

    @property
    def grouping(self) -> str:
        """The first grouping, which charts are drawn by; empty where there is none."""
        return self.specification.group_by[0] if self.specification.group_by else ""

    def indicators(self, *themes: str) -> list[Indicator]:
        """The report's indicators of some themes, in the order of the catalogue's codes."""
        return [
            self.catalogue.indicators[code]
            for code in self.specification.indicators
            if self.catalogue.indicators[code].theme in themes
        ]

    def name(self, code: str) -> str:
        return self.catalogue.indicators[code].name.get(formats.language(), "") or code

    def sign(self, code: str) -> str:
        """The currency of an indicator's amounts: those entered in US$ stay in US$."""
        variables = self.catalogue.indicators[code].variables
        local = any(
            self.catalogue.variables[variable].unit == "local_currency" for variable in variables
        )
        return self.currency if local else "US$"

    def signed(self, code: str) -> bool:
        return text.signed(self.catalogue.indicators[code])

    def ends_unit(self, figure: Figure) -> str:
        """Unit of the two ends of a panel: those of a change in percent are amounts of the
        variable.
        """
        indicator = self.catalogue.indicators[figure.indicator]
        if not RULES[indicator.rule].is_growth:
            return figure.unit
        unit = self.catalogue.variables[indicator.variables[0]].unit
        return "usd" if unit == MONEY else unit

    def change(self, figure: Figure) -> str:
        indicator = self.catalogue.indicators[figure.indicator]
        return text.figure_change(figure, indicator, self.sign(figure.indicator))

    def amount(self, value: str | None, figure: Figure) -> str:
        """An end of a figure's panel with its unit."""
        return text.amount(value, self.ends_unit(figure), currency=self.sign(figure.indicator))

    def subject(self, figure: Figure) -> wording.Subject:
        indicator = self.catalogue.indicators[figure.indicator]
        return wording.Subject(
            name=self.name(indicator.code),
            sentence=indicator.sentence.get(formats.language(), ""),
            is_change=text.signed(indicator),
            ends_unit=self.ends_unit(figure),
            change=self.change(figure),
            currency=self.sign(indicator.code),
            rule=indicator.rule,
        )

    def unit(self, figure: Figure) -> str:
        name = self.unit_names.get(figure.unit, figure.unit)
        return name.replace("US$", self.sign(figure.indicator))
