"""One save of many cells: it takes the edits one by one, then writes all rows in a few statements."""

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext as _

from monitoring.choices import Door, Source
from monitoring.models import Entry, EntryChange, Submission
from monitoring.sheet.cell_contents import CellContent
from monitoring.sheet.cells import Asked, CellKey
from monitoring.submission.cell_changes import (
    BLANK,
    CellChange,
    CellConflict,
    SavedCell,
    accepted,
)
from monitoring.submission.entry_rows import (
    CHANGE_COLUMNS,
    ENTRY_COLUMNS,
    ENTRY_KEY,
    ENTRY_UPDATED,
    StoredEntry,
)
from pip_network.files import bulk
from pip_network.models import User
from pip_network.web.errors import Invalid

LONGEST = 2000


class CellSave:
    """The edits of one save of a locked submission, of which `stored` are the rows that it finds.

    `take` each edit, then `write`; `saved` and `conflicts` say what became of them.
    """

    def __init__(
        self,
        submission: Submission,
        person: User | None,
        at: dt.datetime,
        door: Door,
        reason: str,
        stored: dict[CellKey, StoredEntry],
    ) -> None:
        self.submission, self.stored = submission, stored
        self.at, self.door, self.reason = at, door, reason
        self.person_id = person.pk if person else None
        # It grows with every save of the submission: a cell blanked and refilled is told apart.
        self.stamp = submission.edits + 1
        self.rows: list[tuple] = []
        self.blanked: list[int] = []
        self.changes: list[tuple] = []
        self.saved: dict[CellKey, SavedCell] = {}
        self.before: dict[CellKey, SavedCell] = {}  # of the cells that changed
        self.conflicts: list[CellConflict] = []

    def take(self, change: CellChange, asked: Asked | None, *, is_alone: bool = True) -> None:
        """One edit of a cell; `asked` None: it is not asked. Raises Invalid, also for an edit that is
        not alone: none of those of one cell is taken.
        """
        key = change.key
        if asked is None:
            raise Invalid(_("This cell is not asked in this submission."), place=str(key))
        if not is_alone:
            raise Invalid(_("This cell is given twice."), place=str(key))
        stored = self.stored.get(key)
        old = stored.cell if stored else BLANK
        value, missing = accepted(change, asked)
        same = asked.written is not None or (value, missing) == (old.value, old.missing)
        kept = old.explanation if same else ""
        explanation = kept if change.explanation is None else change.explanation.strip()[:LONGEST]
        if same and explanation == kept:
            self.saved[key] = old
        elif self._is_stale(change, old, stored):
            self.conflicts.append(self._conflict(key, stored))
        else:
            new = SavedCell(value, missing, explanation, self.stamp)
            source = stored.source if stored and same else Source.ENTERED.value
            self.before[key] = old
            self._log(change, old, new)
            self._keep(key, asked, new, source)

    def _is_stale(self, change: CellChange, old: SavedCell, stored: StoredEntry | None) -> bool:
        """Has somebody changed the cell since it was seen?"""
        if change.seen_stamp is not None:
            return change.seen_stamp != old.stamp
        if change.seen_save is None or stored is None:
            return False
        return stored.stamp > change.seen_save and stored.by_id != self.person_id

    def _log(self, change: CellChange, old: SavedCell, new: SavedCell) -> None:
        """The edit, from what to what, as the history of the cell keeps it."""
        subject, kind, variable = change.key
        self.changes.append(
            (
                self.submission.pk,
                self.submission.revision,
                subject,
                kind,
                variable,
                old.value,
                old.missing,
                new.value,
                new.missing,
                self.at,
                self.person_id,
                Door.UNDO if change.is_undo else self.door,
                self.reason or new.explanation,
            )
        )

    def _keep(self, key: CellKey, asked: Asked, cell: SavedCell, source: str) -> None:
        """The cell's row as it shall stand; a cell that holds nothing has none."""
        if cell.value is None and not cell.missing:
            if key in self.stored:
                self.blanked.append(self.stored[key].pk)
            self.saved[key] = BLANK
            return
        submission, (subject, kind, _variable) = self.submission, key
        level, code = subject[0], subject[2:]
        self.rows.append(
            (
                submission.pk,
                submission.project_id,
                asked.variable.level,
                subject,
                code if level == "F" else None,
                code if level == "N" else None,
                kind,
                asked.variable.pk,
                cell.value,
                cell.missing,
                asked.written.source if asked.written else source,
                cell.explanation,
                cell.stamp,
                self.at,
                self.person_id,
            )
        )
        self.saved[key] = cell

    def _conflict(self, key: CellKey, stored: StoredEntry | None) -> CellConflict:
        if stored is not None:
            by = stored.by or ""
            return CellConflict(key, stored.value, stored.missing, by, stored.at, stored.stamp)
        changes = EntryChange.objects.filter(
            submission=self.submission,
            subject=key.subject,
            kind=key.kind,
            variable_code=key.variable,
        )
        name, at = changes.order_by("-id").values_list("by__name", "at").first() or ("", None)
        return CellConflict(key, None, "", name or "", at, 0)

    def contents(self) -> dict[CellKey, CellContent]:
        """All that was held, with what this save has changed."""
        contents = {
            key: CellContent(row.value, row.missing, row.source, row.explanation, row.stamp)
            for key, row in self.stored.items()
        }
        for key, saved in self.saved.items():
            source = contents[key].source if key in contents else Source.ENTERED.value
            contents[key] = CellContent(
                saved.value, saved.missing, source, saved.explanation, saved.stamp
            )
            if saved == BLANK:
                del contents[key]
        return contents

    def write(self) -> None:
        """Delete what was blanked, write the rows and the history, and count the save."""
        if self.blanked:
            Entry.objects.filter(pk__in=self.blanked).delete()
        if self.rows:
            bulk.insert(Entry, ENTRY_COLUMNS, self.rows, unique=ENTRY_KEY, update=ENTRY_UPDATED)
        if self.changes:
            bulk.insert(EntryChange, CHANGE_COLUMNS, self.changes)
            Submission.objects.filter(pk=self.submission.pk).update(edits=F("edits") + 1)
