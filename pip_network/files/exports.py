"""Tables that leave the portal.

Whatever the format: the same rows, units in the headings, and no cell becomes a formula.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """The value as a spreadsheet may hold it: text that could be read as a formula gets an
    apostrophe in front.

    Numbers, dates and truth values pass as they are; None is the empty cell; anything else becomes
    its text.
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal | dt.date | dt.datetime):
        return value
    text = str(value)
    # What already begins with the guard gets one more: so that taking one off gives each text back.
    bare = text.lstrip("'")
    return (
        f"'{text}"
        if bare.startswith(FORMULA_STARTS) or bare.lstrip().startswith(FORMULA_STARTS)
        else text
    )


class Exporter:
    """A file format for a table. `columns` are the headings, unit included (`Sales [US$]`).

    A new format is one subclass with `render`, and one name in EXPORTERS.
    """

    do_not_call_in_templates: ClassVar[bool] = (
        True  # a list of these classes is looked through by templates
    )
    key: ClassVar[str]
    label: ClassVar[Any]
    content_type: ClassVar[str]
    extension: ClassVar[str]

    def __init__(self, columns: Sequence[Any], *, title: str = "") -> None:
        self.columns = [str(column) for column in columns]
        self.title = title

    def render(self, rows: Iterable[Sequence[Any]]) -> bytes:
        """The whole file; each row has one value per column."""
        raise NotImplementedError

    def response(self, rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
        """The file as an attachment called `name` with this format's extension."""
        response = HttpResponse(self.render(rows), content_type=self.content_type)
        response["Content-Disposition"] = (
            f'attachment; filename="{slugify(name) or "export"}.{self.extension}"'
        )
        response["X-Robots-Tag"] = "noindex"
        return response

    def safe_rows(self, rows: Iterable[Sequence[Any]]) -> Iterable[list[Any]]:
        yield [safe_cell(column) for column in self.columns]
        for row in rows:
            yield [safe_cell(value) for _column, value in zip(self.columns, row, strict=True)]


ZONE = "UTC"  # of times in files: one for all readers, and said there


def in_zone(moment: dt.datetime) -> dt.datetime:
    """To the second, in the zone of files; what has no zone is taken as it stands."""
    moment = moment.replace(microsecond=0)
    return moment.astimezone(dt.UTC) if moment.tzinfo is not None else moment


class CsvExporter(Exporter):
    """UTF-8 with the mark that spreadsheets look for; numbers plain, dates ISO 8601, times with
    their offset.
    """

    key = "csv"
    label = _("CSV (comma-separated text)")
    content_type = "text/csv; charset=utf-8"
    extension = "csv"

    def render(self, rows: Iterable[Sequence[Any]]) -> bytes:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(
            [plain_cell(cell) for cell in row] for row in self.safe_rows(rows)
        )
        return out.getvalue().encode("utf-8-sig")


class XlsxExporter(Exporter):
    """One sheet, headings frozen. Its creation date is fixed: equal rows give equal bytes.

    A spreadsheet knows no zones: the heading of a column of times names theirs.
    """

    key = "xlsx"
    label = _("Excel workbook")
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = "xlsx"

    def render(self, rows: Iterable[Sequence[Any]]) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
            book.set_properties({"title": self.title, "created": dt.datetime(2000, 1, 1)})
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            looks = Looks(
                book.add_format({"num_format": "yyyy-mm-dd"}),
                book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            )
            sheet.freeze_panes(1, 0)
            headings, *cells = self.safe_rows(rows)
            for column, heading in enumerate(with_zone(headings, cells)):
                _write(sheet, 0, column, heading, looks, bold)
            for number, row in enumerate(cells, 1):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, looks)
        return out.getvalue()


EXPORTERS: tuple[type[Exporter], ...] = (CsvExporter, XlsxExporter)


def exporter(key: str) -> type[Exporter] | None:
    """The format called `key`, or None."""
    return next((kind for kind in EXPORTERS if kind.key == key), None)


def plain_cell(cell: Any) -> Any:
    """As CSV writes it."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, dt.datetime):
        return in_zone(cell).isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def with_zone(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """The headings; those of columns with times name their zone."""
    of_times = {
        column for row in rows for column, cell in enumerate(row) if isinstance(cell, dt.datetime)
    }
    return [
        f"{heading} ({ZONE})" if column in of_times and ZONE not in heading else heading
        for column, heading in enumerate(headings)
    ]


class Looks(NamedTuple):
    """How a workbook shows days and times."""

    day: Any
    moment: Any


def _write(sheet: Any, row: int, column: int, cell: Any, looks: Looks, style: Any = None) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, dt.datetime):
        sheet.write_datetime(row, column, in_zone(cell).replace(tzinfo=None), looks.moment)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, looks.day)
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, cell, style)
    elif cell != "":
        sheet.write_string(row, column, cell, style)
