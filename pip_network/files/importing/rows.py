"""The rows of a file: read cell by cell, and compared with what the table holds."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

from django.utils.translation import gettext as _

from pip_network.files.incoming import Cell, column_letters
from pip_network.folding import fold

from .columns import Column
from .headings import Places
from .plan import PlannedRow

SHOWN = 60  # characters of a cell that is refused


def cell_of(sheet: str | None, row: int, place: int) -> str:
    """Where a cell stands, as a spreadsheet writes it (`Firms!C5`), before what is said of it.

    `sheet` is blank for text, and None for rows that come from no file.
    """
    if sheet is None:
        return ""
    cell = f"{column_letters(place + 1)}{row}"
    return f"{sheet}!{cell}, " if sheet else f"{cell}, "


def read_row(
    number: int, cells: Sequence[Cell], places: Places, faults: Sequence[str], sheet: str | None
) -> PlannedRow:
    """Row `number` of the spreadsheet with its values; refused for its `faults` and for each cell
    that is no value of its column.
    """
    row: PlannedRow = PlannedRow(number, reasons=list(faults))
    _refuse_further_cells(row, cells, {place for _column, place in places}, sheet)
    for column, place in places:
        cell = cells[place] if place < len(cells) else None
        if cell is None or cell == "":
            row.values[column.name] = column.blank()
            if column.required and not faults:
                row.refuse(
                    cell_of(sheet, number, place)
                    + _("%(column)s: it cannot be blank.") % {"column": column.label}
                )
            continue
        try:
            row.values[column.name] = column.read(cell)
        except ValueError as error:
            row.refuse(
                cell_of(sheet, number, place)
                + _("%(column)s («%(value)s»): %(rule)s")
                % {"column": column.label, "value": str(cell)[:SHOWN], "rule": error}
            )
    return row


def _refuse_further_cells(
    row: PlannedRow, cells: Sequence[Cell], headed: Collection[int], sheet: str | None
) -> None:
    """What stands under no heading is no value of any column, and is not lost without a word."""
    further = [
        f"{cell_of(sheet, row.number, place).removesuffix(', ')} («{str(cell)[:SHOWN]}»)".strip()
        for place, cell in enumerate(cells)
        if place not in headed and cell not in (None, "")
    ]
    if further:
        row.refuse(
            _("The row has more cells than the heading: %(cells)s.") % {"cells": ", ".join(further)}
        )


def key_of(row: PlannedRow, key: Sequence[Column]) -> str:
    """What the row is called in the preview."""
    values = ((column, row.values.get(column.name)) for column in key)
    codes = [str(column.written(value)) for column, value in values if value is not None]
    return " · ".join(filter(None, codes))


def compare(
    row: PlannedRow, present: Sequence[Column], columns: Sequence[Column], key: Collection[str]
) -> None:
    """Say what the row changes of its instance, in the columns that the file has; refuse what
    does not change, and a new row that lacks a required column.
    """
    if row.instance is None:
        _compare_new(row, present, columns)
        return
    for column in present:
        old, new = column.value_of(row.instance), row.values[column.name]
        if old == new:
            continue
        row.changes[column.name] = (old, new)
        if column.fixed and column.name not in key:
            row.refuse(
                _("%(column)s: it is «%(old)s» and does not change by import.")
                % {"column": column.label, "old": column.shown(old)}
            )


def _compare_new(row: PlannedRow, present: Sequence[Column], columns: Sequence[Column]) -> None:
    names = {column.name for column in present}
    for column in columns:
        if column.required and column.name not in names:
            row.refuse(_("A new row needs the column: %(column)s.") % {"column": column.label})
    row.changes = {
        column.name: (column.blank(), row.values[column.name])
        for column in present
        if row.values[column.name] != column.blank()
    }


def refuse_repeated(rows: Sequence[PlannedRow], key: Sequence[str]) -> None:
    """Refuse each row about something of which an earlier row says something already."""

    def subject(row: PlannedRow) -> Hashable | None:
        if row.instance is not None:
            return (False, row.instance.pk)
        values = [row.values.get(name) for name in key]
        folded = (fold(value) if isinstance(value, str) else value for value in values)
        return (True, *folded) if any(values) else None

    refuse_twins(rows, subject, _("Row %(row)s says something about the same already."))


def refuse_twins(
    rows: Iterable[PlannedRow],
    subject: Callable[[PlannedRow], Hashable | None],
    reason: str,
) -> None:
    """Refuse each row whose `subject` an earlier row of the file has: `reason` names that one. None
    is the subject of a row that is like no other.
    """
    numbers: dict[Hashable, int] = {}
    for row in rows:
        about = subject(row)
        if about is None:
            continue
        first = numbers.setdefault(about, row.number)
        if first != row.number:
            row.refuse(reason % {"row": first}, conflict=True)
