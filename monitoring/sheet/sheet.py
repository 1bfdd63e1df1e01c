"""The sheet of a submission: every cell with its value, its state, what went before and what the
checks say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.functional import Promise

from monitoring.choices import Kind, Severity, Status
from monitoring.models import Submission
from monitoring.sheet.cell_contents import BLANK, CellContent
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import Asked, CellKey
from monitoring.sheet.checks import Finding, Past, SheetData
from monitoring.sheet.checks.basis import basis_of_value
from monitoring.sheet.checks.judging import evaluated
from monitoring.sheet.explanations import NO_CHECK, Explained
from monitoring.sheet.roster import Roster
from monitoring.sheet.threads import Noted, Thread
from monitoring.sheet.units import Unit

REGULAR, BASELINE = Kind.REGULAR.value, Kind.BASELINE.value


class Counts(NamedTuple):
    """Cells that people fill: how many are asked and filled; findings; core cells left blank."""

    asked: int
    filled: int
    errors: int
    warnings_open: int
    blank_core: int

    @property
    def share(self) -> int:
        """Whole percent, never 100 while something is missing."""
        return 100 * self.filled // self.asked if self.asked else 100

    @property
    def is_ready(self) -> bool:
        return not (self.errors or self.warnings_open or self.blank_core)


@dataclass
class Sheet:
    """Cells and findings of a submission, or of one network of it; of an approved one, as the
    record has them.
    """

    submission: Submission
    roster: Roster
    asked: dict[CellKey, Asked]
    contents: dict[CellKey, CellContent]
    data: SheetData
    findings: list[Finding] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    remarks: dict[CellKey, Noted] = field(default_factory=dict)
    explained: dict[CellKey, list[Explained]] = field(default_factory=dict)

    def units(self, network_code: str | None = None) -> list[Unit]:
        """All units; or a network and its firms."""
        if network_code is None:
            return self.roster.units
        own = self.roster.by_subject.get(f"N:{network_code}")
        return [*([own] if own else []), *self.roster.firms_of(network_code)]

    @cached_property
    def cells(self) -> dict[CellKey, CellState]:
        return {key: self.cell(key) for key in self.asked}

    def cell(self, key: CellKey) -> CellState:
        """Raises KeyError for a cell that is not asked."""
        asked, content = self.asked[key], self.contents.get(key, BLANK)
        value, missing, source = self.held(key)
        regular = key.kind == REGULAR
        findings = self._findings_of.get(key, ())
        return CellState(
            key,
            asked,
            value,
            missing,
            source,
            self.explanation_of(key),
            content.stamp,
            self.data.previous.get((key.subject, key.variable)) if regular else None,
            self.baseline_of(key) if regular else None,
            findings,
            self.remarks.get(key, Noted()),
            content.changed_by,
            content.changed_at,
            tuple(finding for finding in findings if self.is_open(finding)),
            self.data.currency(key),
        )

    def held(self, key: CellKey) -> tuple[Decimal | None, str, str]:
        """What a cell holds: what the system writes, else what people entered."""
        value, missing, source = self.asked[key].written or self.contents.get(key, BLANK)[:3]
        return value, missing, source

    def explanation_of(self, key: CellKey) -> str:
        """The words about a cell: those that were just given, else those that the record has of its
        warnings, or of a value that nothing warns of.
        """
        content = self.contents.get(key, BLANK)
        if content.explanation:
            return content.explanation
        if key not in self.explained:
            return ""
        if self.submission.status == Status.APPROVED:
            return _joined(words.text for words in self.explained[key])
        findings = self._findings_of.get(key, ())
        if findings:
            return _joined(self.answer(finding) for finding in findings)
        value, missing, _source = self.held(key)
        basis = basis_of_value(value, missing)
        return _joined(
            words.text for words in self.explained[key] if words[:2] == (NO_CHECK, basis)
        )

    def answer(self, finding: Finding) -> str:
        """What explains a warning: the words just given for its cell, else those that were approved
        of this very warning.
        """
        given = self.contents.get(finding.cell, BLANK).explanation
        approved = (
            words.text
            for words in self.explained.get(finding.cell, ())
            if words[:2] == (finding.check, finding.basis)
        )
        return given or next(approved, "")

    def is_open(self, finding: Finding) -> bool:
        """Is it a warning without a word of explanation?"""
        return finding.severity != Severity.ERROR and not self.answer(finding)

    def baseline_of(self, key: CellKey) -> Past | None:
        """The unit's baseline of this variable: from the record, or as it stands in this
        submission.
        """
        past = self.data.baselines.get((key.subject, key.variable))
        own = CellKey(key.subject, BASELINE, key.variable)
        if past is not None or own not in self.asked:
            return past
        value, missing, _source = self.held(own)
        period = self.asked[own].period
        currency = self.data.currency(own)
        return Past(value, missing, period, currency) if value is not None or missing else None

    @cached_property
    def _findings_of(self) -> dict[CellKey, tuple[Finding, ...]]:
        findings: dict[CellKey, tuple[Finding, ...]] = {}
        for finding in self.findings:
            findings[finding.cell] = (*findings.get(finding.cell, ()), finding)
        return findings

    @cached_property
    def blank_core(self) -> list[CellKey]:
        """Core cells that people have to fill and have not."""
        return [
            key
            for key, cell in self.asked.items()
            if cell.written is None and cell.variable.core and key not in self.contents
        ]

    @cached_property
    def open_warnings(self) -> list[Finding]:
        """Warnings without a word of explanation."""
        return [finding for finding in self.findings if self.is_open(finding)]

    @cached_property
    def judged(self) -> dict[tuple[CellKey, str], bool | None]:
        """By cell and check, each `jump` and `outlier` that was evaluated and each warning: whether
        a warning is explained, None where the check passed. As it stands now; of an approved
        submission the record says it (`Judgement`).
        """
        judged: dict[tuple[CellKey, str], bool | None] = dict.fromkeys(evaluated(self.data))
        for finding in self.findings:
            if finding.severity == Severity.WARNING:
                judged[finding.cell, finding.check] = not self.is_open(finding)
        return judged

    def obstacles_of(self, key: CellKey) -> list[str | Promise]:
        """What stops the submission at this cell: the words of each error and unexplained warning;
        empty words where a core cell is blank.
        """
        stopping = [
            finding.message
            for finding in self._findings_of.get(key, ())
            if finding.severity == Severity.ERROR or self.is_open(finding)
        ]
        return [*stopping, *[""] * (key in self._blank_core)]

    @cached_property
    def _blank_core(self) -> frozenset[CellKey]:
        return frozenset(self.blank_core)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    @cached_property
    def counts(self) -> Counts:
        return self.count(self.asked)

    def count(self, cells: Iterable[CellKey]) -> Counts:
        """Counts of some of the cells, such as one unit's or one network's. What is found is counted
        by rule: two rules on one cell are two.
        """
        cells = set(cells)
        asked = [key for key in cells if self.asked[key].written is None]
        return Counts(
            len(asked),
            sum(key in self.contents for key in asked),
            sum(finding.cell in cells for finding in self.errors),
            sum(finding.cell in cells for finding in self.open_warnings),
            sum(key in cells for key in self.blank_core),
        )

    @property
    def is_complete(self) -> bool:
        """May it be submitted: nothing core is blank, no error, every warning explained?"""
        return not self.blank_core and not self.errors and not self.open_warnings


def _joined(texts: Iterable[str]) -> str:
    """Each text once, one below the other."""
    return "\n".join(dict.fromkeys(text for text in texts if text))
