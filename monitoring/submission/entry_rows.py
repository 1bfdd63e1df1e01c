"""The rows of entries and of their changes: how they are read for a save, and the columns in which
they are written by the thousand.
"""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from monitoring.choices import Level
from monitoring.models import Entry
from monitoring.sheet.cells import CellKey
from monitoring.sheet.roster import Roster
from monitoring.submission.cell_changes import SavedCell

ENTRY_COLUMNS = (
    "submission",
    "project",
    "level",
    "subject",
    "firm",
    "network",
    "kind",
    "variable",
    "value",
    "missing",
    "source",
    "explanation",
    "stamp",
    "changed_at",
    "changed_by",
)
ENTRY_KEY = ("submission", "subject", "kind", "variable")
ENTRY_UPDATED = ("value", "missing", "source", "explanation", "stamp", "changed_at", "changed_by")
CHANGE_COLUMNS = (
    "submission",
    "revision",
    "subject",
    "kind",
    "variable_code",
    "old_value",
    "old_missing",
    "new_value",
    "new_missing",
    "at",
    "by",
    "door",
    "reason",
)


class StoredEntry(NamedTuple):
    """The row of a cell that holds something, as a save finds it; `by` is a name."""

    pk: int
    value: Decimal | None
    missing: str
    source: str
    explanation: str
    stamp: int
    by: str | None
    by_id: int | None
    at: dt.datetime

    @property
    def cell(self) -> SavedCell:
        """The same, as a save gives it back."""
        return SavedCell(self.value, self.missing, self.explanation, self.stamp)


def stored_entries(roster: Roster, subjects: Collection[str] | None) -> dict[CellKey, StoredEntry]:
    """Entries of the roster's submission; with `subjects`, theirs and those of the networks of the
    firms among the units.
    """
    rows = Entry.objects.filter(submission=roster.submission).order_by()
    if subjects is not None:
        networks = {
            f"N:{network.code}"
            for unit in roster.units
            if unit.level == Level.FIRM
            for network in unit.networks
        }
        rows = rows.filter(subject__in={*subjects, *networks})
    code_of = roster.definitions.code_of
    fields = (
        "subject",
        "kind",
        "variable_id",
        "pk",
        "value",
        "missing",
        "source",
        "explanation",
        "stamp",
        "changed_by__name",
        "changed_by_id",
        "changed_at",
    )
    return {
        CellKey(subject, kind, code_of[variable]): StoredEntry(*rest)
        for subject, kind, variable, *rest in rows.values_list(*fields)
    }
