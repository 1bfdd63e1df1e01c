"""Redis dead, stuck and back: pages are served, people sign in, work is accepted and runs later.

A server of the test's own.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests import stranger
from tests.production.place import Place
from tests.production.servers import Redis

pytestmark = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="needs the program redis-server"
)
ACT = """
import json, time
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pip_network.choices import MailKind
from pip_network.jobs import broker, jobs, outbox
from pip_network.models import Job, Mail, User
import pip_network.celery
told = {}
def timed(name, act):
    began = time.monotonic()
    told[name] = [act(), time.monotonic() - began]
cache.clear()
User.objects.filter(email="ana@example.org").exists() or User.objects.create_user("ana@example.org", "una-clave-larga-9", name="Ana")
client = Client(SERVER_NAME="localhost")
timed("page", lambda: client.get("/projects/").status_code)
timed("sign in", lambda: client.post("/accounts/login/", {"login": "ana@example.org", "password": "una-clave-larga-9"}).status_code)
timed("mail", lambda: bool(outbox.send(to="ana@example.org", subject="s", body="b", kind=MailKind.ACCOUNT, at=timezone.now())))
timed("job", lambda: jobs.enqueue(kind="pip_network.tasks.nothing", arguments={}, requested_by=None, at=timezone.now()).status)
timed("ready", lambda: client.get("/readyz").json()["checks"]["broker"])
print("TOLD", json.dumps(told))
"""


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def place(tmp_path, redis):
    place = Place(tmp_path / "portal")
    place.environment |= {
        "PIP_MODE": "test",
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
        "REDIS_PREFIX": f"pip-away-{os.getpid()}",
    }
    place.begin()
    yield place
    place.go()


def act(place) -> dict:
    return json.loads(place.run(ACT).rpartition("TOLD ")[2])


def well(told: dict, *, broker: bool) -> None:
    assert {name: value for name, (value, _seconds) in told.items() if name != "ready"} == {
        "page": 200,
        "sign in": 302,
        "mail": True,
        "job": "queued",
    }
    assert (told["ready"][0] == "ok") is broker
    assert {name: seconds for name, (_value, seconds) in told.items() if seconds > 4} == {}
    assert sum(seconds for name, (_value, seconds) in told.items() if name in ("mail", "job")) < 3.5


def test_dead_stuck_and_back(redis, place):
    well(act(place), broker=False)  # never there
    redis.start()
    well(act(place), broker=True)
    redis.process.send_signal(signal.SIGSTOP)
    try:
        well(act(place), broker=False)
    finally:
        redis.process.send_signal(signal.SIGCONT)
    redis.kill()
    well(act(place), broker=False)
    redis.start()
    worker = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "pip_network",
            "worker",
            "-B",
            "-P",
            "prefork",
            "-c",
            "1",
            "--without-gossip",
        ],
        cwd=stranger.ROOT,
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        waiting, until = "unknown", time.monotonic() + 90
        while waiting != "0":
            assert time.monotonic() < until, waiting
            waiting = place.run(
                "from pip_network.models import Mail; "
                "print(Mail.objects.filter(sent_at=None).count())"
            ).strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
