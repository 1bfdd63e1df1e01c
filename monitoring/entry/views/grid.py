"""The sheet of a network as rows and columns: which variables stand in which tab, one page of
units, totals.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Kind
from monitoring.models import Variable
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import NOT_ASKED, TableCell, table_cell, value_text
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import Unit
from pip_network.choices import Theme

PER_PAGE = 50
PENDING = "pending"
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
SUMMED = frozenset({"amount", "count", "decimal"})


class Tab(NamedTuple):
    """Columns that stand together, how full they are, and the open remarks on them."""

    code: str
    label: str | Promise
    filled: int
    asked: int
    remarks: int


@dataclass
class GridRow:
    """One unit of one kind: a row of the sheet."""

    unit: Unit
    kind: str
    cells: list[TableCell]
    filled: int
    asked: int
    period: str = ""
    currency: str = ""  # of a baseline, where the round asks in another one

    @property
    def is_baseline(self) -> bool:
        return self.kind == Kind.BASELINE


@dataclass
class Grid:
    """One page of one tab of the sheet, ready to be drawn."""

    tabs: list[Tab]
    tab: str
    columns: list[Variable]
    rows: list[GridRow]
    totals: list[str]
    page: int
    pages: int
    units: int
    pending: int
    wanted: CellKey | None = None
    heads: list[tuple[Variable, str]] = field(default_factory=list)  # each with its unit


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
        return [Tab(code, label, *counts[code]) for code, label, _themes in TABS if code in used]

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


def make_grid(
    network_cells: NetworkCells, *, tab: str, page: int, cell: CellKey | None = None
) -> Grid:
    """One page of one tab, or the one where `cell` stands.

    An unknown tab or page falls to the nearest that exists.
    """
    if cell is not None and cell not in network_cells.cells:
        cell = None
    tabs, pending = network_cells.tabs(), network_cells.pending()
    tab = _tab_of(network_cells, cell) if cell is not None else _existing_tab(tab, tabs)
    columns, blocks = (
        _pending_part(network_cells, pending) if tab == PENDING else _tab_part(network_cells, tab)
    )
    subjects = list(dict.fromkeys(unit.subject for unit, _kind in blocks))
    pages = max(1, ceil(len(subjects) / PER_PAGE))
    if cell is not None:
        page = subjects.index(cell.subject) // PER_PAGE + 1
    page = min(max(page, 1), pages)
    page_subjects = set(subjects[(page - 1) * PER_PAGE : page * PER_PAGE])
    totals = network_cells.totals(columns)
    return Grid(
        tabs=tabs,
        tab=tab,
        columns=columns,
        rows=[
            _row(network_cells, unit, kind, columns)
            for unit, kind in blocks
            if unit.subject in page_subjects
        ],
        totals=[totals[variable.code] for variable in columns],
        page=page,
        pages=pages,
        units=len(subjects),
        pending=len(pending),
        wanted=cell,
        heads=[
            (variable, ", ".join(sorted(network_cells.currencies(variable))) or str(variable.unit))
            for variable in columns
        ],
    )


def _tab_of(network_cells: NetworkCells, cell: CellKey) -> str:
    theme = network_cells.cells[cell].asked.variable.theme
    return next(code for code, _label, themes in TABS if theme in themes)


def _existing_tab(tab: str, tabs: list[Tab]) -> str:
    if tab == PENDING or tab in {existing.code for existing in tabs}:
        return tab
    return tabs[0].code if tabs else PENDING


def _pending_part(
    network_cells: NetworkCells, pending: list[CellKey]
) -> tuple[list[Variable], list[Block]]:
    """Columns and blocks with a pending cell in them."""
    codes = {key.variable for key in pending}
    places = {(key.subject, key.kind) for key in pending}
    return (
        [variable for variable in network_cells.variables if variable.code in codes],
        [(unit, kind) for unit, kind in network_cells.in_order() if (unit.subject, kind) in places],
    )


def _tab_part(network_cells: NetworkCells, tab: str) -> tuple[list[Variable], list[Block]]:
    """Columns of a tab, and the blocks that are asked one of them."""
    themes = next(themes for code, _label, themes in TABS if code == tab)
    columns = [variable for variable in network_cells.variables if variable.theme in themes]
    codes = {variable.code for variable in columns}
    return columns, [
        (unit, kind)
        for unit, kind in network_cells.in_order()
        if codes & network_cells.blocks[unit.subject, kind].keys()
    ]


def _row(network_cells: NetworkCells, unit: Unit, kind: str, columns: list[Variable]) -> GridRow:
    block = network_cells.blocks[unit.subject, kind]
    filled, asked = network_cells.filled(unit.subject, kind)
    period = next((cell.asked.period for cell in block.values()), "")
    cells = [
        table_cell(block[variable.code]) if variable.code in block else NOT_ASKED
        for variable in columns
    ]
    currencies = {cell.currency for cell in block.values() if cell.currency}
    other = ", ".join(sorted(currencies - {unit.currency})) if kind == Kind.BASELINE else ""
    return GridRow(unit, kind, cells, filled, asked, period, other)
