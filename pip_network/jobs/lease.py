"""The lease of a job: one worker holds it at a time, by a conditional update of the row."""

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from pip_network.choices import JobStatus
from pip_network.models import Job

log = logging.getLogger(__name__)

ATTEMPTS = 3
LEASE = dt.timedelta(seconds=45)
HEARTBEAT_SECONDS = 10.0


class Cancelled(Exception):
    """Raised inside the work, by `progress`, when somebody asked to cancel it."""


class LeaseLost(Exception):
    """Raised inside the work, by `progress`, when another worker has taken the job: nothing more
    may be written.
    """


def take(job_id: uuid.UUID | str, now: dt.datetime) -> Job | None:
    """The job, leased to this worker; None when it ended, another holds it, or its attempts are
    used up.
    """
    free = Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RUNNING, lease_until__lt=now)
    lease = uuid.uuid4()
    taken = Job.objects.filter(
        free, pk=job_id, attempts__lt=ATTEMPTS, cancel_requested=False
    ).update(
        status=JobStatus.RUNNING,
        lease=lease,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        started_at=now,
        done=0,
        total=0,
        step="",
        error="",
    )
    if not taken:
        return None
    return Job.objects.select_related("requested_by").get(pk=job_id, lease=lease)


def report(
    job: Job, *, done: int | None = None, total: int | None = None, step: str | None = None
) -> None:
    """Write how far the work is and prolong the lease; what is None stays as it was.

    Raises Cancelled when somebody asked for it, LeaseLost when another worker has the job.
    """
    progress = {"done": done, "total": total, "step": None if step is None else step[:200]}
    changes = {name: value for name, value in progress.items() if value is not None}
    held = held_by(job)
    if not held.filter(cancel_requested=False).update(
        lease_until=timezone.now() + LEASE, **changes
    ):
        raise Cancelled if held.exists() else LeaseLost


def held_by(job: Job) -> QuerySet[Job]:
    """The row of `job`, while the lease with which it was taken is in force; else nothing."""
    return Job.objects.filter(pk=job.pk, lease=job.lease)


def end(job: Job, status: JobStatus, error: str = "") -> bool:
    """The one row change that ends a job; False when the lease is no longer ours."""
    now = timezone.now()
    return bool(
        held_by(job).update(
            status=status, finished_at=now, lease=None, lease_until=None, error=error
        )
    )


def give_back(job: Job, *, until: dt.datetime) -> bool:
    """Let others take it, at the latest from `until`; False when the lease is no longer ours."""
    return bool(held_by(job).update(status=JobStatus.QUEUED, lease=None, lease_until=until))


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Prolong the lease from a second thread while the work is in one long step."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(HEARTBEAT_SECONDS):
            try:
                held_by(job).update(lease_until=timezone.now() + LEASE)
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
