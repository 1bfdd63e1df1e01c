"""What waits between an upload and its confirmation: what the parser said of the file, never the
file itself, and what would become of its cells, in the language in which that was asked.

Names are random, and the folder is served by no address.
"""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from monitoring.models import WorkbookUpload
from pip_network.files.incoming import Book, Cell, Fault, Sheet
from pip_network.web.errors import Conflict

from .outcomes import Outcomes

FOLDER = "workbooks"


def keep_book(upload: WorkbookUpload, book: Book) -> None:
    content = asdict(book)
    for sheet in content["sheets"]:
        sheet["rows"] = [[_plain(cell) for cell in row] for row in sheet["rows"]]
    _write(_path(upload, "book"), content)


def kept_book(upload: WorkbookUpload) -> Book:
    """Raises Conflict when it waits no more."""
    content = _read(_path(upload, "book"))
    if content is None:
        raise Conflict(_("This preview is no longer there: choose the file again."))
    sheets = [
        Sheet(**{**sheet, "rows": [[_cell(cell) for cell in row] for row in sheet["rows"]]})
        for sheet in content.pop("sheets")
    ]
    faults = [Fault(**fault) for fault in content.pop("faults")]
    return Book(sheets, faults, **content)


def keep_outcomes(upload: WorkbookUpload, outcomes: Outcomes, language: str) -> None:
    _write(_path(upload, language), outcomes.as_json())


def kept_outcomes(upload: WorkbookUpload, language: str) -> Outcomes | None:
    content = _read(_path(upload, language))
    return None if content is None else Outcomes.of_json(content)


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
    return f"{FOLDER}/{upload.pk}.{what}.json"


def _write(path: str, content: Any) -> None:
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(json.dumps(content, ensure_ascii=False).encode()))


def _read(path: str) -> Any:
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return json.loads(file.read())


def _plain(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, dt.date) else cell


def _cell(cell: Any) -> Cell:
    return dt.date.fromisoformat(cell[0]) if isinstance(cell, list) else cell
