"""What stands behind a figure: its rule, its rows, why others were left out, and the approvals behind
them.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .catalogue_rows import Indicator


class TraceCell(NamedTuple):
    """One approved cell behind a figure; `converted` as published, None where nothing is converted."""

    variable: str
    period: str
    value: Decimal | None
    missing: str
    currency: str
    converted: str | None
    catalogue: str
    approved_in: int


@dataclass(slots=True)
class TraceRow:
    """One unit of one project at one round, and its part in the figure.

    eligible, respondent: in E(t), in R; panel_eligible, in_panel: the same of the panel. `reason`
    says why it is not a respondent, `panel_reason` why it is not in P; empty when it is. Codes
    besides the missing codes of the record: other_project, other_group, left,
    closed_without_baseline, not_asked, zero_denominator, below_min_k, condition_not_met; for the
    panel no_baseline, not_asked_at_baseline, joined_after, baseline_not_before, closed_unknown.
    value, denominator: what enters the figure, as published; base_*: the same at the unit's own
    baseline.
    """

    project: str
    subject: str
    round: str
    membership: str
    cluster: str
    eligible: bool
    respondent: bool
    panel_eligible: bool
    in_panel: bool
    reason: str = ""
    panel_reason: str = ""
    value: str | None = None
    denominator: str | None = None
    base_value: str | None = None
    base_denominator: str | None = None
    reconstructed: bool = False
    cells: list[TraceCell] = field(default_factory=list)
    baseline: list[TraceCell] = field(default_factory=list)
    approvals: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Trace:
    """What stands behind one figure."""

    indicator: Indicator
    measure: str
    group: dict[str, str]
    period: str
    rule: str
    rows: list[TraceRow]

    @property
    def exclusions(self) -> dict[str, int]:
        """Rows that are not respondents, by reason."""
        return dict(sorted(Counter(row.reason for row in self.rows if row.reason).items()))

    @property
    def panel_exclusions(self) -> dict[str, int]:
        return dict(
            sorted(Counter(row.panel_reason for row in self.rows if row.panel_reason).items())
        )

    @property
    def approvals(self) -> list[int]:
        """Numbers of all approvals that wrote an observation or a cell behind the figure."""
        return sorted({number for row in self.rows for number in row.approvals})
