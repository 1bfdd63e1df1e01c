"""The workbook as a file (.xlsx): a guide, then one sheet for each table.

No cell holds a formula, and equal contents give equal bytes.
"""

import datetime as dt
import io
import re
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from monitoring.choices import Kind
from monitoring.models import Variable
from monitoring.reports.printable import clean
from monitoring.sheet.display import period_text
from monitoring.sheet.sheet import Sheet

from .fingerprints import Fingerprint, changes_of
from .formats import Formats
from .guide import write_guide
from .tables import Reach, Row, Table, tables_of
from .words import choices_of, content_of, note_of

FIXED = dt.datetime(2000, 1, 1)
FINGERPRINT = "fingerprint"  # how the row of codes is known again
FIXED_COLUMNS = (FINGERPRINT, "subject", "name", "kind", "period")
FIRST_ROW = 3  # below codes, names and units
LONGEST_NAME = 31
OPEN_TO_HER = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
}


def write_workbook(sheet: Sheet, reach: Reach) -> bytes:
    """The workbook of a submission, as far as this person sees it, filled with what it holds."""
    out = io.BytesIO()
    book = new_book(out, sheet.submission.label)
    formats, tables = Formats(book), tables_of(sheet, reach)
    write_guide(book, formats, sheet, tables)
    changes, taken = changes_of(sheet.submission), {_("Guide").lower()}
    for table in tables:
        page = book.add_worksheet(sheet_name(table.name, taken))
        TableWriter(page, formats, sheet, changes).write(table)
    book.close()
    return out.getvalue()


def new_book(out: io.BytesIO, title: str) -> Any:
    """A book in which every text is a text."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {"title": clean(title)[:250], "author": str(_("PIP Network")), "created": FIXED}
    )
    return book


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a spreadsheet allows and no other sheet has."""
    name = re.sub(r"[\[\]:*?/\\']", " ", clean(text))[:LONGEST_NAME].strip() or "-"
    number = 2
    while name.lower() in taken or name.lower() == "history":  # which Excel keeps for itself
        name = f"{name[: LONGEST_NAME - 4].strip()} {number}"
        number += 1
    taken.add(name.lower())
    return name


class TableWriter:
    """Writes one table into its sheet: headings and codes are shut, what is hers to fill is open."""

    def __init__(self, page: Any, formats: Formats, sheet: Sheet, changes: int) -> None:
        self.page, self.formats, self.sheet, self.changes = page, formats, sheet, changes

    def write(self, table: Table) -> None:
        self._headings(table)
        for number, row in enumerate(table.rows, FIRST_ROW):
            self._row(number, row, table.variables)
        self._choices(table)
        set_up(self.page, FIRST_ROW + len(table.rows), len(FIXED_COLUMNS) + len(table.variables))

    def _headings(self, table: Table) -> None:
        names = ("", _("Code"), table.title, _("About"), _("Period"))
        for column, (code, name) in enumerate(zip(FIXED_COLUMNS, names, strict=True)):
            self.page.write_string(0, column, code, self.formats.code)
            self.page.write_string(1, column, clean(name), self.formats.head)
            self.page.write_blank(2, column, None, self.formats.unit)
        for column, variable in enumerate(table.variables, len(FIXED_COLUMNS)):
            self.page.write_string(0, column, variable.code, self.formats.code)
            self.page.write_string(1, column, clean(variable.name), self.formats.head)
            self.page.write_string(2, column, str(variable.unit), self.formats.unit)
            note = {"x_scale": 2.2, "y_scale": 2.2, "author": ""}
            self.page.write_comment(1, column, clean(note_of(variable))[:2000], note)

    def _row(self, number: int, row: Row, variables: list[Variable]) -> None:
        periods = dict.fromkeys(self.sheet.asked[key].period for key in row.cells.values())
        labels = (
            self._fingerprint(row).signed,
            row.unit.subject,
            clean(row.unit.label),
            str(Kind(row.kind).label),
            ", ".join(period_text(period) for period in periods),
        )
        for column, text in enumerate(labels):
            self.page.write_string(number, column, text, self.formats.name)
        for column, variable in enumerate(variables, len(FIXED_COLUMNS)):
            self._cell(number, column, row, variable)

    def _fingerprint(self, row: Row) -> Fingerprint:
        submission = self.sheet.submission
        return Fingerprint(
            submission.project_id,
            submission.round_id,
            submission.revision,
            submission.catalogue_id,
            self.changes,
            row.unit.subject,
            row.kind,
        )

    def _cell(self, number: int, column: int, row: Row, variable: Variable) -> None:
        key = row.cells.get(variable.code)
        if key is None:
            self.page.write_blank(number, column, None, self.formats.shut)
            return
        shut = self.sheet.asked[key].written is not None
        look = self.formats.shut if shut else self.formats.open(variable.value_type)
        value, missing, _source = self.sheet.held(key)
        write_content(self.page, number, column, content_of(variable, (value, missing)), look)

    def _choices(self, table: Table) -> None:
        """What a cell offers; of numbers the reasons alone, and any number may be typed."""
        last = FIRST_ROW + len(table.rows) - 1
        for column, variable in enumerate(table.variables, len(FIXED_COLUMNS)):
            offer = {
                "validate": "list",
                "source": choices_of(variable),
                "show_error": variable.value_type == "boolean",
                "error_title": str(_("Yes, no or a reason"))[:32],
                "error_message": str(_("Choose one of the list, or leave the cell blank."))[:255],
            }
            self.page.data_validation(FIRST_ROW, column, last, column, offer)


def write_content(page: Any, row: int, column: int, content: Any, look: Any) -> None:
    if content is None or content == "":
        page.write_blank(row, column, None, look)
    elif isinstance(content, bool):
        page.write_boolean(row, column, content, look)
    elif isinstance(content, int | float):
        page.write_number(row, column, content, look)
    else:
        page.write_string(row, column, str(content), look)


def set_up(page: Any, rows: int, columns: int) -> None:
    """What is hidden, frozen, shut and printed."""
    page.set_column(0, 0, 4, None, {"hidden": True})
    page.set_column(1, 1, 14)
    page.set_column(2, 2, 34)
    page.set_column(3, 4, 12)
    page.set_column(len(FIXED_COLUMNS), max(columns - 1, len(FIXED_COLUMNS)), 15)
    page.set_row(1, 58)
    page.freeze_panes(FIRST_ROW, 3)
    page.protect("", OPEN_TO_HER)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0, FIRST_ROW - 1)
    page.repeat_columns(1, 2)
    page.print_area(0, 1, rows - 1, columns - 1)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    page.ignore_errors({"number_stored_as_text": f"A1:E{rows}"})
