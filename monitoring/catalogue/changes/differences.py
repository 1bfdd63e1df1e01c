"""The rows of two versions of the catalogue, table by table: added, removed, changed, and in which
fields.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst

from monitoring.catalogue.contents import TABLES, Contents, Row, Table
from monitoring.models import Unit
from monitoring.numbers import plain
from pip_network.audit.objects import value_label

NOT_COMPARED = frozenset({"id", "catalogue", "position", "code", "defined_in"})


class FieldChange(NamedTuple):
    """A field of a row: its name for people, and in words what it said before and says now."""

    name: str
    label: str
    before: str
    after: str


class RowChange(NamedTuple):
    """A row that stands in both versions and says something else now."""

    row: Row
    fields: list[FieldChange]


@dataclass
class TableChange:
    """One table of two versions."""

    table: Table
    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)

    @property
    def title(self) -> str:
        return capfirst(str(self.table._meta.verbose_name_plural))

    @property
    def differs(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(now: Contents, then: Contents) -> list[TableChange]:
    """Table by table, rows by code; their order does not count."""
    units: dict[str, str] | None = None
    changes = []
    for table in TABLES:
        change = TableChange(table)
        earlier = {row.code: row for row in then.rows(table)}
        columns = [
            column for column in table._meta.concrete_fields if column.name not in NOT_COMPARED
        ]
        for row in now.rows(table):
            earlier_row = earlier.pop(row.code, None)
            if earlier_row is None:
                change.added.append(row)
                continue
            differing = [
                column
                for column in columns
                if getattr(row, column.attname) != getattr(earlier_row, column.attname)
            ]
            if differing and units is None:
                units = {unit.pk: str(unit) for unit in Unit.objects.all()}
            if differing:
                change.changed.append(
                    RowChange(
                        row,
                        [_changed(column, earlier_row, row, units or {}) for column in differing],
                    )
                )
        change.removed = list(earlier.values())
        changes.append(change)
    return changes


def _changed(column: models.Field, before: Row, after: Row, units: dict[str, str]) -> FieldChange:
    values = [
        _value_in_words(column, getattr(row, column.attname), units) for row in (before, after)
    ]
    return FieldChange(column.name, capfirst(str(column.verbose_name)), *values)


def _value_in_words(column: models.Field, value: Any, units: dict[str, str]) -> str:
    if column.name == "unit":
        return units.get(value, value)
    if isinstance(column, models.DecimalField):
        return plain(value)
    return value_label(column, value)


def labels(table: Table, names: Iterable[str]) -> str:
    """Names of columns for people, with commas."""
    column = {field.attname: field for field in table._meta.concrete_fields}
    return ", ".join(str(column[name].verbose_name) for name in names)
