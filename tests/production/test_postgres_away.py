"""PostgreSQL goes away under a running portal and comes back: a cluster of the test's own, gunicorn
and a worker live through it.
"""

import json
import re
import shutil
import signal
import time

import psycopg2
import pytest

from tests.production.place import Place
from tests.production.servers import (
    POSTGRES,
    Cluster,
    Letterbox,
    Reader,
    Redis,
    Web,
    deaf,
    in_production,
    until,
    worker,
)

pytestmark = [
    pytest.mark.skipif(
        not POSTGRES, reason="needs the programs of a PostgreSQL server (/usr/lib/postgresql/*/bin)"
    ),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="needs the program redis-server"),
]
HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "X-Request-ID",
    "Retry-After",
}
ANA = {"login": "ana@example.org", "password": "una-clave-larga-9"}
TOKEN = "0123456789abcdef0123456789abcdef"
ANA_IS_KNOWN = """
from pip_network.models import User
User.objects.create_user("ana@example.org", "una-clave-larga-9", name="Ana")
"""
TWO_REPORTS = """
from django.utils import timezone
from monitoring.reports.order import order
from tests.monitoring.reports.world import World, person
World(projects=2, networks=3, firms=5).make()
by = person("esp@example.org", "Especialista", "specialist", "*")
for title in ("Primero", "Segundo"):
    order(given={"title": title, "indicators": "all", "group_by": ["typology"]}, by=by, at=timezone.now())
"""
A_MINUTE_LATER = """
import datetime as dt
from django.utils import timezone
from pip_network.jobs import jobs, outbox
jobs.sweep(at=timezone.now() + dt.timedelta(minutes=2))
outbox.deliver(at=timezone.now())
"""
LETTER = """
from django.utils import timezone
from pip_network.choices import MailKind
from pip_network.jobs import outbox
outbox.send(
    to="ana@example.org", subject="Aviso", body="Una vez", kind=MailKind.ACCOUNT, at=timezone.now()
)
"""


@pytest.fixture
def cluster():
    made = Cluster()
    yield made
    made.remove()


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def letterbox():
    box = Letterbox()
    yield box
    box.close()


@pytest.fixture
def place(cluster, redis, letterbox, static_root, tmp_path):
    place = Place(tmp_path / "portal", server=cluster.url)
    in_production(
        place,
        REDIS_URL=f"redis://127.0.0.1:{redis.port}/0",
        TRUST_FORWARDED_PROTO="true",
        TRUSTED_PROXIES="1",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=str(letterbox.server_address[1]),
        METRICS_TOKEN=TOKEN,
        STATIC_ROOT=static_root,
    )
    place.begin()
    place.run(ANA_IS_KNOWN)
    yield place
    place.go()


@pytest.fixture
def running(place):
    started = [Web(place, workers=2), worker(place)]
    until(started[0].answers)
    yield started
    for each in started:
        each.end()


def test_it_goes_and_comes_back(cluster, place, running, letterbox, tmp_path):
    web, hand = running
    visitor, ana = (
        Reader(X_Forwarded_Proto="https", X_Forwarded_For=f"203.0.113.{number}")
        for number in (1, 2)
    )
    until(lambda: visitor.get(web, "/readyz").status == 200)
    assert ana.post(web, "/accounts/login/", ANA).status == 302
    well = [visitor.get(web, "/projects/").status for _both in range(6)]
    well += [ana.get(web, "/account/").status for _both in range(6)]
    assert well == [200] * 12
    pids, static = (
        children(web),
        re.search(r'href="(/static/[^"]+\.css)"', visitor.get(web, "/").text)[1],
    )
    # Two reports are ordered. The worker is held still in the middle of the first; the second
    # waits.
    place.run(TWO_REPORTS)
    until(lambda: "running" in jobs(cluster, place))
    hand.signal(signal.SIGSTOP)
    assert sorted(jobs(cluster, place)) == ["queued", "running"]
    place.run(LETTER)

    cluster.stop()
    hand.signal(signal.SIGCONT)
    away(web, visitor, ana, static)
    with deaf(cluster.port):  # a server that is there and says nothing is as good as away
        assert {visitor.get(web, "/projects/").status, ana.get(web, "/account/").status} == {503}
    until(lambda: hand.said().count("OperationalError") > 0)
    cluster.start()

    # The very next questions are answered, by the same processes.
    back = [visitor.get(web, "/projects/").status for _both in range(6)]
    back += [ana.get(web, "/account/").status for _both in range(6)]
    assert back == [200] * 12
    assert children(web) == pids
    assert hand.process.poll() is None
    returned = time.monotonic()
    until(
        lambda: heartbeat_age(web, visitor) < time.monotonic() - returned
    )  # the worker's heart beats on
    assert visitor.get(web, "/readyz").status == 200
    place.run(A_MINUTE_LATER)  # what the timetable does, without waiting for it
    until(lambda: set(jobs(cluster, place)) == {"done"}, 90)
    found = reports(cluster, place)
    assert [each["finished"] for each in found] == [True, True]
    assert found[0]["attempts"] == 2  # the one that was cut in two
    folders = sorted(path.name for path in (place.folder / "media" / "reports").iterdir())
    assert folders == sorted(each["folder"].rpartition("/")[2] for each in found)
    assert len([letter for letter in letterbox.letters if "Subject: Aviso" in letter]) == 1


def away(web: Web, visitor: Reader, ana: Reader, static: str) -> None:
    """What is said while it is away: the page for it, to everybody; alive, and not ready."""
    for reader, path in [
        (visitor, "/projects/"),
        (ana, "/account/"),
        (visitor, "/api/v1/projects"),
        (visitor, "/"),
    ] * 2:
        page = reader.get(web, path)
        assert (page.status, HEADERS - set(page.headers)) == (503, set()), path
        assert page.headers["Retry-After"] == "10"
        assert "Lo que guardó está guardado." in page.text
        assert "Traceback" not in page.text
        assert "OperationalError" not in page.text
    assert visitor.post(web, "/accounts/login/", ANA).status == 503
    assert visitor.get(web, static).status == 200
    assert visitor.get(web, "/healthz").status == 200
    ready = visitor.get(web, "/readyz")
    assert ready.status == 503
    assert json.loads(ready.text)["checks"]["database"] == "failed: OperationalError"
    metrics = visitor.get(web, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert (metrics.status, "\npip_database_up 0\n" in metrics.text) == (200, True)


def heartbeat_age(web: Web, visitor: Reader) -> float:
    page = visitor.get(web, "/metrics", Authorization=f"Bearer {TOKEN}").text
    return float(re.search(r"\npip_worker_heartbeat_age_seconds (\S+)\n", page)[1])


def children(web: Web) -> list[str]:
    return sorted(line for line in web.said().splitlines() if "Booting worker" in line)


def asked(cluster: Cluster, place: Place, question: str) -> list[tuple]:
    connection = psycopg2.connect(cluster.url.rpartition("/")[0] + f"/{place.database}")
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()
    finally:
        connection.close()


def jobs(cluster: Cluster, place: Place) -> list[str]:
    return [
        status
        for (status,) in asked(
            cluster, place, "SELECT status FROM pip_network_job ORDER BY requested_at"
        )
    ]


def reports(cluster: Cluster, place: Place) -> list[dict]:
    rows = asked(
        cluster,
        place,
        "SELECT attempts, r.finished_at, folder FROM monitoring_report r JOIN pip_network_job j "
        "ON j.id = job_id ORDER BY r.requested_at",
    )
    return [
        {"attempts": attempts, "finished": bool(at), "folder": folder}
        for attempts, at, folder in rows
    ]
