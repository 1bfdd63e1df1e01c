"""One cell of a sheet, ready to be drawn."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitoring.choices import Severity
from monitoring.sheet.cells import Asked, CellKey
from monitoring.sheet.checks import Finding, Past
from monitoring.sheet.threads import Noted


@dataclass(frozen=True, slots=True)
class CellState:
    """One cell, ready to be drawn. `seen_stamp` of a save is its `stamp`; 0 where it is blank.

    `previous` and `baseline` are approved values of earlier times; `explanation` answers the
    warnings among its findings but for those `unexplained`; `noted` counts its open remarks;
    `changed_by` is a name.
    """

    key: CellKey
    asked: Asked
    value: Decimal | None
    missing: str
    source: str
    explanation: str
    stamp: int
    previous: Past | None
    baseline: Past | None
    findings: tuple[Finding, ...]
    noted: Noted
    changed_by: str
    changed_at: dt.datetime | None
    unexplained: tuple[Finding, ...] = ()
    currency: str = ""  # of an amount

    def comparable(self, past: Past | None) -> Decimal | None:
        """An earlier value, if it is in the same currency."""
        return past.value if past is not None and past.currency == self.currency else None

    @property
    def remarks_open(self) -> int:
        return self.noted.open

    @property
    def is_filled(self) -> bool:
        """Has it a value, or a reason why there is none?"""
        return self.value is not None or bool(self.missing)

    @property
    def locked(self) -> bool:
        return self.asked.written is not None

    @property
    def state(self) -> str:
        """`empty saved error warn told reason locked`; `told` is a warning with its word of
        explanation.
        """
        if any(finding.severity == Severity.ERROR for finding in self.findings):
            return "error"
        if self.findings:
            return "warn" if self.unexplained else "told"
        if self.locked:
            return "locked"
        if self.value is None:
            return "reason" if self.missing else "empty"
        return "saved"
