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
from monitoring.analysis.figures import COLUMNS, PANEL_COLUMNS, canonical

from .blocks import (
    Block,
    BuiltSection,
    Callout,
    Chart,
    Document,
    Facts,
    Flow,
    Heading,
    Paragraph,
    Quote,
    Table,
)

FIXED = dt.datetime(2000, 1, 1)
LONGEST_CELL = 32_000
LONGEST_NAME = 31
TEXTS = frozenset(
    {"id", "indicator", "measure", "level", "period", "round", "unit", "ci_method", "reason"}
)


def render(document: Document) -> bytes:
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
        {"title": document.title[:250], "author": _("PIP Network"), "created": FIXED}
    )
    writer = WorkbookWriter(book, document)
    for section in document.sections:
        writer.section(section)
    writer.figures()
    writer.colophon()
    book.close()
    return out.getvalue()


class WorkbookWriter:
    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
        )
        self.grey = book.add_format({"font_color": "#46535f"})
        self.taken: set[str] = set()

    def add(self, name: str):
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
        sheet = Sheet(self, self.add(f"{section.number} {section.title}"))
        sheet.sheet.set_column(0, 0, 46)
        sheet.sheet.set_column(1, 24, 16)
        sheet.line([f"{section.number}. {section.title}"], self.title)
        sheet.line([self.mark], self.grey)
        if self.document.demo:
            sheet.line([_("Demonstration data")], self.bold)
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
            sheet.write_string(0, column, head, self.head)
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
        sheet = Sheet(self, self.add(_("Specification and approval")))
        sheet.sheet.set_column(0, 0, 28)
        for label, value in self.document.colophon:
            sheet.line([label, value])


class Sheet:
    """Writes blocks downwards: the rows of a sheet in constant memory only ever grow."""

    def __init__(self, writer: WorkbookWriter, sheet) -> None:
        self.writer, self.sheet, self.row = writer, sheet, 0

    def line(self, cells: list[Any], style=None, numeric: tuple[bool, ...] = ()) -> None:
        for column, value in enumerate(cells):
            is_text = not (numeric[column] if column < len(numeric) else False)
            write(self.sheet, self.row, column, value, is_text, style)
        self.row += 1

    def block(self, block: Block) -> None:
        if isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Chart):
            self.line([f"{block.number} {block.title}"], self.writer.bold)
            self.line([block.subtitle], self.writer.grey)
        elif isinstance(block, Flow):
            self.line([f"{block.number} {block.title}"], self.writer.bold)
            for step in block.steps:
                self.line(
                    [step.label, str(-step.count if step.loss else step.count)],
                    numeric=(False, True),
                )
        elif isinstance(block, Facts):
            for label, value in block.items:
                self.line([label, value])
        elif isinstance(block, Callout):
            self.line([block.title], self.writer.bold)
            self.line([block.text])
        elif isinstance(block, Paragraph):
            self.line([block.text])
        elif isinstance(block, Heading):
            self.line([block.text], self.writer.bold)
        elif isinstance(block, Quote):
            self.line([block.heading], self.writer.bold)
            self.line([block.text])

    def table(self, table: Table) -> None:
        self.line([f"{table.number} {table.title}"], self.writer.bold)
        if table.figures:
            self.figure_rows(table)
        else:
            self.line([column.label for column in table.columns], self.writer.head)
            for row in table.rows:
                cells = [
                    cell.number if cell.number is not None else cell.text for cell in row.cells
                ]
                self.line(cells, numeric=tuple(cell.number is not None for cell in row.cells))
        for note in table.notes:
            self.line([note], self.writer.grey)

    def figure_rows(self, table: Table) -> None:
        """A figure a line, every number of it in a column of its own."""
        heads = [
            table.columns[0].label,
            _("Indicator"),
            _("Measure"),
            _("Period"),
            _("Unit"),
            _("Value"),
            _("Interval, low"),
            _("Interval, high"),
            "n",
            _("Eligible"),
            _("Coverage"),
            _("Panel n"),
            _("Baseline"),
            _("Panel value"),
            _("Change"),
            _("Change, low"),
            _("Change, high"),
            _("Reconstructed"),
            _("Why there is no value"),
            _("Trace id"),
        ]
        self.line(heads, self.writer.head)
        kinds = (False,) * 5 + (True,) * 13 + (False, False)
        for name, figure in table.figures:
            panel = figure.panel
            ends = [
                getattr(panel, key) if panel else None
                for key in ("n", "baseline", "value", "change", "ci_low", "ci_high")
            ]
            self.line(
                [
                    name,
                    figure.indicator,
                    figure.measure,
                    figure.period,
                    figure.unit,
                    figure.value,
                    figure.ci_low,
                    figure.ci_high,
                    figure.n,
                    figure.eligible,
                    figure.coverage,
                    *ends,
                    figure.reconstructed_share,
                    figure.reason,
                    figure.id,
                ],
                numeric=kinds,
            )


def flat(figure: Figure) -> list[Any]:
    panel = figure.panel
    return [getattr(figure, name) for name in COLUMNS] + [
        getattr(panel, name) if panel else None for name in PANEL_COLUMNS
    ]


def write(sheet, row: int, column: int, value: Any, is_text: bool, style=None) -> None:
    """A number as a number, anything else as text; None as nothing."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, dict):
        sheet.write_string(row, column, canonical(value), style)
    elif isinstance(value, list):
        sheet.write_string(row, column, ";".join(value), style)
    elif is_text:
        sheet.write_string(row, column, str(value)[:LONGEST_CELL], style)
    else:
        sheet.write_number(row, column, float(value), style)
