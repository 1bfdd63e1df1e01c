"""The trail as a file: CSV is streamed, however long; a workbook holds the newest rows only, and
says so.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from pip_network.audit.history import TrailLine, lines_of
from pip_network.files.exports import CsvExporter, Exporter, plain_cell
from pip_network.models import AuditEvent, User

AT_ONCE = 2000
IN_A_WORKBOOK = 50_000


def file_of(
    form: type[Exporter], queryset: QuerySet[AuditEvent], *, reader: User, name: str
) -> HttpResponseBase:
    headings = [
        _("When (UTC)"),
        _("Who"),
        _("What"),
        _("On what"),
        _("Changes"),
        _("Reason"),
        _("Request"),
    ]
    exporter, queryset = form(headings, title=name), queryset.order_by("-at", "-id")
    if form is not CsvExporter:
        return exporter.response(_bounded(queryset, reader), name)
    response = StreamingHttpResponse(
        _csv(exporter, _rows(queryset, reader, translation.get_language())),
        content_type=form.content_type,
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _bounded(queryset, reader) -> Iterator[list[Any]]:
    rows = _rows(queryset[: IN_A_WORKBOOK + 1], reader, translation.get_language())
    yield from islice(rows, IN_A_WORKBOOK)
    if next(rows, None) is not None:
        words = _(
            "There are more: only the newest %(number)s are in this workbook; the CSV file has all."
        )
        yield [words % {"number": IN_A_WORKBOOK}, *[""] * 6]


def _rows(queryset, reader, language: str) -> Iterator[list[Any]]:
    """Names are looked up for some thousand rows at a time, in the language of whoever asked:
    streaming outlives her request.
    """
    events = queryset.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(events, AT_ONCE)):
        with translation.override(language):
            rows = [_row(line) for line in lines_of(batch, reader=reader)]
        yield from rows


def _row(line: TrailLine) -> list[Any]:
    changes = "; ".join(
        f"{c.label}: {c.old} > {c.new}" if c.old or c.new else c.label for c in line.changes
    )
    return [
        line.at,
        line.actor,
        str(line.sentence),
        line.object,
        changes,
        line.reason,
        line.request_id,
    ]


class _Echo:
    """What csv.writer writes to: the line itself comes back."""

    def write(self, line: str) -> str:
        return line


def _csv(exporter: Exporter, rows) -> Iterator[bytes]:
    write = csv.writer(_Echo(), lineterminator="\r\n").writerow
    lines = (str(write(map(plain_cell, row))) for row in exporter.safe_rows(rows))
    yield b"\xef\xbb\xbf"
    while part := "".join(islice(lines, 500)):
        yield part.encode()
