"""`/metrics`: closed without its token, well formed, and true; shared by the processes of one
server.
"""

import datetime as dt
import os
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pip_network.choices import MailKind
from pip_network.jobs import stopping
from pip_network.models import Job, Mail
from pip_network.running import health
from pip_network.running.metrics import shared

pytestmark = pytest.mark.django_db
TOKEN = "0123456789abcdef0123456789abcdef"
SAMPLE = re.compile(
    r'([a-z_]+)(?:\{([a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*)\})? (NaN|-?[0-9][0-9.e+-]*)'
)


@pytest.fixture(autouse=True)
def _nothing_counted():
    shared.forget()
    cache.clear()
    yield
    shared.forget()
    cache.clear()


def read(text: str) -> dict[str, str]:
    """Samples of a page in the text format 0.0.4: each below the HELP and TYPE of its family, none
    twice.
    """
    found, family, kind = {}, "", ""
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# HELP "):
            family, kind = line.split()[2], ""
        elif line.startswith("# TYPE "):
            assert line.split()[2] == family
            kind = line.split()[3]
        else:
            name, labels, value = SAMPLE.fullmatch(line).groups()
            assert name in (
                [f"{family}_bucket", f"{family}_sum", f"{family}_count"]
                if kind == "histogram"
                else [family]
            )
            key = f"{name}{{{labels}}}" if labels else name
            assert key not in found
            found[key] = value
    return found


def collect(client: Client) -> dict[str, str]:
    answer = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "text/plain; version=0.0.4; charset=utf-8",
    )
    assert "no-store" in answer["Cache-Control"]
    return read(answer.content.decode())


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        (TOKEN, f"Bearer {TOKEN}", 200),
        (TOKEN, f"Bearer {TOKEN}x", 404),
        (TOKEN, f"bearer {TOKEN}", 404),
        (TOKEN, TOKEN, 404),
        (TOKEN, "", 404),
        (TOKEN, "Bearer ñ", 404),
        ("", "Bearer ", 404),
        ("", "", 404),
    ],
)
def test_only_the_token_opens_it(token, given, status, client, settings):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", HTTP_AUTHORIZATION=given).status_code == status


def test_what_it_says(client, settings, world):
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    Job.objects.create(kind="x", requested_at=now - dt.timedelta(seconds=90))
    Job.objects.create(kind="x", requested_at=now, status="done", finished_at=now)
    for attempts, sent in ((0, None), (8, None), (1, now)):
        Mail.objects.create(
            to="ana@example.org",
            subject="s",
            body="b",
            created_at=now,
            attempts=attempts,
            sent_at=sent,
        )
    world.approved("2005-S1")
    letters = Mail.objects.exclude(to="ana@example.org").count()
    stopping.stop(person=world.director, kind=MailKind.APPROVED, by=world.director, at=now)
    Mail.objects.filter(to=world.director.email).update(stopped_at=now)
    letters -= Mail.objects.filter(stopped_at=now).count()
    assert letters > 0
    client.get("/projects/PIP-01/")
    client.get("/projects/NONE/")
    client.get("/no-such-page/")
    found = collect(client)
    assert found[f'pip_build_info{{version="{settings.VERSION}"}}'] == "1"
    assert found['pip_http_requests_total{route="project",status="2xx"}'] == "1"
    assert found['pip_http_requests_total{route="project",status="4xx"}'] == "1"
    assert found['pip_http_requests_total{route="unmatched",status="4xx"}'] == "1"
    assert found['pip_http_request_seconds_count{route="project"}'] == "2"
    assert found['pip_http_request_seconds_bucket{route="project",le="+Inf"}'] == "2"
    assert float(found['pip_http_request_seconds_sum{route="project"}']) > 0
    assert [
        found[f'pip_jobs{{state="{state}"}}']
        for state in ("queued", "running", "done", "failed", "cancelled")
    ] == list("10100")
    assert 90 <= float(found["pip_job_oldest_queued_seconds"]) < 120
    assert (found["pip_mail_waiting"], found["pip_mail_given_up"]) == (str(letters + 1), "1")
    assert [
        found[f'pip_mail_stopped_people{{kind="{kind}"}}']
        for kind in ("submitted", "returned", "approved")
    ] == list("001")
    assert (found["pip_database_up"], found["pip_record_number"]) == ("1", "1")
    assert int(found["pip_database_bytes"]) > 100_000
    assert found["pip_worker_heartbeat_age_seconds"] == "NaN"
    assert "PIP-01" not in str(found)
    assert "ana@" not in str(found)
    health.worker_is_alive()
    assert float(collect(client)["pip_worker_heartbeat_age_seconds"]) < 5


def test_its_queries_do_not_grow(client, settings, django_assert_num_queries):
    settings.METRICS_TOKEN = TOKEN
    collect(client)
    for number in (1, 3, 30):
        for _each in range(number):
            Job.objects.create(kind="x", requested_at=timezone.now())
        with django_assert_num_queries(QUERIES):
            collect(client)


QUERIES = 7


def test_processes_count_together():
    """Twenty processes, each of which counts a hundred answers: none is lost."""
    pids = []
    for _process in range(20):
        pid = os.fork()
        if pid == 0:
            try:
                for _each in range(100):
                    shared.count("project", 200, 0.02)
            finally:
                os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    (row,) = [each for each in shared.counted() if each.route == "project"]
    assert (row.statuses, row.within[:3], round(row.seconds, 6)) == (
        (0, 2000, 0, 0, 0),
        (0, 2000, 0),
        40.0,
    )


def test_a_process_that_dies_while_it_counts_stops_nobody():
    import fcntl  # noqa: PLC0415 -- only here
    import time  # noqa: PLC0415 -- only here

    pid = os.fork()
    if pid == 0:
        fcntl.lockf(shared._file, fcntl.LOCK_EX)
        time.sleep(60)
        os._exit(0)
    time.sleep(0.2)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    shared.count("project", 200, 0.02)
    assert [each.route for each in shared.counted()] == ["project"]


def test_every_route_has_a_row_of_its_own():
    numbers = shared._numbers()
    assert len(numbers) == len(set(numbers.values())) < shared.MOST_ROUTES
    assert {"unmatched", "static", "home", "project", "admin", "healthz", "metrics"} <= set(numbers)


@pytest.mark.parametrize(
    ("seconds", "place"),
    [(0, 0), (0.01, 0), (0.011, 1), (10, len(shared.BUCKETS) - 1), (11, len(shared.BUCKETS))],
)
def test_buckets_hold_what_took_at_most_so_long(seconds, place):
    shared.count("home", 503, seconds)
    (row,) = shared.counted()
    assert (row.statuses, row.within.index(1)) == ((0, 0, 0, 0, 1), place)
