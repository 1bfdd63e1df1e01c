"""What becomes of each cell of an uploaded workbook."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    REJECTED = "rejected", pgettext_lazy("cell", "Rejected")
    CONFLICT = "conflict", pgettext_lazy("cell", "Conflict")
    CHANGED = "changed", pgettext_lazy("cell", "Changed")
    NEW = "new", pgettext_lazy("cell", "New")
    UNCHANGED = "unchanged", pgettext_lazy("cell", "Unchanged")


STORED = frozenset({Outcome.NEW.value, Outcome.CHANGED.value})


class Line(NamedTuple):
    """One cell: where it stands in the file, what it held, what it would hold, and what is said.

    `mark`: what the checks of the sheet find in it, `error` or `warning`. `codes`: what it held and
    would hold, in no language.
    """

    outcome: str
    sheet: str
    row: int
    column: str
    unit: str
    variable: str
    before: str
    after: str
    rule: str = ""
    mark: str = ""
    cell: str = ""  # its key
    codes: str = ""

    @property
    def label(self) -> str:
        return str(Outcome(self.outcome).label)


@dataclass
class Outcomes:
    """All lines of a file, and what is told of it besides."""

    lines: list[Line] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """By outcome, in its order, zeros too."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome.value: found[outcome.value] for outcome in Outcome}

    @property
    def marked(self) -> dict[str, int]:
        """How many cells with errors, and with warnings."""
        found = Counter(line.mark for line in self.lines)
        return {mark: found[mark] for mark in ("error", "warning")}

    @property
    def digest(self) -> str:
        """Of all that confirming would do: the same while nothing else has changed meanwhile."""
        said = sorted(
            (line.cell, line.outcome, line.codes, line.sheet, line.row, line.column)
            for line in self.lines
            if line.outcome != Outcome.UNCHANGED
        )
        digest = hashlib.sha256()
        for each in said:
            digest.update(json.dumps(each).encode())
        return digest.hexdigest()

    def where(self, outcome: str = "", mark: str = "") -> Iterable[Line]:
        """In the order of the outcomes, then of the file."""
        order = list(Outcome.values)
        lines = [
            line
            for line in self.lines
            if (not outcome or line.outcome == outcome) and (not mark or line.mark == mark)
        ]
        return sorted(lines, key=lambda line: order.index(line.outcome))
