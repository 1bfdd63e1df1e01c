"""The catalogue as the engine reads it: variables, indicators, the expressions between them.

Columns are those of `variables.csv` and `indicators.csv`; a catalogue read from the database has
the same.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

LEVELS = ("firm", "network", "project")
LANGUAGES = ("es", "en", "pt")
CONSTANT = "constant"
MONEY = "local_currency"

_TERM = re.compile(r"([+-]?)([a-z][a-z0-9_]*)", re.ASCII)


class CatalogueError(ValueError):
    """A catalogue that the engine cannot compute from; the message names the row."""


@dataclass(frozen=True, slots=True)
class Expression:
    """`a+b-c` as signed variable codes, in the order written."""

    terms: tuple[tuple[int, str], ...]

    @classmethod
    def parse(cls, text: str) -> "Expression":
        terms = tuple((-1 if sign == "-" else 1, code) for sign, code in _TERM.findall(text))
        if "".join(f"{'-' if sign < 0 else '+'}{code}" for sign, code in terms).lstrip(
            "+"
        ) != text.strip().lstrip("+"):
            raise CatalogueError(f"not an expression: {text!r}")
        return cls(terms)

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(code for _, code in self.terms)

    def __str__(self) -> str:
        return "".join(f"{'-' if sign < 0 else '+'}{code}" for sign, code in self.terms).lstrip("+")


@dataclass(frozen=True, slots=True)
class Variable:
    code: str
    level: str
    unit: str
    frequency: str
    stock_or_flow: str
    asked_at_baseline: bool
    applies_to: tuple[str, ...] = ()
    theme: str = ""
    value_type: str = ""
    decimals: int = 0
    core: bool = False
    name: Mapping[str, str] = field(default_factory=dict, compare=False)
    definition: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Variable":
        return cls(
            code=row["code"],
            level=row["level"],
            unit=row["unit"],
            frequency=row["frequency"],
            stock_or_flow=row["stock_or_flow"],
            asked_at_baseline=row["asked_at_baseline"] == "1",
            applies_to=codes(row["applies_to"]),
            theme=row["theme"],
            value_type=row["value_type"],
            decimals=int(row["decimals"] or 0),
            core=row["core"] == "1",
            name=names(row),
            definition=row.get("definition_es", ""),
        )


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    level: str
    unit: str
    rule: str
    numerator: Expression
    denominator: Expression | None
    core: bool = False
    factor: Fraction = Fraction(1)
    threshold: Decimal = Decimal(0)
    min_k: int = 0
    confidential: bool = False
    not_summed_over: str = ""
    applies_to: tuple[str, ...] = ()
    featured_for: tuple[str, ...] = ()
    theme: str = ""
    kind: str = ""
    direction: str = ""
    prices: str = ""
    estimate: bool = False
    places: tuple[str, ...] = ()
    featured_order: int | None = None
    attrition_order: int | None = None
    leading_order: int | None = None
    drawn_as: tuple[str, ...] = ()
    alert: str = ""
    name: Mapping[str, str] = field(default_factory=dict, compare=False)
    sentence: Mapping[str, str] = field(default_factory=dict, compare=False)
    definition: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Indicator":
        return cls(
            code=row["code"],
            level=row["level"],
            unit=row["unit"],
            rule=row["rule"],
            numerator=Expression.parse(row["numerator"]),
            denominator=Expression.parse(row["denominator"]) if row["denominator"] else None,
            core=row["core"] == "1",
            factor=Fraction(row["factor"] or "1"),
            threshold=Decimal(row["threshold"] or "0"),
            min_k=int(row["min_k"] or 0),
            confidential=row["confidential"] == "firm",
            not_summed_over=row["not_summed_over"],
            applies_to=codes(row["applies_to"]),
            featured_for=codes(row["featured"]),
            theme=row["theme"],
            kind=row["class"],
            direction=row["direction"],
            prices=row["prices"],
            estimate=row["estimate"] == "1",
            places=codes(row["shown_in"]),
            featured_order=number(row["featured_order"]),
            attrition_order=number(row["attrition_order"]),
            leading_order=number(row["leading_order"]),
            drawn_as=codes(row["drawn_as"]),
            alert=row["alert"],
            name=names(row),
            sentence=in_languages(row, "sentence"),
            definition=row.get("definition_es", ""),
        )

    @property
    def variables(self) -> tuple[str, ...]:
        """Codes of all parts, numerator before denominator, each once."""
        parts = self.numerator.variables + (self.denominator.variables if self.denominator else ())
        return tuple(dict.fromkeys(parts))

    @property
    def hides_small_groups(self) -> bool:
        """Firm-level indicators and those confidential to firms are not published for fewer than
        five units.
        """
        return self.level == "firm" or self.confidential

    @property
    def always_constant(self) -> bool:
        """Its amounts are at constant prices, whatever a report asks for."""
        return self.prices == CONSTANT


@dataclass(frozen=True)
class Catalogue:
    """Variables and indicators of one version, by code."""

    variables: Mapping[str, Variable]
    indicators: Mapping[str, Indicator]
    version: int = 1

    @classmethod
    def of(
        cls,
        variables: Iterable[Variable],
        indicators: Iterable[Indicator],
        version: int = 1,
    ) -> "Catalogue":
        catalogue = cls({v.code: v for v in variables}, {i.code: i for i in indicators}, version)
        for indicator in catalogue.indicators.values():
            catalogue._check(indicator)
        return catalogue

    @classmethod
    def from_csv(cls, directory: Path | str) -> "Catalogue":
        """Read `variables.csv` and `indicators.csv` of a directory.

        CatalogueError where they do not fit.
        """
        folder = Path(directory)
        try:
            return cls.of(
                (Variable.from_row(row) for row in _rows(folder / "variables.csv")),
                (Indicator.from_row(row) for row in _rows(folder / "indicators.csv")),
            )
        except KeyError as column:
            raise CatalogueError(f"a file of the catalogue has no column {column}") from None

    def frequency(self, indicator: Indicator) -> str:
        return self.variables[indicator.variables[0]].frequency

    def asked_at_baseline(self, indicator: Indicator) -> bool:
        """Whether the indicator has a baseline: not at level project, and every part is asked then."""
        return indicator.level != "project" and all(
            self.variables[code].asked_at_baseline for code in indicator.variables
        )

    def in_order(self, column: str) -> list[Indicator]:
        """The indicators that have a place in an order (`attrition_order`...), first to last."""
        placed = [
            indicator
            for indicator in self.indicators.values()
            if getattr(indicator, column) is not None
        ]
        return sorted(placed, key=lambda indicator: getattr(indicator, column))

    def _check(self, indicator: Indicator) -> None:
        unknown = [code for code in indicator.variables if code not in self.variables]
        if unknown:
            raise CatalogueError(f"indicator {indicator.code}: unknown variable {unknown[0]}")
        parts = [self.variables[code] for code in indicator.variables]
        if {part.level for part in parts} != {indicator.level} or len(
            {part.frequency for part in parts}
        ) != 1:
            raise CatalogueError(
                f"indicator {indicator.code}: its variables differ in level or frequency"
            )


def leading_first(indicators: Iterable[Indicator]) -> list[Indicator]:
    """By the order among those that lead a text; the others after them, as they were."""
    return sorted(
        indicators,
        key=lambda indicator: (indicator.leading_order is None, indicator.leading_order or 0),
    )


def codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(";") if code)


def number(text: str) -> int | None:
    return int(text) if text else None


def names(row: Mapping[str, str]) -> dict[str, str]:
    return in_languages(row, "name")


def in_languages(row: Mapping[str, str], column: str) -> dict[str, str]:
    """By language; in Spanish where there is no translation yet."""
    spanish = row.get(f"{column}_es", "")
    return {language: row.get(f"{column}_{language}", "") or spanish for language in LANGUAGES}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
