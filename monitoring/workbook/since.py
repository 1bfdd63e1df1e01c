"""What was changed since a row was downloaded."""

import datetime as dt
from typing import NamedTuple

from monitoring.models import EntryChange, Submission
from monitoring.sheet.cells import CellKey

from .words import Held


class ChangedSince(NamedTuple):
    """A cell that somebody changed since: what it held at the download and what it holds now."""

    then: Held
    now: Held
    by: str
    at: dt.datetime


class Since:
    """The changes of a submission since each count of them that the rows of a file name."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self._read: dict[int, dict[CellKey, ChangedSince]] = {}

    def of(self, count: int) -> dict[CellKey, ChangedSince]:
        """By cell, what was changed after the first `count` edits."""
        if count not in self._read:
            self._read[count] = self._load(count)
        return self._read[count]

    def _load(self, count: int) -> dict[CellKey, ChangedSince]:
        rows = (
            EntryChange.objects.filter(submission=self.submission)
            .order_by("id")
            .values_list(
                "subject",
                "kind",
                "variable_code",
                "old_value",
                "old_missing",
                "new_value",
                "new_missing",
                "by__name",
                "at",
            )[count:]
        )
        changed: dict[CellKey, ChangedSince] = {}
        for subject, kind, variable, old_value, old_missing, new_value, new_missing, by, at in rows:
            key = CellKey(subject, kind, variable)
            earlier = changed.get(key)
            then: Held = earlier.then if earlier else (old_value, old_missing)
            changed[key] = ChangedSince(then, (new_value, new_missing), by or "", at)
        return {key: cell for key, cell in changed.items() if cell.then != cell.now}
