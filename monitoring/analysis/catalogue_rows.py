"""The rows of a catalogue: variables, indicators, the expressions between them.

Columns are those of `variables.csv` and `indicators.csv`; a catalogue read from the database has
the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

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
    """What is asked of a unit."""

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
    """What is computed from variables."""

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


def codes(text: str) -> tuple[str, ...]:
    """A list of codes, separated by semicolons."""
    return tuple(code for code in text.split(";") if code)


def number(text: str) -> int | None:
    """A whole number; None for a blank."""
    return int(text) if text else None


def names(row: Mapping[str, str]) -> dict[str, str]:
    """The name in each language."""
    return in_languages(row, "name")


def in_languages(row: Mapping[str, str], column: str) -> dict[str, str]:
    """By language; in Spanish where there is no translation yet."""
    spanish = row.get(f"{column}_es", "")
    return {language: row.get(f"{column}_{language}", "") or spanish for language in LANGUAGES}
