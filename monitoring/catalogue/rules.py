"""What a version of the catalogue must satisfy, through whichever door it comes: files, the
administration, publication.

`faults_of` judges one row, `faults` a whole version. A version without faults can be asked, checked
and computed from.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from monitoring.analysis.catalogue import CatalogueError, Expression
from monitoring.analysis.rules import RULES
from monitoring.choices import Level, ValueType
from monitoring.models import Check, Indicator, Unit, Variable
from monitoring.sheet.checks import KINDS
from monitoring.sheet.checks.kinds import OPERATORS
from projects.choices import Typology

Row = Variable | Indicator | Check
WORD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
INDICATOR = re.compile(r"[A-Z][0-9]{2,3}", re.ASCII)
# Digits alone: "1e99999999" fits into the field, and computing with it never ends.
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
FRACTION = re.compile(r"[0-9]+(\.[0-9]+|/[0-9]+)?", re.ASCII)
Table = Any  # one of the three classes of rows
TABLES: dict[Table, str] = {Variable: "variables", Indicator: "indicators", Check: "checks"}
TYPE = ("level", "unit_id", "value_type", "frequency", "stock_or_flow")
# What makes a series: a variable with the same of these as in the version before goes on in the
# same series.
SERIES = (*TYPE, "definition_es")

F, N, P = Level.FIRM.value, Level.NETWORK.value, Level.PROJECT.value
_MONEY_OF_A_YEAR = (F, "local_currency", "amount", "annual", "flow")
_JOBS = (F, "fte", "decimal", "annual", "stock")
_YES_OR_NO = (N, "yes_no", "boolean", "annual", "stock")
_DOLLARS = (P, "usd", "amount", "semester", "stock")
# Variables that the code itself writes or reads by their code, with the type that it relies on
# (values of TYPE).
NAMED: dict[str, tuple[str, ...]] = {
    "operating": (F, "yes_no", "boolean", "annual", "stock"),
    **dict.fromkeys(("sales", "exports", "payroll"), _MONEY_OF_A_YEAR),
    **dict.fromkeys(("jobs", "jobs_women", "jobs_paid"), _JOBS),
    "unit_cost_index": (N, "index_100", "decimal", "annual", "stock"),
    **dict.fromkeys(("support_ended", "active_unsubsidised"), _YES_OR_NO),
    **dict.fromkeys(("budget_fomin", "spent_fomin", "budget_local", "spent_local"), _DOLLARS),
}


class Fault(NamedTuple):
    """Why a version cannot be published: the row, its field ("" for the row as a whole), and a
    sentence.
    """

    table: str
    code: str
    field: str
    message: str


@dataclass
class Contents:
    """All rows of one version, in their order."""

    variables: list[Variable]
    indicators: list[Indicator]
    checks: list[Check]

    @classmethod
    def of(cls, number: int) -> "Contents":
        """Read from the database, three queries."""
        return cls(
            *(list(model.objects.filter(catalogue=number).order_by("position")) for model in TABLES)
        )

    @cached_property
    def by_code(self) -> dict[str, Variable]:
        return {row.code: row for row in self.variables}

    def rows(self, table: Table) -> Sequence[Row]:
        return getattr(self, TABLES[table])

    @property
    def stamp(self) -> str:
        """Letters that change when anything of it does: what somebody looked at before she
        published it.
        """
        told = [[str(one) for one in row] for table in TABLES for row in self._values(table)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]

    def _values(self, table: Table) -> Iterator[list]:
        names = [one.attname for one in table._meta.concrete_fields]
        return ([getattr(row, name) for name in names] for row in self.rows(table))


def faults(contents: Contents, before: Contents | None = None) -> list[Fault]:
    """Everything that stands against a whole version; `before` is the one published last."""
    units = set(Unit.objects.values_list("code", flat=True))
    found = []
    for table, name in TABLES.items():
        seen: set[str] = set()
        for row in contents.rows(table):
            found += faults_of(row, contents, before)
            if row.code in seen:
                found.append(
                    Fault(
                        name, row.code, "code", _("The code stands twice: change one of the two.")
                    )
                )
            if not isinstance(row, Check) and row.unit_id not in units:
                found.append(
                    Fault(
                        name,
                        row.code,
                        "unit",
                        _("There is no such unit: use one of the catalogue."),
                    )
                )
            seen.add(row.code)
    absent = (code for code in NAMED if code not in contents.by_code)
    return found + [Fault("variables", code, "code", named_words(code)) for code in absent]


def faults_of(row: Row, contents: Contents, before: Contents | None = None) -> list[Fault]:
    """What stands against one row of a version."""
    wrong = list(_of_fields(row))
    if not wrong:
        wrong = list(
            _of_variable(row, before)
            if isinstance(row, Variable)
            else _of_indicator(row, contents)
            if isinstance(row, Indicator)
            else _of_check(row, contents)
        )
    return [Fault(TABLES[type(row)], row.code, field, str(message)) for field, message in wrong]


def named_words(code: str) -> str:
    return _(
        "The portal itself writes or reads %(code)s: it stays, with its level, unit and type."
    ) % {"code": code}


def users_of(code: str, contents: Contents) -> list[str]:
    """Codes of the indicators and checks that name a variable."""
    computed = [row.code for row in contents.indicators if code in parts_of(row)]
    return computed + [
        row.code for row in contents.checks if code in (row.left, row.right, row.then_left)
    ]


def parts_of(row: Indicator) -> tuple[str, ...]:
    """Codes of the variables of an indicator; none where it cannot be read."""
    try:
        return tuple(
            code
            for text in (row.numerator, row.denominator)
            for code in Expression.parse(text).variables
        )
    except CatalogueError:
        return ()


# --- series: which values may be compared


def same_series(row: Variable, earlier: Variable) -> bool:
    return all(getattr(row, name) == getattr(earlier, name) for name in SERIES)


def begin_series(variables: Iterable[Variable], number: int, before: Contents | None) -> None:
    """Say of each variable of version `number` since which version it means what it means.

    The one place that does.
    """
    earlier = before.by_code if before else {}
    for row in variables:
        known = earlier.get(row.code)
        row.defined_in = (
            known.defined_in if known is not None and same_series(row, known) else number
        )


# --- one row: pairs of field and sentence

Wrong = Iterator[tuple[str, str]]


def _of_fields(row: Row) -> Wrong:
    """Lengths, needed words, closed lists of the columns themselves."""
    try:
        row.clean_fields(exclude={"catalogue", "unit", "defined_in", "position"})
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            yield (
                name,
                f"{getattr(row._meta.get_field(name), 'verbose_name', name)}: {' '.join(sentences)}",
            )
    form = INDICATOR if isinstance(row, Indicator) else WORD
    if row.code and not form.fullmatch(row.code):
        yield (
            "code",
            _("A capital letter and two or three digits: E02.")
            if form is INDICATOR
            else _(
                "Small letters without accents, digits and low lines, the first one a letter: "
                "jobs_women."
            ),
        )
    if not isinstance(row, Check) and not row.unit_id:
        yield "unit", _("There is no such unit: use one of the catalogue.")
    for name in ("applies_to", "featured"):
        if set(filter(None, getattr(row, name, "").split(";"))) - set(Typology.values):
            yield name, _("There is no such typology.")


def _of_variable(row: Variable, before: Contents | None) -> Wrong:
    if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
        yield "maximum", _("The greatest value is below the least.")
    most = 0 if row.value_type in (ValueType.BOOLEAN, ValueType.COUNT) else 2
    if row.decimals > most:
        yield (
            "decimals",
            _("At most %(count)s decimals.") % {"count": most}
            if most
            else _("Whole numbers only."),
        )
    if row.value_type == ValueType.BOOLEAN and (row.minimum, row.maximum) != (0, 1):
        yield "minimum", _("Yes is 1 and no is 0: the least value must be 0 and the greatest 1.")
    if row.code in NAMED:
        for name, fixed in zip(TYPE, NAMED[row.code], strict=True):
            if getattr(row, name) != fixed:
                yield name.removesuffix("_id"), named_words(row.code)
    known = before.by_code.get(row.code) if before else None
    if known is not None and known.is_money != row.is_money:
        yield (
            "unit",
            _(
                "Its values until now are in another currency than these would be: give it a code "
                "of its own."
            ),
        )


def _of_indicator(row: Indicator, contents: Contents) -> Wrong:
    if row.rule not in RULES:
        yield "rule", _("There is no such rule: use one of the published catalogue.")
        return
    if not row.numerator:
        yield "numerator", _("Say what is counted.")
    if bool(row.denominator) != RULES[row.rule].has_denominator:
        yield (
            "denominator",
            _("This rule has no denominator: leave it blank.")
            if row.denominator
            else _("This rule needs a denominator."),
        )
    yield from _of_parts(row, contents)
    yield from _unreadable(row, {"factor": _fraction, "threshold": _not_negative, "min_k": _whole})
    if row.confidential not in ("", "firm"):
        yield "confidential", _("Write “firm” or leave it blank.")
    if row.not_summed_over not in ("", "rounds"):
        yield "not_summed_over", _("Write “rounds” or leave it blank.")


def _of_parts(row: Indicator, contents: Contents) -> Wrong:
    """Both sides name variables of this version, of the indicator's level and of one frequency."""
    parts = []
    for side in ("numerator", "denominator"):
        try:
            codes = Expression.parse(getattr(row, side)).variables
        except CatalogueError:
            yield (
                side,
                _(
                    "Codes of variables joined by + or -, without spaces: "
                    "joint_purchases+joint_sales."
                ),
            )
            continue
        if unknown := [code for code in codes if code not in contents.by_code]:
            yield side, _unknown(unknown)
        known = [contents.by_code[code] for code in codes if code in contents.by_code]
        if other := [one.code for one in known if one.level != row.level]:
            yield (
                side,
                _("Of another level than the indicator: %(codes)s.") % {"codes": ", ".join(other)},
            )
        if RULES[row.rule].yes_no and (
            other := [one.code for one in known if one.value_type != ValueType.BOOLEAN]
        ):
            yield (
                side,
                _(
                    "This rule counts answers of yes or no; these variables are not of that type: "
                    "%(codes)s."
                )
                % {"codes": ", ".join(other)},
            )
        parts += known
    if len({one.frequency for one in parts}) > 1:
        yield "numerator", _("Its variables are not asked equally often.")


