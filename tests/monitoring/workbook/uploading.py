"""Uploads of the tests, by their actions."""

from decimal import Decimal

from monitoring.models import Entry
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.workbook.outcomes import Line
from monitoring.workbook.storing import confirm_workbook
from monitoring.workbook.taking_back import take_back
from monitoring.workbook.uploads import outcomes_of, upload_workbook
from tests.factories import moment

from .books import Edited, downloaded

AT = moment("2004-12-20 10:00")
JOBS = "F:FIRMAAAAA|regular|jobs"


class Uploading:
    """A submission and who fills it in."""

    def __init__(self, world, submission) -> None:
        self.world, self.submission, self.by = world, submission, world.director

    def save(self, key: str, value: str | None, missing: str = "", *, by=None) -> None:
        change = CellChange(CellKey.parse(key), None if value is None else Decimal(value), missing)
        save_cells(self.submission.pk, [change], by=by or self.world.director, at=AT)

    def book(self, *networks: str, whole: bool = True, cells: dict | None = None) -> bytes:
        """The workbook as it is downloaded now, with some cells changed."""
        book = Edited(downloaded(self.submission, *networks, whole=whole))
        for key, value in (cells or {}).items():
            book[key] = value
        return book.data

    def upload(self, data: bytes, name: str = "libro.xlsx", *, by=None):
        self.submission.refresh_from_db()
        return upload_workbook(self.submission, data=data, name=name, by=by or self.by, at=AT)

    def outcomes(self, data: bytes, *, by=None):
        return outcomes_of(self.upload(data, by=by), by or self.by, AT)

    def counts(self, data: bytes, *, by=None) -> dict[str, int]:
        """Without zeros and what is unchanged."""
        counts = self.outcomes(data, by=by).counts
        return {name: n for name, n in counts.items() if n and name != "unchanged"}

    def rejected(self, data: bytes, *, by=None) -> list[Line]:
        return list(self.outcomes(data, by=by).where("rejected"))

    def confirm(self, upload, in_conflict: str = "", *, by=None):
        return confirm_workbook(upload, in_conflict=in_conflict, by=by or self.by, at=AT)

    def store(self, data: bytes):
        return self.confirm(self.upload(data))

    def take_back(self, upload, *, by=None):
        return take_back(upload, by=by or self.by, at=AT)

    def held(self, key: str = JOBS):
        """What the cell holds: a value, or its reason; None for a blank."""
        subject, kind, variable = CellKey.parse(key)
        row = Entry.objects.filter(
            submission=self.submission, subject=subject, kind=kind, variable__code=variable
        ).first()
        return None if row is None else row.missing or row.value

    def all_held(self) -> dict:
        rows = Entry.objects.filter(submission=self.submission)
        fields = ("subject", "kind", "variable__code", "value", "missing", "explanation")
        return {row[:3]: row[3:] for row in rows.values_list(*fields)}
