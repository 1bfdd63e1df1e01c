"""The same as one long table (CSV): a line for each cell, for programs."""

from collections.abc import Iterator

from monitoring.numbers import plain
from monitoring.sheet.sheet import Sheet
from pip_network.files.exports import CsvExporter

from .fingerprints import Fingerprint, changes_of
from .tables import Reach, tables_of

COLUMNS = ("subject", "name", "kind", "variable", "value", "missing", "fingerprint")


def write_long_table(sheet: Sheet, reach: Reach) -> bytes:
    """Values plain and reasons by their code, whatever the language."""
    return CsvExporter(COLUMNS).render(_lines(sheet, reach))


def _lines(sheet: Sheet, reach: Reach) -> Iterator[tuple[str, ...]]:
    submission = sheet.submission
    changes = changes_of(submission)
    for table in tables_of(sheet, reach):
        for row in table.rows:
            unit = row.unit
            signed = Fingerprint(
                submission.project_id,
                submission.round_id,
                submission.revision,
                submission.catalogue_id,
                changes,
                unit.subject,
                row.kind,
            ).signed
            for code, key in row.cells.items():
                value, missing, _source = sheet.held(key)
                yield (unit.subject, unit.label, row.kind, code, plain(value), missing, signed)
