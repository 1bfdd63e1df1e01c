"""The rows of an uploaded file, found by their codes and fingerprints wherever they stand."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from pip_network.files.importing.uploads import told_of
from pip_network.files.incoming import Book, Cell, Fault, Sheet, column_letters
from pip_network.web.errors import Invalid

from .guide import GUIDE
from .long_table import COLUMNS
from .writing import FINGERPRINT, FIXED_COLUMNS

HEADINGS_WITHIN = 20  # rows
UNREAD = frozenset(FIXED_COLUMNS) - {FINGERPRINT}


class Location(NamedTuple):
    """Where something stands in the file, as the spreadsheet names it."""

    sheet: str
    row: int
    column: str = ""


class Given(NamedTuple):
    """One cell of the file; `reason` stands beside it in a long table."""

    place: Location
    content: Cell
    reason: str = ""


@dataclass
class GivenRow:
    """A row of the file, by its fingerprint; `label` is what it says of its unit."""

    place: Location
    fingerprint: Cell
    label: str
    cells: dict[str, Given] = field(default_factory=dict)


@dataclass
class GivenBook:
    """`faults`: what cannot be read, each with its place; `told`: what is not read, in words."""

    rows: list[GivenRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def given_in(book: Book) -> GivenBook:
    """Raises Invalid for a file without any table of the workbook."""
    given = GivenBook()
    read = set()
    for sheet in book.sheets:
        if sheet.is_empty or _is_guide(sheet):
            continue
        heading = heading_of(sheet)
        if heading is None:
            given.told.append(
                _("The sheet “%(name)s” is not one of the workbook: it is not read.")
                % {"name": sheet.name}
            )
            continue
        read.add(sheet.name)
        _read(sheet, heading, given)
        shown = replace(sheet, hidden_columns=[n for n in sheet.hidden_columns if n > 1])
        given.told += told_of(replace(book, sheets=[]), shown)
    if not read:
        raise Invalid(
            _(
                "No sheet of this file is one of the workbook: the row with the codes is missing. "
                "Download the workbook, fill it in and upload it."
            ),
            place="file",
        )
    given.faults += [fault for fault in book.faults if fault.sheet in read]
    return given


def _is_guide(sheet: Sheet) -> bool:
    return bool(sheet.rows and sheet.rows[0] and sheet.rows[0][0] == GUIDE)


def heading_of(sheet: Sheet) -> int | None:
    """The row of codes, from 0."""
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        if FINGERPRINT in row and "subject" in row:
            return number
    return None


def _read(sheet: Sheet, heading: int, given: GivenBook) -> None:
    columns: dict[str, int] = {}
    codes = [cell.strip() if isinstance(cell, str) else "" for cell in sheet.rows[heading]]
    for code, times in Counter(code for code in codes if code).items():
        columns[code] = codes.index(code)
        if times > 1:
            second = codes.index(code, columns[code] + 1)
            given.faults.append(
                Fault(
                    sheet.name,
                    heading + 1,
                    column_letters(second + 1),
                    code,
                    _("This heading stands twice: the portal cannot tell which column is meant."),
                )
            )
    is_long = set(COLUMNS) <= columns.keys()
    (_read_lines if is_long else _read_rows)(sheet, heading, columns, given)


def _read_rows(sheet: Sheet, heading: int, columns: dict[str, int], given: GivenBook) -> None:
    variables = {
        code: (column, column_letters(column + 1))
        for code, column in columns.items()
        if code not in UNREAD and code != FINGERPRINT
    }
    for number, cells in enumerate(sheet.rows[heading + 1 :], heading + 2):
        row = GivenRow(
            Location(sheet.name, number),
            _at(cells, columns[FINGERPRINT]),
            _label(cells, columns),
        )
        for code, (column, letters) in variables.items():
            place = Location(sheet.name, number, letters)
            row.cells[code] = Given(place, _at(cells, column))
        if row.fingerprint is not None or _holds_something(row, number, heading):
            given.rows.append(row)


def _holds_something(row: GivenRow, number: int, heading: int) -> bool:
    """Names and units stand right below the codes, and are no rows of anybody."""
    if number <= heading + 3:
        return False
    return bool(row.label) or any(cell.content is not None for cell in row.cells.values())


def _read_lines(sheet: Sheet, heading: int, columns: dict[str, int], given: GivenBook) -> None:
    rows: dict[Cell, GivenRow] = {}
    for number, cells in enumerate(sheet.rows[heading + 1 :], heading + 2):
        if not any(cell is not None for cell in cells):
            continue
        signed = _at(cells, columns[FINGERPRINT])
        code = str(_at(cells, columns["variable"]) or "")
        here = Location(sheet.name, number)
        row = rows.get(signed) if signed is not None else None
        if row is None:
            row = rows[signed] = GivenRow(here, signed, _label(cells, columns))
            given.rows.append(row)
        place = here._replace(column="value")
        if code in row.cells:
            rule = _("This cell is given twice.")
            given.faults.append(Fault(sheet.name, number, "variable", code, rule))
            continue
        reason = str(_at(cells, columns["missing"]) or "")
        row.cells[code] = Given(place, _at(cells, columns["value"]), reason)


def _at(cells: list[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None


def _label(cells: list[Cell], columns: dict[str, int]) -> str:
    texts = [_at(cells, columns[code]) for code in ("subject", "name") if code in columns]
    return " ".join(str(text) for text in texts if text is not None)
