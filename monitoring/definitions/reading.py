"""A version of the catalogue, read once per process: a published version never changes."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from monitoring.choices import CatalogueStatus, Level
from monitoring.models import CatalogueVersion, Check, Variable


class CheckRule(NamedTuple):
    """A check of the catalogue with its numbers read; blank numbers are 0 and not used by the
    check's kind.
    """

    code: str
    severity: str
    level: str
    kind: str
    left: str
    operator: str
    right: str
    factor: Decimal
    low: Decimal
    high: Decimal
    then_left: str
    then_operator: str
    then_value: Decimal
    when: str
    check: Check

    @classmethod
    def of(cls, check: Check) -> "CheckRule":
        numbers: dict[str, Any] = {
            name: Decimal(getattr(check, name) or 0)
            for name in ("factor", "low", "high", "then_value")
        }
        texts = (
            "code",
            "severity",
            "level",
            "kind",
            "left",
            "operator",
            "right",
            "then_left",
            "then_operator",
            "when",
        )
        return cls(**{name: getattr(check, name) for name in texts}, **numbers, check=check)


@dataclass(frozen=True)
class Definitions:
    """Variables and checks of one version, in the order of the catalogue."""

    version: int
    variables: tuple[Variable, ...]
    checks: tuple[Check, ...]

    @cached_property
    def by_code(self) -> dict[str, Variable]:
        return {variable.code: variable for variable in self.variables}

    @cached_property
    def code_of(self) -> dict[int, str]:
        """Code by primary key."""
        return {variable.pk: variable.code for variable in self.variables}

    @cached_property
    def rules(self) -> tuple[CheckRule, ...]:
        return tuple(CheckRule.of(check) for check in self.checks)

    @cached_property
    def by_level(self) -> dict[str, tuple[Variable, ...]]:
        return {
            level: tuple(v for v in self.variables if v.level == level) for level in Level.values
        }


_by_version: dict[int, Definitions] = {}


def definitions(version: int) -> Definitions:
    """The catalogue of a version. Raises CatalogueVersion.DoesNotExist."""
    if version in _by_version:
        return _by_version[version]
    status = CatalogueVersion.objects.values_list("status", flat=True).get(number=version)
    contents = Definitions(
        version,
        tuple(
            Variable.objects.filter(catalogue_id=version)
            .select_related("unit")
            .order_by("position")
        ),
        tuple(Check.objects.filter(catalogue_id=version).order_by("position")),
    )
    if status != CatalogueStatus.DRAFT:
        _by_version[version] = contents
    return contents


def forget() -> None:
    """Drop what this process has kept: after a version was loaded, and in tests that empty the
    database.
    """
    _by_version.clear()
