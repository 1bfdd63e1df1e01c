"""Workbooks of the tests: downloaded, changed as people change them, uploaded."""

import datetime as dt
import io

import openpyxl
import xlsxwriter

from monitoring.sheet.cells import CellKey
from monitoring.workbook.long_table import write_long_table
from monitoring.workbook.tables import Reach, load_sheet
from monitoring.workbook.writing import write_workbook
from projects.models import Network

AT = dt.datetime(2004, 12, 20, 10, tzinfo=dt.UTC)


def downloaded(submission, *codes: str, whole: bool = True, at: dt.datetime = AT) -> bytes:
    """The workbook of a submission; with `codes`, of these networks."""
    networks = Network.objects.filter(project_id=submission.project_id).order_by("code")
    if codes:
        networks = networks.filter(code__in=codes)
    submission.refresh_from_db()
    return write_workbook(load_sheet(submission, at), Reach(tuple(networks), whole))


class Edited:
    """A downloaded workbook while somebody edits it."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))

    def place(self, key: CellKey | str):
        """Sheet, row and column of a cell."""
        key = CellKey.parse(str(key))
        label = {"regular": 0, "baseline": 1}[key.kind]
        for sheet in self.book.worksheets[1:]:
            codes = [cell.value for cell in sheet[1]]
            rows = [
                row
                for row in range(4, sheet.max_row + 1)
                if sheet.cell(row, 2).value == key.subject
            ]
            if rows and key.variable in codes:
                return sheet, rows[min(label, len(rows) - 1)], codes.index(key.variable) + 1
        raise LookupError(key)

    def __getitem__(self, key):
        sheet, row, column = self.place(key)
        return sheet.cell(row, column).value

    def __setitem__(self, key, value) -> None:
        sheet, row, column = self.place(key)
        sheet.cell(row, column).value = value

    @property
    def data(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def plain_book(rows, name: str = "Hoja") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def long_table(submission, at: dt.datetime = AT) -> str:
    """The same as one long table, without the mark that spreadsheets look for."""
    networks = Network.objects.filter(project_id=submission.project_id).order_by("code")
    data = write_long_table(load_sheet(submission, at), Reach(tuple(networks), True))
    return data.decode("utf-8-sig")
