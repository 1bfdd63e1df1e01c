"""The page `/metrics`: what was counted in this web server, and what the rooms know from the
database.
"""

import hmac
import logging
import shutil
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pip_network.running.metrics import shared
from pip_network.running.metrics.gauges import SOURCES, Gauge

log = logging.getLogger(__name__)

TYPE = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 for whoever does not hold the token: nobody learns that there is such a page."""
    presented = request.headers.get("Authorization", "").encode("utf-8", "replace")
    token = settings.METRICS_TOKEN
    if not token or not hmac.compare_digest(presented, f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse("".join(f"{line}\n" for line in lines()), content_type=TYPE)


def lines() -> Iterator[str]:
    """The whole page; what the database would say is left out when it does not answer."""
    yield from _family("pip_build_info", "gauge", "Version of the portal.")
    yield f'pip_build_info{{version="{settings.VERSION}"}} 1'
    yield from _requests()
    yield from _gauge(
        Gauge("pip_disk_free_bytes", "Free bytes where the portal keeps its state.", _free())
    )
    try:
        answers = list(_from_the_database())
    except DatabaseError:
        log.warning("the database does not answer", exc_info=True)
        answers = []
    yield from _gauge(Gauge("pip_database_up", "1 when the database answers.", int(bool(answers))))
    yield from answers


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
    for source in SOURCES():
        for gauge in source():
            yield from _gauge(gauge)


def _family(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP {name} {what}"
    yield f"# TYPE {name} {kind}"


def _gauge(gauge: Gauge) -> Iterator[str]:
    yield from _family(gauge.name, "gauge", gauge.what)
    if isinstance(gauge.value, Mapping):
        for label, number in gauge.value.items():
            yield f'{gauge.name}{{{gauge.label}="{label}"}} {number}'
    else:
        yield f"{gauge.name} {str(gauge.value).replace('nan', 'NaN')}"


def _free() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free
