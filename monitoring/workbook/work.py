"""What a worker does with a large workbook: compare it, store it."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from monitoring.models import WorkbookUpload
from pip_network.jobs.jobs import Finish, Progress
from pip_network.models import Job, User
from pip_network.web.errors import Conflict

from .storing import store_workbook
from .uploads import look


def compare_work(job: Job, progress: Progress) -> Finish:
    """Compare a large file."""
    upload, by = _upload_of(job)
    with override(upload.language):
        progress(done=0, total=1, step=_("The cells are being compared."))
        look(upload, by, job.requested_at)
    return partial(upload.save, update_fields=["digest", "counts"])


def store_work(job: Job, progress: Progress) -> Finish:
    """Store a large file."""
    upload, by = _upload_of(job)
    progress(done=0, total=1, step=_("The cells are being stored."))

    def finish() -> None:
        in_conflict = job.arguments["in_conflict"]
        store_workbook(upload, in_conflict=in_conflict, by=by, at=job.requested_at)

    return finish


def _upload_of(job: Job) -> tuple[WorkbookUpload, User]:
    """The upload and who asked for it."""
    uploads = WorkbookUpload.objects.select_related("submission", "uploaded_by")
    upload = uploads.get(pk=job.arguments["upload"])
    if upload.uploaded_by is None:
        raise Conflict(_("This preview is no longer there: choose the file again."))
    return upload, upload.uploaded_by
