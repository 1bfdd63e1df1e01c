"""The report as a workbook: a sheet per section, then every figure with all its numbers and its
trace id.

Numbers are numbers; every text is written as text, so that none becomes a formula. Equal documents
give equal bytes.
"""

import datetime as dt
import io
import re
from typing import Any

from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.analysis.figures import COLUMNS, PANEL_COLUMNS
from monitoring.reports.blocks import BuiltSection, Document
from monitoring.reports.printable import clean

from .sheet import Formats, Sheet, write

FIXED = dt.datetime(2000, 1, 1)


def render(document: Document) -> bytes:
    """The workbook of a document."""
    import xlsxwriter  # noqa: PLC0415 -- only where a workbook is written

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {"title": clean(document.title)[:250], "author": _("PIP Network"), "created": FIXED}
    )
    writer = WorkbookWriter(book, document)
    for section in document.sections:
        writer.section(section)
    writer.figures()
    writer.colophon()
    book.close()
    return out.getvalue()


class WorkbookWriter:
    """Adds the sheets of a document to a book, in the order of the report."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.formats = Formats(book)
        self.taken: set[str] = set()

    def add(self, name: str) -> Any:
        """A sheet with a name that is allowed and not taken; staff workbooks say so on every
        printed page.
        """
        clean = re.sub(r"[\[\]:*?/\\']", " ", name)[:LONGEST_NAME].strip() or "-"
        number = 2
        while clean.lower() in self.taken:
            clean = f"{clean[: LONGEST_NAME - 3]} {number}"
            number += 1
        self.taken.add(clean.lower())
        sheet = self.book.add_worksheet(clean)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.mark}&R&P / &N")
        return sheet

    @property
    def mark(self) -> str:
        number = _("Record at approval no. {number}").format(number=self.document.as_of)
        return f"{_('Internal use')} · {number}" if self.document.staff else number

    def section(self, section: BuiltSection) -> None:
        sheet = Sheet(self.formats, self.add(f"{section.number} {section.title}"))
        sheet.sheet.set_column(0, 0, 46)
        sheet.sheet.set_column(1, 24, 16)
        sheet.line([f"{section.number}. {section.title}"], self.formats.title)
        sheet.line([self.mark], self.formats.grey)
        if self.document.demo:
            sheet.line([_("Demonstration data")], self.formats.bold)
        for paragraph in section.lead:
            sheet.line([paragraph.text])
        for block in section.blocks:
            sheet.row += 1
            sheet.block(block)

    def figures(self) -> None:
        """figures.json as a table: counts and decimals as numbers, undefined ones empty."""
        sheet = self.add(_("Figures"))
        sheet.freeze_panes(1, 2)
        heads = [*COLUMNS, *(f"panel_{name}" for name in PANEL_COLUMNS)]
        sheet.set_column(0, 0, 19)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.formats.head)
        for number, figure in enumerate(self.document.figures, start=1):
            for column, (name, value) in enumerate(zip(heads, flat(figure), strict=True)):
                write(
                    sheet,
                    number,
                    column,
                    value,
                    is_text=name in TEXTS or name.removeprefix("panel_") in TEXTS,
                )
        sheet.autofilter(0, 0, max(len(self.document.figures), 1), len(heads) - 1)

    def colophon(self) -> None:
        sheet = Sheet(self.formats, self.add(_("Specification and approval")))
        sheet.sheet.set_column(0, 0, 28)
        for label, value in self.document.colophon:
            sheet.line([label, value])


TEXTS = frozenset(
    {"id", "indicator", "measure", "level", "period", "round", "unit", "ci_method", "reason"}
)
LONGEST_NAME = 31


def flat(figure: Figure) -> list[Any]:
    """Every column of a figure, then those of its panel."""
    panel = figure.panel
    return [getattr(figure, name) for name in COLUMNS] + [
        getattr(panel, name) if panel else None for name in PANEL_COLUMNS
    ]
