"""What `/metrics` tells of jobs and mail."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils import timezone

from pip_network.choices import STOPPABLE, JobStatus
from pip_network.jobs import outbox
from pip_network.models import Job, Mail, MailChoice
from pip_network.running.metrics.gauges import Gauge


def of_jobs() -> Iterator[Gauge]:
    """How many stand how, and for how long the oldest has waited."""
    counts = dict(Job.objects.values_list("status").order_by().annotate(Count("pk")))
    yield Gauge(
        "pip_jobs",
        "Jobs by state.",
        {status: counts.get(status, 0) for status in JobStatus.values},
        label="state",
    )
    yield Gauge(
        "pip_job_oldest_queued_seconds",
        "Age of the oldest job that waits; 0 when none does.",
        _oldest_queued(),
    )


def of_mail() -> Iterator[Gauge]:
    """What has not left the portal."""
    mail = Mail.objects.filter(sent_at__isnull=True, stopped_at__isnull=True).aggregate(
        waiting=Count("pk", filter=Q(attempts__lt=outbox.ATTEMPTS)),
        given_up=Count("pk", filter=Q(attempts__gte=outbox.ATTEMPTS)),
    )
    yield Gauge("pip_mail_waiting", "Messages that were not sent yet.", mail["waiting"])
    yield Gauge(
        "pip_mail_given_up", "Messages that nobody tries to send any more.", mail["given_up"]
    )
    stopped = dict(MailChoice.objects.values_list("kind").order_by().annotate(Count("pk")))
    yield Gauge(
        "pip_mail_stopped_people",
        "People who have stopped letters, by kind.",
        {kind.value: stopped.get(kind, 0) for kind in STOPPABLE},
        label="kind",
    )


def _oldest_queued() -> float:
    queued = Job.objects.filter(status=JobStatus.QUEUED)
    first = queued.aggregate(first=Min("requested_at"))["first"]
    return round((timezone.now() - first).total_seconds(), 1) if first else 0
