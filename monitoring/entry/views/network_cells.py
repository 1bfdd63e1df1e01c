"""The cells of a network's firms: in which tabs they stand, how full these are, their totals."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Kind
from monitoring.models import Variable
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import value_text
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import Unit
from pip_network.choices import Theme

OPEN_STATES = frozenset({"empty", "error", "warn"})
# Themes that stand together in one tab; the order of the tabs and of their columns is the
# catalogue's.
TABS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    (
        "sales",
        _("Sales, markets and credit"),
        frozenset({Theme.SUSTAINABILITY, Theme.SALES, Theme.MARKETS, Theme.CREDIT}),
    ),
    (
        "employment",
        _("Employment and production"),
        frozenset({Theme.EMPLOYMENT, Theme.PRODUCTIVITY}),
    ),
    ("innovation", _("Innovation"), frozenset({Theme.INNOVATION})),
    (
        "association",
        _("Association"),
        frozenset({Theme.ASSOCIATION, Theme.COVERAGE, Theme.INSTITUTIONS}),
    ),
)
ALL = "all"  # the tab of every column: a whole table of a spreadsheet goes in at once
SUMMED = frozenset({"amount", "count", "decimal"})


class Tab(NamedTuple):
    """Columns that stand together, how full they are, and the open remarks on them."""

    code: str
    label: str | Promise
    filled: int
    asked: int
    remarks: int


Block = tuple[Unit, str]  # the cells of one unit of one kind


class NetworkCells:
    """The cells of one network's firms, looked up by unit, block and variable."""

    def __init__(self, sheet: Sheet, network: str) -> None:
        self.units = [unit for unit in sheet.units(network) if unit.level == "firm"]
        subjects = {unit.subject for unit in self.units}
        self.cells = {key: cell for key, cell in sheet.cells.items() if key.subject in subjects}
        self.blocks: dict[tuple[str, str], dict[str, CellState]] = {}
        variables = {}
        for key, cell in self.cells.items():
            self.blocks.setdefault((key.subject, key.kind), {})[key.variable] = cell
            variables[key.variable] = cell.asked.variable
        self.variables = sorted(variables.values(), key=lambda variable: variable.position)

    def tabs(self) -> list[Tab]:
        """Tabs with something in them, how full each is and how many open remarks it holds."""
        counts = {code: [0, 0, 0] for code, _label, _themes in TABS}
        tab_of = {theme: code for code, _label, themes in TABS for theme in themes}
        for cell in self.cells.values():
            count = counts[tab_of[cell.asked.variable.theme]]
            count[2] += cell.remarks_open
            if not cell.locked:
                count[0] += cell.is_filled
                count[1] += 1
        used = {tab_of[variable.theme] for variable in self.variables}
        tabs = [Tab(code, label, *counts[code]) for code, label, _themes in TABS if code in used]
        if len(tabs) > 1:
            filled, asked = sum(tab.filled for tab in tabs), sum(tab.asked for tab in tabs)
            remarks = sum(tab.remarks for tab in tabs)
            tabs.append(Tab(ALL, _("All variables"), filled, asked, remarks))
        return tabs

    def in_order(self) -> list[Block]:
        """The blocks that are asked anything, unit by unit, the baseline below."""
        kinds = (Kind.REGULAR.value, Kind.BASELINE.value)
        return [
            (unit, kind)
            for unit in self.units
            for kind in kinds
            if (unit.subject, kind) in self.blocks
        ]

    def pending(self) -> list[CellKey]:
        """Cells that somebody still has to fill, mend, explain or answer for."""
        return [
            key
            for key, cell in self.cells.items()
            if cell.state in OPEN_STATES or cell.noted.unanswered
        ]

    def totals(self, variables: Iterable[Variable]) -> dict[str, str]:
        """Sums over the whole network of what is in, per variable; yes or no: how many yes of how
        many answered.
        """
        return {
            variable.code: self._total(variable) if len(self.currencies(variable)) <= 1 else ""
            for variable in variables
        }

    def currencies(self, variable: Variable) -> set[str]:
        """Of the amounts that the round asks, in the period of the variable; none for what is no
        amount.
        """
        regular = (
            self.blocks.get((unit.subject, Kind.REGULAR.value), {}).get(variable.code)
            for unit in self.units
        )
        return {cell.currency for cell in regular if cell is not None and cell.currency}

    def _total(self, variable: Variable) -> str:
        regular = [
            self.blocks.get((unit.subject, Kind.REGULAR), {}).get(variable.code)
            for unit in self.units
        ]
        values = [cell.value for cell in regular if cell and cell.value is not None]
        if not values:
            return ""
        if variable.value_type == "boolean":
            return str(_("%(yes)d of %(all)d")) % {"yes": sum(values), "all": len(values)}
        if variable.value_type in SUMMED:
            return value_text(variable, sum(values, Decimal(0)))
        return ""

    def filled(self, subject: str, kind: str) -> tuple[int, int]:
        """(filled, asked) of one block, what the system writes left out."""
        cells = [cell for cell in self.blocks.get((subject, kind), {}).values() if not cell.locked]
        return sum(cell.is_filled for cell in cells), len(cells)
