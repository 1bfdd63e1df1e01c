"""Her own file with marks: what is rejected or in conflict is coloured and says why.

It is written anew from what was read of it, so nothing of the file itself comes back, and it can be
mended and uploaded again.
"""

import io
from typing import Any

from monitoring.models import WorkbookUpload
from monitoring.reports.printable import clean
from pip_network.files.incoming import Sheet, column_letters

from .formats import Formats
from .guide import GUIDE
from .kept import kept_book
from .outcomes import Line, Outcome, Outcomes
from .reading import heading_of
from .writing import FIRST_ROW, FIXED_COLUMNS, new_book, set_up, sheet_name, write_content

Marks = dict[tuple[str, int, str], Line]


def write_marked(upload: WorkbookUpload, outcomes: Outcomes) -> bytes:
    """Raises Conflict when the upload waits no more."""
    out = io.BytesIO()
    book = new_book(out, upload.name)
    formats, taken = Formats(book), set[str]()
    marks = {
        (line.sheet, line.row, line.column): line
        for line in outcomes.lines
        if line.outcome in (Outcome.REJECTED, Outcome.CONFLICT) or line.mark
    }
    for sheet in kept_book(upload).sheets:
        if sheet.is_empty:
            continue
        page = book.add_worksheet(sheet_name(sheet.name or "CSV", taken))
        _write(page, formats, sheet, marks)
    book.close()
    return out.getvalue()


def _write(page: Any, formats: Formats, sheet: Sheet, marks: Marks) -> None:
    heading = heading_of(sheet)
    headings = sheet.rows[heading] if heading is not None else []
    for number, row in enumerate(sheet.rows):
        for column, content in enumerate(row):
            line = _line_of(marks, sheet, number, column, headings)
            look = _look(formats, line, number, column, heading)
            if content is not None or line is not None:
                shown = clean(content) if isinstance(content, str) else content
                write_content(page, number, column, shown, look)
            if line is not None:
                note = {"x_scale": 2, "y_scale": 1.6, "author": ""}
                page.write_comment(number, column, clean(line.rule)[:1000] or line.label, note)
    if heading == 0 and sheet.rows[0][: len(FIXED_COLUMNS)] == list(FIXED_COLUMNS):
        set_up(page, len(sheet.rows), max(len(row) for row in sheet.rows))
    elif sheet.rows[0][0] == GUIDE:
        page.set_column(0, 0, 4, None, {"hidden": True})


def _line_of(
    marks: Marks, sheet: Sheet, number: int, column: int, headings: list[Any]
) -> Line | None:
    """The mark of a cell; that of a row as a whole stands beside its name."""
    names = [column_letters(column + 1)]
    if column < len(headings) and isinstance(headings[column], str):
        names.append(headings[column])
    if column == 2:
        names.append("")
    found = (marks.get((sheet.name, number + 1, name)) for name in names)
    return next((line for line in found if line is not None), None)


def _look(
    formats: Formats, line: Line | None, number: int, column: int, heading: int | None
) -> Any:
    if line is not None:
        return formats.refused if line.outcome == Outcome.REJECTED else formats.clash
    if heading is None:
        return None
    if number < heading + FIRST_ROW:
        return formats.head if number > heading else formats.code
    return formats.name if column < len(FIXED_COLUMNS) else formats.open("")
