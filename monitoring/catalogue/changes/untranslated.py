"""Rows of a version that are read in Spanish in another language, or whose translation has aged."""

from collections.abc import Iterable
from typing import NamedTuple

from monitoring.catalogue.contents import TABLES, Contents, Row

from .differences import TableChange, labels

TRANSLATED = {
    "name_es": ("name_en", "name_pt"),
    "definition_es": ("definition_en", "definition_pt"),
    "message_es": ("message_en", "message_pt"),
    "sentence_es": ("sentence_en", "sentence_pt"),
}


class Untranslated(NamedTuple):
    """A row with texts to translate."""

    row: Row
    missing: str  # names of the fields without words
    stale: str  # names of the fields whose Spanish changed while they did not


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
                rows.append(Untranslated(row, labels(table, missing), labels(table, stale)))
    return rows
