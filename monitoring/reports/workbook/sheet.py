"""One sheet of a workbook: blocks from top to bottom, cell by cell."""

from typing import Any

from django.utils.translation import gettext as _

from monitoring.analysis.figures import canonical
from monitoring.reports.blocks import (
    Block,
    Callout,
    Chart,
    Facts,
    Flow,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from monitoring.reports.printable import clean

LONGEST_CELL = 32_000


class Formats:
    """How the cells of a book are written."""

    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
        )
        self.grey = book.add_format({"font_color": "#46535f"})


class Sheet:
    """Writes blocks downwards: the rows of a sheet in constant memory only ever grow."""

    def __init__(self, formats: Formats, sheet: Any) -> None:
        self.formats, self.sheet, self.row = formats, sheet, 0

    def line(self, cells: list[Any], style: Any = None, numeric: tuple[bool, ...] = ()) -> None:
        for column, value in enumerate(cells):
            is_text = not (numeric[column] if column < len(numeric) else False)
            write(self.sheet, self.row, column, value, is_text, style)
        self.row += 1

    def block(self, block: Block) -> None:
        if isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Chart):
            self.line([f"{block.number} {block.title}"], self.formats.bold)
            self.line([block.subtitle], self.formats.grey)
        elif isinstance(block, Flow):
            self.line([f"{block.number} {block.title}"], self.formats.bold)
            for step in block.steps:
                self.line(
                    [step.label, str(-step.count if step.loss else step.count)],
                    numeric=(False, True),
                )
        elif isinstance(block, Facts):
            for label, value in block.items:
                self.line([label, value])
        elif isinstance(block, Callout):
            self.line([block.title], self.formats.bold)
            self.line([block.text])
        elif isinstance(block, Paragraph):
            self.line([block.text])
        elif isinstance(block, Heading):
            self.line([block.text], self.formats.bold)
        elif isinstance(block, Quote):
            self.line([block.heading], self.formats.bold)
            self.line([block.text])

    def table(self, table: Table) -> None:
        self.line([f"{table.number} {table.title}"], self.formats.bold)
        if table.figures:
            self.figure_rows(table)
        else:
            self.line([column.label for column in table.columns], self.formats.head)
            for row in table.rows:
                cells = [
                    cell.number if cell.number is not None else cell.text for cell in row.cells
                ]
                self.line(cells, numeric=tuple(cell.number is not None for cell in row.cells))
        for note in table.notes:
            self.line([note], self.formats.grey)

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
            _("Target"),
            _("Why there is no value"),
            _("Trace id"),
        ]
        self.line(heads, self.formats.head)
        kinds = (False,) * 5 + (True,) * 14 + (False, False)
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
                    figure.target,
                    figure.reason,
                    figure.id,
                ],
                numeric=kinds,
            )


def write(sheet: Any, row: int, column: int, value: Any, is_text: bool, style: Any = None) -> None:
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
        sheet.write_string(row, column, clean(str(value))[:LONGEST_CELL], style)
    else:
        sheet.write_number(row, column, float(value), style)
