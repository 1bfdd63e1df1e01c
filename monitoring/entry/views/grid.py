"""The sheet of a network as rows and columns: one page of the units of one tab."""

from dataclasses import dataclass, field
from math import ceil

from monitoring.choices import Kind
from monitoring.entry.views.network_cells import ALL, TABS, Block, NetworkCells, Tab
from monitoring.entry.views.showing import Showing
from monitoring.models import Variable
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import NOT_ASKED, TableCell, table_cell
from monitoring.sheet.units import Unit

PER_PAGE = 50
PENDING = "pending"
EVERYTHING = Showing()


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
    """One page of one tab of the sheet, ready to be drawn; `below` are the blocks of the pages that
    follow: a pasted block goes on there.
    """

    tabs: list[Tab]
    tab: str
    columns: list[Variable]
    rows: list[GridRow]
    totals: list[str]
    page: int
    pages: int
    units: int
    pending: int
    below: list[Block] = field(default_factory=list)
    wanted: CellKey | None = None
    heads: list[tuple[Variable, str]] = field(default_factory=list)  # each with its unit


def make_grid(
    network_cells: NetworkCells,
    *,
    tab: str,
    page: int,
    cell: CellKey | None = None,
    showing: Showing = EVERYTHING,
) -> Grid:
    """One page of one tab, or the one where `cell` stands, of the rows that are wanted.

    An unknown tab or page falls to the nearest that exists.
    """
    if cell is not None and cell not in network_cells.cells:
        cell = None
    tabs, pending = network_cells.tabs(), network_cells.pending()
    tab = _tab_of(network_cells, cell) if cell is not None else _existing_tab(tab, tabs)
    columns, blocks = (
        _pending_part(network_cells, pending) if tab == PENDING else _tab_part(network_cells, tab)
    )
    if showing.is_filtered:
        blocks = [block for block in blocks if _is_shown(network_cells, block, columns, showing)]
    subjects = list(dict.fromkeys(unit.subject for unit, _kind in blocks))
    pages = max(1, ceil(len(subjects) / PER_PAGE))
    if cell is not None:
        page = subjects.index(cell.subject) // PER_PAGE + 1
    page = min(max(page, 1), pages)
    page_subjects = set(subjects[(page - 1) * PER_PAGE : page * PER_PAGE])
    below = set(subjects[page * PER_PAGE :])
    totals = network_cells.totals(columns)
    return Grid(
        tabs=tabs,
        tab=tab,
        columns=columns,
        rows=[
            _row(network_cells, unit, kind, columns, showing)
            for unit, kind in blocks
            if unit.subject in page_subjects
        ],
        totals=[totals[variable.code] for variable in columns],
        page=page,
        pages=pages,
        units=len(subjects),
        pending=len(pending),
        below=[(unit, kind) for unit, kind in blocks if unit.subject in below],
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
    columns = network_cells.variables
    if tab != ALL:
        themes = next(themes for code, _label, themes in TABS if code == tab)
        columns = [variable for variable in columns if variable.theme in themes]
    codes = {variable.code for variable in columns}
    return columns, [
        (unit, kind)
        for unit, kind in network_cells.in_order()
        if codes & network_cells.blocks[unit.subject, kind].keys()
    ]


def _is_shown(
    network_cells: NetworkCells, block: Block, columns: list[Variable], showing: Showing
) -> bool:
    unit, kind = block
    cells = network_cells.blocks[unit.subject, kind]
    return showing.keeps(unit, [cells[one.code] for one in columns if one.code in cells])


def _row(
    network_cells: NetworkCells,
    unit: Unit,
    kind: str,
    columns: list[Variable],
    showing: Showing,
) -> GridRow:
    block = network_cells.blocks[unit.subject, kind]
    filled, asked = network_cells.filled(unit.subject, kind)
    period = next((cell.asked.period for cell in block.values()), "")
    cells = [
        _cell(block[variable.code], showing) if variable.code in block else NOT_ASKED
        for variable in columns
    ]
    currencies = {cell.currency for cell in block.values() if cell.currency}
    other = ", ".join(sorted(currencies - {unit.currency})) if kind == Kind.BASELINE else ""
    return GridRow(unit, kind, cells, filled, asked, period, other)


def _cell(cell: CellState, showing: Showing) -> TableCell:
    drawn = table_cell(cell)
    return drawn._replace(beside=showing.text_beside(cell)) if showing.beside else drawn
