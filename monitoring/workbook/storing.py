"""Storing what a preview showed: all of it, once, if it would still do the same."""

import datetime as dt
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from monitoring.choices import UploadStatus
from monitoring.models import EntryChange, Submission, WorkbookUpload
from monitoring.submission.entries import require_open
from monitoring.submission.moves import locked
from pip_network import audit
from pip_network.jobs import jobs
from pip_network.models import User
from pip_network.people.access import Process
from pip_network.web.errors import Conflict, Invalid

from . import kept
from .comparing import Comparison
from .limits import LARGE
from .outcomes import Outcome
from .reading import given_in
from .uploads import require_may_enter

KIND = "monitoring.store_workbook"


def confirm_workbook(
    upload: WorkbookUpload, *, in_conflict: str = "", by: User, at: dt.datetime
) -> WorkbookUpload:
    """Store what the preview showed: all of it, once. A large one is stored by a worker.

    `in_conflict`: `keep` what the portal holds, or `replace` it; needed where there are conflicts.
    Raises Invalid where a cell is rejected or nobody said what becomes of conflicts, Conflict where
    the file would no more do what was shown, Forbidden.
    """
    require_may_enter(upload.submission, by)
    if sum(upload.counts.values()) <= LARGE:
        return store_workbook(upload, in_conflict=in_conflict, by=by, at=at)
    with transaction.atomic():
        locked(upload.submission_id)
        upload.refresh_from_db()
        if upload.is_waiting and (upload.job is None or upload.job.ended):
            _require_decided(upload, in_conflict)
            arguments = {"upload": str(upload.pk), "in_conflict": in_conflict}
            upload.job = jobs.enqueue(kind=KIND, arguments=arguments, requested_by=by, at=at)
            upload.save(update_fields=["job"])
    return upload


@transaction.atomic
def store_workbook(
    upload: WorkbookUpload, *, in_conflict: str, by: User, at: dt.datetime
) -> WorkbookUpload:
    """As `confirm_workbook`, at once."""
    require_may_enter(upload.submission, by)
    submission = locked(upload.submission_id)
    upload.refresh_from_db()
    if not upload.is_waiting:  # sent twice: it is stored once
        return upload
    require_open(submission)
    _require_decided(upload, in_conflict)
    comparison = Comparison(submission, by, at)
    found = comparison.compare(given_in(kept.kept_book(upload)), with_checks=False)
    if found.digest != upload.digest:
        raise Conflict(
            _("The submission has changed since the preview: look at it anew, then store it."),
            afterwards=partial(kept.forget_outcomes, upload),
        )
    if in_conflict == "replace" and upload.counts.get(Outcome.CONFLICT):
        comparison = Comparison(submission, by, at, replacing=True)
        comparison.compare(given_in(kept.kept_book(upload)), with_checks=False)
    counts = comparison.outcomes.counts
    comparison.outcomes.lines.clear()  # said already, and large
    stored = write(comparison, counts, by, at)
    upload.status, upload.stored_at = UploadStatus.STORED, at
    upload.counts = stored.counts
    upload.stamp, upload.explanations = stored.stamp, stored.explanations
    upload.changes_before, upload.changes_after = stored.before, stored.after
    upload.save()
    transaction.on_commit(partial(kept.drop, upload), robust=True)
    return upload


def _require_decided(upload: WorkbookUpload, in_conflict: str) -> None:
    if upload.counts.get(Outcome.REJECTED):
        raise Invalid(
            _(
                "Nothing is stored unless every cell can be: mend the rejected ones and upload again."
            )
        )
    if upload.counts.get(Outcome.CONFLICT) and in_conflict not in ("keep", "replace"):
        raise Invalid(_("Choose what becomes of the cells in conflict."), place="in_conflict")


class Stored(NamedTuple):
    """What writing a file has made: the edits between two numbers, and what it cleared."""

    counts: dict[str, int]
    before: int
    after: int
    stamp: int
    explanations: dict[str, str]


def write(
    comparison: Comparison, counts: dict[str, int], by: User | Process, at: dt.datetime
) -> Stored:
    """Write what was compared into its submission, which is locked; `counts` of its outcomes."""
    submission, save = comparison.submission, comparison.save
    require_may_enter(submission, by)
    before = _last_change(submission)
    save.write()
    said = {name: number for name, number in counts.items() if number}
    audit.record(verb="workbook.stored", on=submission.key, by=by, at=at, **said)
    cleared = {str(key): cell.explanation for key, cell in save.before.items() if cell.explanation}
    return Stored(counts, before, _last_change(submission), save.stamp, cleared)


def _last_change(submission: Submission) -> int:
    changes = EntryChange.objects.filter(submission=submission)
    return changes.aggregate(last=Max("id"))["last"] or 0
