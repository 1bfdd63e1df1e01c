"""An uploaded workbook, looked at: what it would do, said and kept until somebody confirms it."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitoring.choices import UploadStatus
from monitoring.models import Submission, WorkbookUpload
from monitoring.submission.entries import require_open
from pip_network.files.incoming import read
from pip_network.jobs import jobs
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.errors import Invalid
from projects.models import Network

from . import kept
from .comparing import Comparison
from .fingerprints import read_fingerprint, require_fits
from .limits import LARGE, LIMITS
from .outcomes import Outcomes
from .reading import GivenBook, given_in

KIND = "monitoring.compare_workbook"
KEEP = dt.timedelta(days=1)


def upload_workbook(
    submission: Submission, *, data: bytes, name: str, by: User, at: dt.datetime
) -> WorkbookUpload:
    """Look at a file and say what it would do; nothing of it is stored in the submission.

    A large one is compared by a worker. Raises Refused (the file is not read), Invalid (it is of
    another submission), Conflict (the submission is not open), Forbidden.
    """
    require_may_enter(submission, by)
    require_open(submission)
    book = read(data, LIMITS)
    given = given_in(book)
    require_some_row(given, submission)
    sweep(at=at)
    upload = WorkbookUpload(
        submission=submission,
        name=name[-120:],
        sha256=hashlib.sha256(data).hexdigest(),
        language=(get_language() or "es")[:2],
        uploaded_at=at,
        uploaded_by=by,
    )
    kept.keep_book(upload, book)
    with transaction.atomic():
        if sum(len(row.cells) for row in given.rows) > LARGE:
            arguments = {"upload": str(upload.pk)}
            upload.job = jobs.enqueue(kind=KIND, arguments=arguments, requested_by=by, at=at)
        else:
            look(upload, by, at)
        upload.save(force_insert=True)
    return upload


def require_may_enter(submission: Submission, by: User | Process) -> None:
    """Raises Forbidden for who fills in nothing of the submission."""
    networks = Network.objects.standing().filter(project_id=submission.project_id)
    scopes = {f"P:{submission.project_id}", *(f"N:{network.pk}" for network in networks)}
    require(by, Permission.ENTER_NETWORK, scopes, _("You may not enter data of this submission."))


def require_some_row(given: GivenBook, submission: Submission) -> None:
    """Raises what is wrong with the first row when it is wrong with all of them."""
    first: Invalid | None = None
    for row in given.rows:
        try:
            require_fits(read_fingerprint(str(row.fingerprint)), submission)
        except Invalid as error:
            first = first or error
        else:
            return
    if first is not None:
        raise Invalid(str(first.message), place="file")
    raise Invalid(_("The file holds no row of the workbook."), place="file")


def look(upload: WorkbookUpload, by: User, at: dt.datetime) -> None:
    """Compare, keep what was found, and remember its digest."""
    outcomes = _outcomes(upload, by, at)
    kept.forget_outcomes(upload)
    kept.keep_outcomes(upload, outcomes, (get_language() or "es")[:2])
    upload.digest, upload.counts = outcomes.digest, outcomes.counts


def _outcomes(upload: WorkbookUpload, by: User, at: dt.datetime) -> Outcomes:
    comparison = Comparison(upload.submission, by, at)
    return comparison.compare(given_in(kept.kept_book(upload)), with_checks=True)


def outcomes_of(upload: WorkbookUpload, by: User, at: dt.datetime) -> Outcomes:
    """What the file would do, in the reader's language. Raises Conflict when it waits no more."""
    language = (get_language() or "es")[:2]
    outcomes = kept.kept_outcomes(upload, language)
    if outcomes is None:
        outcomes = _outcomes(upload, by, at)
        if outcomes.digest != upload.digest:
            upload.digest, upload.counts = outcomes.digest, outcomes.counts
            upload.save(update_fields=["digest", "counts"])
            kept.forget_outcomes(upload)
        kept.keep_outcomes(upload, outcomes, language)
    return outcomes


def sweep(*, at: dt.datetime) -> None:
    """Forget uploads that nobody confirmed."""
    for upload in WorkbookUpload.objects.filter(
        status=UploadStatus.WAITING, uploaded_at__lt=at - KEEP
    ):
        kept.drop(upload)
        upload.delete()
