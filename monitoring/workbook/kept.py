"""What waits between an upload and its confirmation: what the parser said of the file, never the
file itself, and what would become of its cells, in the language in which that was asked.

Names are random, and the folder is served by no address.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from monitoring.models import WorkbookUpload
from pip_network.files.incoming import Book, Cell, Fault, Sheet
from pip_network.web.errors import Conflict

from .outcomes import Line, Outcomes

FOLDER = "workbooks"


def keep_book(upload: WorkbookUpload, book: Book) -> None:
    """A line for the file, then one for each row of its sheets: never all of it in one text."""
    head = {
        "sheets": [{**_about(sheet), "rows": len(sheet.rows)} for sheet in book.sheets],
        "faults": [asdict(fault) for fault in book.faults],
        "book": [book.kind, book.encoding, book.delimiter],
    }
    rows = ([_plain(cell) for cell in row] for sheet in book.sheets for row in sheet.rows)
    _write(_path(upload, "book"), head, rows)


def kept_book(upload: WorkbookUpload) -> Book:
    """Raises Conflict when it waits no more."""
    lines = _read(_path(upload, "book"))
    head = next(lines, None)
    if head is None:
        raise Conflict(_("This preview is no longer there: choose the file again."))
    sheets = []
    for about in head["sheets"]:
        rows = [[_cell(cell) for cell in row] for row in islice(lines, about.pop("rows"))]
        sheets.append(Sheet(rows=rows, **about))
    return Book(sheets, [Fault(**fault) for fault in head["faults"]], *head["book"])


def _about(sheet: Sheet) -> dict[str, Any]:
    """All of a sheet but its rows."""
    names = ("name", "hidden", "hidden_rows", "hidden_columns", "is_named_oddly")
    return {name: getattr(sheet, name) for name in names}


def keep_outcomes(upload: WorkbookUpload, outcomes: Outcomes, language: str) -> None:
    _write(_path(upload, language), outcomes.told, outcomes.lines)


def kept_outcomes(upload: WorkbookUpload, language: str) -> Outcomes | None:
    lines = _read(_path(upload, language))
    told = next(lines, None)
    return None if told is None else Outcomes([Line(*line) for line in lines], told)


def forget_outcomes(upload: WorkbookUpload) -> None:
    """They are no more what would happen."""
    _drop(upload, but=_path(upload, "book"))


def drop(upload: WorkbookUpload) -> None:
    """It waits no more."""
    _drop(upload)


def _drop(upload: WorkbookUpload, but: str = "") -> None:
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if name.startswith(f"{upload.pk}.") and path != but:
            default_storage.delete(path)


def _path(upload: WorkbookUpload, what: str) -> str:
    return f"{FOLDER}/{upload.pk}.{what}.jsonl"


def _write(path: str, head: Any, rows: Iterable[Any]) -> None:
    if default_storage.exists(path):
        default_storage.delete(path)
    with TemporaryFile() as file:
        for item in chain([head], rows):
            file.write(json.dumps(item, ensure_ascii=False).encode() + b"\n")
        file.seek(0)
        default_storage.save(path, File(file))


def _read(path: str) -> Iterator[Any]:
    """What was written, item by item; nothing where nothing is kept."""
    if not default_storage.exists(path):
        return
    with default_storage.open(path) as file:
        for line in file:
            yield json.loads(line)


def _plain(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, dt.date) else cell


def _cell(cell: Any) -> Cell:
    return dt.date.fromisoformat(cell[0]) if isinstance(cell, list) else cell
