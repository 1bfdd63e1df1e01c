"""Work that outlives a request: asked for in a transaction, done by one worker at a time, never
lost, ended once.

The row is the truth and the queue only a hint: a message that is lost, late or doubled changes
nothing, because a worker first takes the lease of the row by a conditional update, and `sweep`
sends again what nobody holds. While a job is queued `lease_until` says when it is sent again; while
it runs, until when its worker is believed to be alive.
"""

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import JobStatus
from pip_network.jobs import broker
from pip_network.models import Job, User
from pip_network.people.access import Permission, Process, can, person_of
from pip_network.running.request_id import current_request_id, of_request
from pip_network.web.errors import Conflict, DomainError, Forbidden

log = logging.getLogger(__name__)

ATTEMPTS = 3
LEASE = dt.timedelta(seconds=45)
HEARTBEAT_SECONDS = 10.0
SEND_AGAIN = dt.timedelta(minutes=1)
RETRY_AFTER_SECONDS = 5


class Cancelled(Exception):
    """Raised inside the work, by `progress`, when somebody asked to cancel it."""


class LeaseLost(Exception):
    """Raised inside the work, by `progress`, when another worker has taken the job: nothing more
    may be written.
    """


class Progress(Protocol):
    """Told by the work from time to time: how far it is, and that it lives.

    Raises Cancelled when somebody asked to cancel the job, LeaseLost when another worker has it.
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
    refused again); any other error is tried again until ATTEMPTS are used up. Texts are written in
    the language of the person who asked.
    """
    job = _take(job_id, timezone.now())
    if job is None:
        return
    with translation.override(_language(job)), of_request(job.request_id), _beating(job):
        log.info("job %s (%s) begins, attempt %s", job.pk, job.kind, job.attempts)
        try:
            finish = work(job, partial(_progress, job))
            _finish(job, finish)
            log.info("job %s (%s) is done", job.pk, job.kind)
        except LeaseLost:
            log.warning("job %s was taken over by another worker", job.pk)
        except Cancelled:
            _end(job, JobStatus.CANCELLED)
        except DomainError as error:
            _end(job, JobStatus.FAILED, error=str(error.message))
        except SoftTimeLimitExceeded:
            _end(
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
    asked = job.requested_by is not None and person_of(by) == job.requested_by
    return asked or can(by, Permission.ORDER_REPORT)


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
    sent = 0
    for job in Job.objects.filter(
        status__in=(JobStatus.QUEUED, JobStatus.RUNNING), lease_until__lt=at
    ).order_by("requested_at", "id"):
        unchanged = Job.objects.filter(
            pk=job.pk, status=job.status, lease=job.lease, lease_until=job.lease_until
        )
        if job.cancel_requested:
            unchanged.update(
                status=JobStatus.CANCELLED, finished_at=at, lease=None, lease_until=None
            )
        elif job.attempts >= ATTEMPTS:
            with translation.override(_language(job)):
                reason = _("The worker was lost %(times)s times in the middle of this job.") % {
                    "times": job.attempts
                }
            unchanged.update(
                status=JobStatus.FAILED, finished_at=at, lease=None, lease_until=None, error=reason
            )
        elif unchanged.update(status=JobStatus.QUEUED, lease=None, lease_until=at + SEND_AGAIN):
            sent += _send(job.kind, job.pk)
    return sent


def _send(kind: str, job_id: uuid.UUID, countdown: float = 0) -> bool:
    """False when the broker is away: the row is written, the sweep will send it."""
    return broker.hint(kind, str(job_id), countdown=countdown or None)


def _take(job_id: uuid.UUID | str, now: dt.datetime) -> Job | None:
    """The job, leased to this worker; None when it ended, another holds it, or its attempts are
    used up.
    """
    free = Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(
        free, pk=job_id, attempts__lt=ATTEMPTS, cancel_requested=False
    ).update(
        status=JobStatus.RUNNING,
        lease=(lease := uuid.uuid4()),
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        started_at=now,
        done=0,
        total=0,
        step="",
        error="",
    )
    return Job.objects.select_related("requested_by").get(pk=job_id, lease=lease) if taken else None


def _progress(
    job: Job, *, done: int | None = None, total: int | None = None, step: str | None = None
) -> None:
    given = {"done": done, "total": total, "step": None if step is None else step[:200]}
    changes = {name: value for name, value in given.items() if value is not None}
    held = Job.objects.filter(pk=job.pk, lease=job.lease)
    if not held.filter(cancel_requested=False).update(
        lease_until=timezone.now() + LEASE, **changes
    ):
        raise Cancelled if held.exists() else LeaseLost


def _finish(job: Job, finish: Finish | None) -> None:
    with transaction.atomic():
        if not _end(job, JobStatus.DONE):
            raise LeaseLost
        if finish is not None:
            finish()


def _end(job: Job, status: JobStatus, error: str = "") -> bool:
    """The one row change that ends a job; False when the lease is no longer ours."""
    now = timezone.now()
    held = Job.objects.filter(pk=job.pk, lease=job.lease)
    return bool(
        held.update(status=status, finished_at=now, lease=None, lease_until=None, error=error)
    )


def _retry_or_fail(job: Job, error: Exception) -> None:
    if job.attempts >= ATTEMPTS:
        reason = _(
            "An unexpected error (%(error)s) stopped this job; it was tried %(times)s times."
        )
        _end(
            job,
            JobStatus.FAILED,
            error=reason % {"error": type(error).__name__, "times": job.attempts},
        )
        return
    again = timezone.now() + SEND_AGAIN
    if Job.objects.filter(pk=job.pk, lease=job.lease).update(
        status=JobStatus.QUEUED, lease=None, lease_until=again
    ):
        _send(job.kind, job.pk, countdown=RETRY_AFTER_SECONDS * job.attempts)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Prolong the lease from a second thread while the work is in one long step."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(HEARTBEAT_SECONDS):
            try:
                Job.objects.filter(pk=job.pk, lease=job.lease).update(
                    lease_until=timezone.now() + LEASE
                )
            except Exception:  # a database that is away for a moment must not end the heart
                log.warning("no heartbeat for job %s", job.pk, exc_info=True)
            finally:
                connection.close()  # this thread's own

    heart = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def _language(job: Job) -> str:
    return (job.requested_by.language if job.requested_by else "") or settings.LANGUAGE_CODE
