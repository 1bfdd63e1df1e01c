"""All rows of one version of the catalogue, the series of its variables, and who uses which."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from monitoring.analysis.catalogue_rows import CatalogueError, Expression
from monitoring.choices import Level
from monitoring.models import Check, Indicator, Variable

Row = Variable | Indicator | Check
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
        values = [[str(value) for value in row] for table in TABLES for row in self._values(table)]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]

    def _values(self, table: Table) -> Iterator[list]:
        names = [field.attname for field in table._meta.concrete_fields]
        return ([getattr(row, name) for name in names] for row in self.rows(table))


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


def refusal_of_named(code: str) -> str:
    """Why a variable that the portal names keeps what the portal relies on."""
    return _(
        "The portal itself writes or reads %(code)s: it stays, with its level, unit and type."
    ) % {"code": code}


def refusal_of_unknown(codes: Sequence[str]) -> str:
    """Why codes that no variable has are refused."""
    return _("No variable of this version has the code %(codes)s.") % {"codes": ", ".join(codes)}


# --- series: which values may be compared


def same_series(row: Variable, earlier: Variable) -> bool:
    """Whether values of both versions may be compared."""
    return all(getattr(row, name) == getattr(earlier, name) for name in SERIES)


def begin_series(variables: Iterable[Variable], number: int, before: Contents | None) -> None:
    """Say of each variable of version `number` since which version it means what it means.

    The one place that does.
    """
    earlier = before.by_code if before else {}
    for row in variables:
        earlier_row = earlier.get(row.code)
        row.defined_in = (
            earlier_row.defined_in
            if earlier_row is not None and same_series(row, earlier_row)
            else number
        )
