"""The page `/metrics`: what was counted in this web server, and what the database says of jobs,
mail and the record.
"""

import hmac
import logging
import shutil
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pip_network.choices import JobStatus
from pip_network.jobs import outbox
from pip_network.models import Job, Mail
from pip_network.running import health

from . import shared

log = logging.getLogger(__name__)

TYPE = "text/plain; version=0.0.4; charset=utf-8"
Gauge = tuple[str, str, Callable[[], float]]
# Rooms on higher floors add theirs where the addresses are composed: (name, what it is, function
# without arguments).
MORE: list[Gauge] = []


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 for whoever does not hold the token: nobody learns that there is such a page."""
    given = request.headers.get("Authorization", "").encode("utf-8", "replace")
    token = settings.METRICS_TOKEN
    if not token or not hmac.compare_digest(given, f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse("".join(f"{line}\n" for line in lines()), content_type=TYPE)


def lines() -> Iterator[str]:
    yield from _family("pip_build_info", "gauge", "Version of the portal.")
    yield f'pip_build_info{{version="{settings.VERSION}"}} 1'
    yield from _requests()
    yield from _one("pip_disk_free_bytes", "Free bytes where the portal keeps its state.", _free)
    try:
        told = list(_from_the_database())
    except DatabaseError:
        log.warning("the database does not answer", exc_info=True)
        told = []
    yield from _one("pip_database_up", "1 when the database answers.", lambda: int(bool(told)))
    yield from told


def _requests() -> Iterator[str]:
    rows = sorted(shared.counted())
    yield from _family(
        "pip_http_requests_total", "counter", "Answers by route and class of status."
    )
    for row in rows:
        for status, number in zip(shared.STATUS, row.statuses, strict=True):
            if number:
                yield f'pip_http_requests_total{{route="{row.route}",status="{status}"}} {number}'
    yield from _family(
        "pip_http_request_seconds", "histogram", "Seconds until the answer was ready, by route."
    )
    for row in rows:
        below = 0
        for limit, number in zip((*map(str, shared.BUCKETS), "+Inf"), row.within, strict=True):
            below += number
            yield f'pip_http_request_seconds_bucket{{route="{row.route}",le="{limit}"}} {below}'
        yield f'pip_http_request_seconds_sum{{route="{row.route}"}} {row.seconds:.6f}'
        yield f'pip_http_request_seconds_count{{route="{row.route}"}} {below}'


def _from_the_database() -> Iterator[str]:
    found = {
        row["status"]: row
        for row in Job.objects.values("status").order_by().annotate(n=Count("pk"))
    }
    yield from _family("pip_jobs", "gauge", "Jobs by state.")
    for status in JobStatus.values:
        yield f'pip_jobs{{state="{status}"}} {found[status]["n"] if status in found else 0}'
    yield from _one(
        "pip_job_oldest_queued_seconds",
        "Age of the oldest job that waits; 0 when none does.",
        _oldest,
    )
    mail = Mail.objects.filter(sent_at__isnull=True).aggregate(
        waiting=Count("pk", filter=Q(attempts__lt=outbox.ATTEMPTS)),
        given_up=Count("pk", filter=Q(attempts__gte=outbox.ATTEMPTS)),
    )
    yield from _one("pip_mail_waiting", "Messages that were not sent yet.", lambda: mail["waiting"])
    yield from _one(
        "pip_mail_given_up",
        "Messages that nobody tries to send any more.",
        lambda: mail["given_up"],
    )
    yield from _one(
        "pip_worker_heartbeat_age_seconds", "Since a worker was last seen; NaN: never.", _heartbeat
    )
    yield from _one("pip_database_bytes", "Size of the database.", _database_size)
    for gauge in MORE:
        yield from _one(*gauge)


def _family(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP {name} {what}"
    yield f"# TYPE {name} {kind}"


def _one(name: str, what: str, value: Callable[[], float]) -> Iterator[str]:
    yield from _family(name, "gauge", what)
    yield f"{name} {str(value()).replace('nan', 'NaN')}"


def _free() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free


def _oldest() -> float:
    first = Job.objects.filter(status=JobStatus.QUEUED).aggregate(first=Min("requested_at"))[
        "first"
    ]
    return round((timezone.now() - first).total_seconds(), 1) if first else 0


def _heartbeat() -> float:
    seen = cache.get(health.WORKER_SEEN)
    return float("nan") if seen is None else round(time.time() - seen, 1)


def _database_size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
        return cursor.fetchone()[0]
