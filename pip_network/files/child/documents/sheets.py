"""Workbooks of Excel and OpenDocument: one part a sheet, its name first, a row a line."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import python_calamine

from ..refusals import Refused

SHEETS, ROWS, LETTERS = 200, 100_000, 2_000_000


def sheets(file: BinaryIO) -> Iterator[str]:
    """Raises Refused."""
    file.seek(0)
    try:
        book = python_calamine.load_workbook(io.BytesIO(file.read()))
        names = book.sheet_names
        if len(names) > SHEETS:
            raise Refused("bomb")
        for name in names:
            yield "\n".join([name, *_rows(book.get_sheet_by_name(name))])
    except (Refused, MemoryError):
        raise
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except Exception as error:  # whatever the library raises: the file is not what it says
        raise Refused("damaged") from error


def _rows(sheet: Any) -> Iterator[str]:
    """Rows with something in them. A table that spans too much was not made by people."""
    if sheet.height > ROWS or sheet.height * max(1, sheet.width) > 20 * ROWS:
        raise Refused("bomb")
    letters = 0
    for row in sheet.iter_rows():
        line = "\t".join(_cell(cell) for cell in row).rstrip("\t")
        letters += len(line)
        if letters > LETTERS:
            raise Refused("bomb")
        if line:
            yield line


def _cell(cell: Any) -> str:
    """A number as it was typed, as far as that can be told."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return str(cell)
