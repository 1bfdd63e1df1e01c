"""What of a sheet is shown: the rows that one wants to see, and what stands beside each cell. It is
part of the address, so that it holds from page to page and works without a script.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.sheet.cell_state import CellState
from monitoring.sheet.display import change_of, past_text
from monitoring.sheet.units import Unit
from pip_network.folding import fold

Choices = tuple[tuple[str, str | Promise], ...]

ONLY: Choices = (
    ("incomplete", _("With something missing")),
    ("warnings", _("With errors or warnings")),
    ("remarks", _("With open remarks")),
)
BESIDE: Choices = (
    ("previous", _("Previous round")),
    ("baseline", _("Baseline")),
    ("change", _("Change in %")),
)
LONGEST = 60  # characters of a name that is looked for


@dataclass(frozen=True, slots=True)
class Showing:
    """`only`: rows with a cell of that kind among the columns; `firm`: words of its name;
    `beside`: what stands in each cell besides its value.
    """

    only: str = ""
    firm: str = ""
    beside: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Showing":
        """As an address says it; what it says besides is nothing."""
        only, beside = query.get("only", ""), query.get("beside", "")
        return cls(
            only if only in dict(ONLY) else "",
            query.get("firm", "").strip()[:LONGEST],
            beside if beside in dict(BESIDE) else "",
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.only or self.firm)

    def everything(self) -> "Showing":
        """The same without its filters."""
        return replace(self, only="", firm="")

    def keeps(self, unit: Unit, cells: Iterable[CellState]) -> bool:
        """Is this row shown? `cells` are those of the columns."""
        name = fold(unit.label)
        if not all(word in name for word in fold(self.firm).split()):
            return False
        return not self.only or any(self._is_wanted(cell) for cell in cells)

    def _is_wanted(self, cell: CellState) -> bool:
        if self.only == "incomplete":
            return not cell.locked and not cell.is_filled
        if self.only == "warnings":
            return cell.state in ("error", "warn")
        return cell.remarks_open > 0

    def text_beside(self, cell: CellState) -> str:
        """What stands beside the value of a cell: the change is against the previous round, where
        there is none against the baseline.
        """
        previous, baseline = cell.previous, cell.baseline
        if self.beside == "change":
            earlier = cell.comparable(previous)
            if earlier is None:
                earlier = cell.comparable(baseline)
            return change_of(cell.asked.variable, cell.value, earlier)
        past = {"previous": previous, "baseline": baseline}.get(self.beside)
        return past_text(cell, past) if past is not None else ""
