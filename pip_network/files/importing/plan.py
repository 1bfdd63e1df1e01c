"""What a file would do to a table: every row new, changed, unchanged, in conflict or refused, with
its reasons.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pip_network.web.errors import Conflict, DomainError

from .columns import Column

Row = TypeVar("Row", bound=models.Model)


class Status(models.TextChoices):
    """What a file would do with one row."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    CONFLICT = "conflict", _("In conflict")
    REFUSED = "refused", _("Rejected")


@dataclass
class PlannedRow(Generic[Row]):
    """One row of the file, about a row of the model that it is generic in.

    `number` is its row in the spreadsheet; `changes` is field -> (old, new), as values.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    instance: Row | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    conflicting: bool = False
    key: str = ""

    @property
    def status(self) -> Status:
        if self.reasons:
            return Status.CONFLICT if self.conflicting else Status.REFUSED
        if self.instance is None:
            return Status.NEW
        return Status.CHANGED if self.changes else Status.UNCHANGED

    def refuse(self, reason: str, *, conflict: bool = False) -> None:
        self.conflicting = conflict and (self.conflicting or not self.reasons)
        self.reasons.append(reason)

    def refuse_for(self, error: DomainError) -> None:
        self.refuse(str(error.message), conflict=isinstance(error, Conflict))


@dataclass
class Plan:
    """What a whole file would do."""

    rows: list[PlannedRow]
    columns: list[Column]  # those of the file, in its order

    @property
    def counts(self) -> dict[Status, int]:
        counts = Counter(row.status for row in self.rows)
        return {status: counts[status] for status in Status}

    @property
    def can_be_stored(self) -> bool:
        """All of it or nothing; a file that changes nothing has nothing to store."""
        counts = self.counts
        return not (counts[Status.CONFLICT] or counts[Status.REFUSED]) and bool(
            counts[Status.NEW] or counts[Status.CHANGED]
        )

    @property
    def to_store(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.status in (Status.NEW, Status.CHANGED)]

    def fingerprint(self) -> str:
        """Letters that change when the file would do something else than it did when somebody
        looked.
        """
        written = {column.name: column.written for column in self.columns}
        rows = [
            [
                row.number,
                row.status.value,
                row.key,
                [
                    [name, str(written[name](old)), str(written[name](new))]
                    for name, (old, new) in sorted(row.changes.items())
                ],
            ]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
