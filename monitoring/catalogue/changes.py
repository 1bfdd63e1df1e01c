"""What a version of the catalogue changes against the one published before it, and what follows
from that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from monitoring.analysis.rules import RULES
from monitoring.catalogue.contents import (
    SERIES,
    TABLES,
    Contents,
    Row,
    Table,
    parts_of,
    same_series,
)
from monitoring.catalogue.rules import Fault, faults
from monitoring.choices import CatalogueStatus, Level
from monitoring.models import CatalogueVersion, Indicator, Unit, Variable
from monitoring.numbers import plain
from pip_network.audit.objects import value_words

NOT_COMPARED = frozenset({"id", "catalogue", "position", "code", "defined_in"})
TRANSLATED = {
    "name_es": ("name_en", "name_pt"),
    "definition_es": ("definition_en", "definition_pt"),
    "message_es": ("message_en", "message_pt"),
    "sentence_es": ("sentence_en", "sentence_pt"),
}


class Changed(NamedTuple):
    """A field of a row: its name for people, and in words what it said before and says now."""

    name: str
    label: str
    before: str
    after: str


class RowChange(NamedTuple):
    row: Row
    fields: list[Changed]


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


class Break(NamedTuple):
    """A variable whose series ends: values before are not compared with values after."""

    variable: Variable
    why: str  # names of the fields that differ
    panels: list[
        str
    ]  # indicators whose change is undefined where one end lies before and one after
    sums: list[str]  # indicators that add rounds, those before and those after alike


class Untranslated(NamedTuple):
    row: Row
    missing: str  # names of the fields without words
    stale: str  # names of the fields whose Spanish changed while they did not


@dataclass
class Comparison:
    """All that a version changes, against the one published before (None: it is the first).

    `faults` stand against publishing it; only a draft has any.
    """

    version: CatalogueVersion
    before: CatalogueVersion | None
    tables: list[TableChange]
    breaks: list[Break]
    untranslated: list[Untranslated]
    faults: list[Fault]

    @property
    def differs(self) -> bool:
        return any(table.differs for table in self.tables)


def compare(version: CatalogueVersion) -> Comparison:
    """A version against the one published before it; nine queries, whatever its size.

    Faults only of a draft.
    """
    before = (
        CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    now = Contents.of(version.number)
    then = Contents.of(before.number) if before else Contents([], [], [])
    tables = differences(now, then)
    return Comparison(
        version,
        before,
        tables,
        breaks(now, then),
        untranslated(now, tables),
        faults(now, then if before else None) if version.is_draft else [],
    )


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


def _changed(column: models.Field, before: Row, after: Row, units: dict[str, str]) -> Changed:
    values = [
        _value_in_words(column, getattr(row, column.attname), units) for row in (before, after)
    ]
    return Changed(column.name, capfirst(str(column.verbose_name)), *values)


def _value_in_words(column: models.Field, value: Any, units: dict[str, str]) -> str:
    if column.name == "unit":
        return units.get(value, value)
    if isinstance(column, models.DecimalField):
        return plain(value)
    return value_words(column, value)


def breaks(now: Contents, then: Contents) -> list[Break]:
    """Variables of both versions that mean something else from now on."""
    earlier, broken = then.by_code, []
    for row in now.variables:
        earlier_row = earlier.get(row.code)
        if earlier_row is None or same_series(row, earlier_row):
            continue
        differing = [name for name in SERIES if getattr(row, name) != getattr(earlier_row, name)]
        users = [indicator for indicator in now.indicators if row.code in parts_of(indicator)]
        panels = [indicator.code for indicator in users if _has_panel(indicator, now)]
        sums = [indicator.code for indicator in users if _adds_rounds(indicator, now)]
        broken.append(Break(row, _labels(Variable, differing), panels, sums))
    return broken


def _has_panel(indicator: Indicator, now: Contents) -> bool:
    parts = [now.by_code[code] for code in parts_of(indicator) if code in now.by_code]
    return indicator.level != Level.PROJECT and all(part.asked_at_baseline for part in parts)


def _adds_rounds(indicator: Indicator, now: Contents) -> bool:
    rule = RULES.get(indicator.rule)
    parts = [now.by_code[code] for code in parts_of(indicator) if code in now.by_code]
    return (
        bool(rule and rule.adds)
        and not indicator.not_summed_over
        and all(p.stock_or_flow == "flow" for p in parts)
    )


def untranslated(now: Contents, tables: Iterable[TableChange]) -> list[Untranslated]:
    """Rows that are read in Spanish in another language, and rows whose Spanish changed alone."""
    touched = {
        (table.table, change.row.code): {field.name for field in change.fields}
        for table in tables
        for change in table.changed
    }
    rows = []
    for table in TABLES:
        names = {field.name for field in table._meta.concrete_fields}
        for row in now.rows(table):
            changed = touched.get((table, row.code), set())
            pairs = [
                (es, other) for es, others in TRANSLATED.items() if es in names for other in others
            ]
            missing = [other for es, other in pairs if getattr(row, es) and not getattr(row, other)]
            stale = [
                other
                for es, other in pairs
                if es in changed and other not in changed and other not in missing
            ]
            if missing or stale:
                rows.append(Untranslated(row, _labels(table, missing), _labels(table, stale)))
    return rows


def _labels(table: Table, names: Iterable[str]) -> str:
    column = {field.attname: field for field in table._meta.concrete_fields}
    return ", ".join(str(column[name].verbose_name) for name in names)


def consequences(comparison: Comparison) -> list[str]:
    """What publishing does, in plain words."""
    number = comparison.version.number
    sentences = [
        _("Submissions opened from now on ask and compute as version %(number)s says.")
        % {"number": number},
        _(
            "Those that are open keep the version they were opened with, also when they are "
            "returned or amended."
        ),
        _(
            "Nothing approved changes: a report as of an earlier approval stays the same to the "
            "last digit."
        ),
        _(
            "A published version is never changed and never taken back: what is wrong in it is "
            "mended in the next one."
        ),
    ]
    if comparison.breaks:
        codes = ", ".join(series.variable.code for series in comparison.breaks)
        sentences.insert(
            3, _("The panels of %(codes)s will not cross this version.") % {"codes": codes}
        )
    return sentences