# What each kind of check needs beside its left side. `factor` of `pairs` is 1 and may be written.
KIND_NEEDS: dict[str, tuple[str, ...]] = {
    "compare": ("operator", "right", "factor"),
    "pairs": ("operator", "right"),
    "implies": ("operator", "factor", "then_left", "then_operator", "then_value"),
    "implies_previous": ("operator", "factor", "then_left", "then_operator", "then_value"),
    "not_below_previous": (),
    "jump": ("low", "high"),
    "outlier": ("factor", "scale"),
    "members_compare": ("operator", "right", "factor"),
    "members_max": ("operator", "right", "factor"),
}
KIND_FIELDS = (
    "operator",
    "right",
    "factor",
    "low",
    "high",
    "then_left",
    "then_operator",
    "then_value",
    "scale",
)
# Kinds that look from one level to another: level of the check, level of its right side.
ACROSS = {"members_compare": (N, F), "members_max": (F, N)}


def _of_check(row: Check, contents: Contents) -> Wrong:
    if row.kind not in KINDS:
        yield "kind", _("There is no such kind of check.")
        return
    needed = KIND_NEEDS[row.kind]
    for name in KIND_FIELDS:
        filled = getattr(row, name) != ""
        if name in needed and not filled:
            yield name, _("This kind of check needs it.")
        if filled and name not in needed and (row.kind, name) != ("pairs", "factor"):
            yield name, _("This kind of check does not use it: leave it blank.")
    own, right = ACROSS.get(row.kind, (row.level, row.level))
    if row.level != own:
        yield (
            "level",
            _("This kind of check stands at level %(level)s.") % {"level": Level(own).label},
        )
    for side, level in (("left", own), ("right", right), ("then_left", own)):
        code = getattr(row, side)
        if code and code not in contents.by_code:
            yield side, _unknown([code])
        elif code and contents.by_code[code].level != level:
            yield (
                side,
                _("It must be a variable of level %(level)s.") % {"level": Level(level).label},
            )
    for name in ("operator", "then_operator"):
        if getattr(row, name) not in ("", *OPERATORS):
            yield name, _("There is no such operator.")
    if row.scale not in ("", "log"):
        yield "scale", _("Write “log” or leave it blank.")
    if row.when not in ("", "S2"):
        yield "when", _("Write “S2” or leave it blank.")
    wrong = dict(_unreadable(row, dict.fromkeys(("factor", "low", "high", "then_value"), _number)))
    yield from wrong.items()
    if (
        row.kind == "jump"
        and row.low
        and row.high
        and not wrong
        and _number(row.low) > _number(row.high)
    ):
        yield "high", _("The greatest value is below the least.")


def _unknown(codes: list[str]) -> str:
    return _("No variable of this version has the code %(codes)s.") % {"codes": ", ".join(codes)}


def _unreadable(row: Row, readers: dict[str, Callable[[str], object]]) -> Wrong:
    for name, read in readers.items():
        text = getattr(row, name)
        try:
            if text:
                read(text)
        except (ValueError, ArithmeticError):
            yield (
                name,
                _(
                    "This number cannot stand here: write one as the field's help says, with a "
                    "decimal point and no thousands marks."
                ),
            )


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise InvalidOperation
    return Decimal(text)


def _not_negative(text: str) -> Decimal:
    if (found := _number(text)) < 0:
        raise InvalidOperation
    return found


def _fraction(text: str) -> Fraction:
    if not FRACTION.fullmatch(text) or (found := Fraction(text)) <= 0:
        raise ValueError
    return found


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text, re.ASCII):
        raise ValueError
    return int(text)
