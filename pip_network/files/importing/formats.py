"""The file formats of imports and exports, as django-import-export asks for them, on our own reader
and writers.
"""

from typing import Any

import tablib
from import_export.formats import base_formats

from pip_network.files import exports
from pip_network.files.incoming import Limits, read

LIMITS = Limits()


class TableFormat(base_formats.Format):
    """Reading does not depend on the format chosen: what a file is is told by its content."""

    exporter: type[exports.Exporter]

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> Any:
        return self.exporter.label

    def get_extension(self) -> str:
        return self.exporter.extension

    def get_content_type(self) -> str:
        return self.exporter.content_type

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        rows = read(in_stream, LIMITS).sheets[0].rows
        width = max(map(len, rows))
        return tablib.Dataset(
            *(row + [None] * (width - len(row)) for row in rows[1:]), headers=rows[0]
        )

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return self.exporter(dataset.headers, title=dataset.title or "").render(dataset)


class Workbook(TableFormat):
    """As `.xlsx`."""

    exporter = exports.XlsxExporter


class CommaSeparated(TableFormat):
    """As `.csv`."""

    exporter = exports.CsvExporter


FORMATS = (Workbook, CommaSeparated)
