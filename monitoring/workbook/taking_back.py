"""Taking a stored workbook back: what its cells held before, until the submission is sent."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from monitoring.choices import Door, Step, UploadStatus
from monitoring.models import EntryChange, Submission, SubmissionEvent, WorkbookUpload
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.moves import locked
from pip_network import audit
from pip_network.models import User
from pip_network.web.errors import Conflict

from .uploads import require_may_enter


@transaction.atomic
def take_back(upload: WorkbookUpload, *, by: User, at: dt.datetime) -> WorkbookUpload:
    """Put back what the cells held before the file was stored, but those that somebody has changed
    since. Twice is once.

    Raises Conflict once the submission was sent, Forbidden.
    """
    require_may_enter(upload.submission, by)
    submission = locked(upload.submission_id)
    upload.refresh_from_db()
    if upload.is_waiting:
        raise Conflict(_("This workbook has not been stored: there is nothing to take back."))
    if upload.status == UploadStatus.TAKEN_BACK:
        return upload
    if not can_be_taken_back(upload, submission, last_sent(submission)):
        raise Conflict(
            _("The submission has been sent since: the workbook is not taken back any more.")
        )
    changes = _changes_back(upload)
    result = save_cells(submission.pk, changes, by=by, at=at, door=Door.WORKBOOK, by_parts=True)
    stay = len(result.conflicts) + len(result.refused)
    upload.status, upload.taken_back_at = UploadStatus.TAKEN_BACK, at
    upload.taken_back_by = by
    upload.counts = {**upload.counts, "back": len(changes) - stay, "stay": stay}
    upload.save(update_fields=["status", "taken_back_at", "taken_back_by", "counts"])
    audit.record(
        verb="workbook.taken_back", on=submission.key, by=by, at=at, cells=len(changes) - stay
    )
    return upload


def can_be_taken_back(
    upload: WorkbookUpload, submission: Submission, sent_at: dt.datetime | None
) -> bool:
    """Is it stored, and has nobody sent the submission since? `sent_at`: when it was last sent."""
    if upload.status != UploadStatus.STORED or upload.stored_at is None or not submission.is_open:
        return False
    return sent_at is None or sent_at < upload.stored_at


def last_sent(submission: Submission) -> dt.datetime | None:
    """When the submission was last sent, returned and withdrawn ones too."""
    sent = SubmissionEvent.objects.filter(submission=submission, verb=Step.SUBMITTED)
    return sent.aggregate(last=Max("at"))["last"]


def _changes_back(upload: WorkbookUpload) -> list[CellChange]:
    rows = EntryChange.objects.filter(
        submission=upload.submission_id,
        id__gt=upload.changes_before,
        id__lte=upload.changes_after,
    ).order_by("id")
    fields = ("subject", "kind", "variable_code", "old_value", "old_missing")
    changes = []
    for *names, value, missing, new_value, new_missing in rows.values_list(
        *fields, "new_value", "new_missing"
    ):
        key = CellKey(*names)
        was_blanked = new_value is None and not new_missing
        words = upload.explanations.get(str(key))
        seen = 0 if was_blanked else upload.stamp
        changes.append(CellChange(key, value, missing, words, seen))
    return changes
