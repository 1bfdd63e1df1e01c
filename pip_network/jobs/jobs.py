"""Work that outlives a request: asked for in a transaction, done by one worker at a time, never
lost, ended once.

The row is the truth and the queue only a hint: a message that is lost, late or doubled changes
nothing, because a worker first takes the lease of the row by a conditional update, and `sweep`
sends again what nobody holds. While a job is queued `lease_until` says when it is sent again; while
it runs, until when its worker is believed to be alive.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import JobStatus
from pip_network.jobs import broker, lease
from pip_network.models import Job, User
from pip_network.people.access import Permission, Process, can, person_of
from pip_network.running.request_id import current_request_id, of_request
from pip_network.web.errors import Conflict, DomainError, Forbidden

log = logging.getLogger(__name__)

SEND_AGAIN = dt.timedelta(minutes=1)
RETRY_AFTER_SECONDS = 5


class Progress(Protocol):
    """Told by the work from time to time: how far it is, and that it lives.

    Raises `lease.Cancelled` when somebody asked to cancel the job, `lease.LeaseLost` when another
    worker has it.
    """

    def __call__(
        self, *, done: int | None = None, total: int | None = None, step: str | None = None
    ) -> None: ...


Finish = Callable[[], None]
Work = Callable[[Job, Progress], Finish | None]


def enqueue(
    *, kind: str, arguments: dict[str, Any], requested_by: User | None, at: dt.datetime
) -> Job:
    """Write the row of a job inside the transaction of the action that needs it, which has asked
    for the permission.

    The message to the worker follows the commit.

    `kind` is the name of the Celery task, which takes the id of the job as its only argument;
    `arguments` are JSON values. A broker that is away loses nothing: the next sweep sends the job.
    """
    job = Job.objects.create(
        kind=kind,
        arguments=arguments,
        requested_by=requested_by,
        requested_at=at,
        lease_until=at + SEND_AGAIN,
        request_id=current_request_id(),
    )
    transaction.on_commit(partial(_send, kind, job.pk), robust=True)
    return job


def run(job_id: uuid.UUID | str, work: Work) -> None:
    """All that a task does: take the lease, do `work(job, progress)`, end the job. Returns quietly
    if another has it.

    Files are written aside by `work`; it may return a function without arguments, which runs in the
    same transaction that marks the job done, so that a result is published by the worker that holds
    the lease, once, or not at all. A DomainError ends the job at once (trying again would be
    refused again); any other error is tried again until `lease.ATTEMPTS` are used up. Texts are
    written in the language of the person who asked.
    """
    job = lease.take(job_id, timezone.now())
    if job is None:
        return
    with translation.override(_language(job)), of_request(job.request_id), lease.beating(job):
        log.info("job %s (%s) begins, attempt %s", job.pk, job.kind, job.attempts)
        try:
            finish = work(job, partial(lease.report, job))
            _finish(job, finish)
            log.info("job %s (%s) is done", job.pk, job.kind)
        except lease.LeaseLost:
            log.warning("job %s was taken over by another worker", job.pk)
        except lease.Cancelled:
            lease.end(job, JobStatus.CANCELLED)
        except DomainError as error:
            lease.end(job, JobStatus.FAILED, error=str(error.message))
        except SoftTimeLimitExceeded:
            lease.end(
                job,
                JobStatus.FAILED,
                error=_("The job took longer than is allowed and was stopped."),
            )
        except Exception as error:
            log.exception("job %s (%s) failed in attempt %s", job.pk, job.kind, job.attempts)
            _retry_or_fail(job, error)


def may_cancel(by: User | Process, job: Job) -> bool:
    """Who asked for it, and who orders any report: what others order about one's project is not
    one's own to stop.
    """
    ordered = job.requested_by is not None and person_of(by) == job.requested_by
    return ordered or can(by, Permission.ORDER_REPORT)


def cancel(job: Job, *, by: User | Process, at: dt.datetime) -> None:
    """Cancel a queued job now, and a running one at its next step.

    Raises Forbidden; Conflict when it has already ended.
    """
    if not may_cancel(by, job):
        raise Forbidden(_("Only who ordered this report, or who orders any report, may cancel it."))
    with transaction.atomic():
        queued = Job.objects.filter(pk=job.pk, status=JobStatus.QUEUED)
        running = Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING)
        ended = {"status": JobStatus.CANCELLED, "finished_at": at, "lease_until": None}
        if not queued.update(cancel_requested=True, **ended) and not running.update(
            cancel_requested=True
        ):
            raise Conflict(_("This job has already ended."))
        audit.record(verb="job.cancelled", on=f"J:{job.pk}", by=by, at=at, kind=job.kind)
    job.refresh_from_db()


def sweep(*, at: dt.datetime) -> int:
    """Send again every job that nobody holds and end those whose attempts are used up; returns how
    many were sent.
    """
    expired = Job.objects.filter(
        status__in=(JobStatus.QUEUED, JobStatus.RUNNING), lease_until__lt=at
    ).order_by("requested_at", "id")
    return sum(_sweep(job, at) for job in expired)


def _sweep(job: Job, at: dt.datetime) -> bool:
    """End or queue one job, unless it has changed since it was read; whether it was sent."""
    unchanged = Job.objects.filter(
        pk=job.pk, status=job.status, lease=job.lease, lease_until=job.lease_until
    )
    ended: dict[str, Any] = {"finished_at": at, "lease": None, "lease_until": None}
    if job.cancel_requested:
        unchanged.update(status=JobStatus.CANCELLED, **ended)
        return False
    if job.attempts >= lease.ATTEMPTS:
        with translation.override(_language(job)):
            reason = _("The worker was lost %(times)s times in the middle of this job.") % {
                "times": job.attempts
            }
        unchanged.update(status=JobStatus.FAILED, error=reason, **ended)
        return False
    if not unchanged.update(status=JobStatus.QUEUED, lease=None, lease_until=at + SEND_AGAIN):
        return False
    return _send(job.kind, job.pk)


def _send(kind: str, job_id: uuid.UUID, countdown: float = 0) -> bool:
    """False when the broker is away: the row is written, the sweep will send it."""
    return broker.hint(kind, str(job_id), countdown=countdown or None)


def _finish(job: Job, finish: Finish | None) -> None:
    with transaction.atomic():
        if not lease.end(job, JobStatus.DONE):
            raise lease.LeaseLost
        if finish is not None:
            finish()


def _retry_or_fail(job: Job, error: Exception) -> None:
    if job.attempts >= lease.ATTEMPTS:
        reason = _(
            "An unexpected error (%(error)s) stopped this job; it was tried %(times)s times."
        )
        lease.end(
            job,
            JobStatus.FAILED,
            error=reason % {"error": type(error).__name__, "times": job.attempts},
        )
        return
    again = timezone.now() + SEND_AGAIN
    if lease.give_back(job, until=again):
        _send(job.kind, job.pk, countdown=RETRY_AFTER_SECONDS * job.attempts)


def _language(job: Job) -> str:
    return (job.requested_by.language if job.requested_by else "") or settings.LANGUAGE_CODE
