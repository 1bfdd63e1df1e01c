"""A worker in the middle of a job when Redis dies: it comes back by itself, and each job is done
once, whether Redis restarts with what it knew or another server stands at its address.

Servers of the test's own.
"""

import os
import shutil
import time

import pytest

from pip_network.celery import app
from tests.production.place import Place
from tests.production.servers import Redis, until, worker

pytestmark = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="needs the program redis-server"
)
ORDER = """
from django.utils import timezone
from pip_network.jobs import jobs
given = {{"folder": {folder!r}, "name": {name!r}}}
jobs.enqueue(kind="tests.slow_work", arguments=given, requested_by=None, at=timezone.now())
"""
A_MINUTE_LATER = """
import datetime as dt
from django.utils import timezone
from pip_network.jobs import jobs
jobs.sweep(at=timezone.now() + dt.timedelta(seconds=61))
"""
STATES = """
from pip_network.models import Job
print(*(f"{job.status} {job.attempts}" for job in Job.objects.order_by("requested_at")), sep=",")
"""
SECONDS_AWAY = {"restart": 0, "new server": 4}


@pytest.fixture(params=SECONDS_AWAY)
def kind(request) -> str:
    return request.param


@pytest.fixture
def redis(tmp_path, kind):
    """One that keeps what it knows, as the compose file's does, or one that forgets it."""
    server = Redis(tmp_path, "--appendonly", "yes" if kind == "restart" else "no")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def place(tmp_path, redis):
    place = Place(tmp_path / "portal")
    place.environment |= {
        "PIP_MODE": "test",
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
        "REDIS_PREFIX": f"pip-outlives-{os.getpid()}",
    }
    place.begin()
    yield place
    place.go()


@pytest.fixture
def busy(place):
    """A worker in the middle of a job."""
    program = worker(place, "--include", "tests.production.slow_work")
    order(place, "first")
    until(lambda: begun(place) == ["first"])
    yield program
    program.end()


def order(place: Place, name: str) -> None:
    place.run(ORDER.format(folder=str(place.folder), name=name))


def begun(place: Place) -> list[str]:
    file = place.folder / "begun"
    return file.read_text().split() if file.exists() else []


def states(place: Place) -> list[str]:
    return place.run(STATES).strip().split(",")


def test_it_comes_back_and_each_job_is_done_once(place, redis, busy, kind):
    order(place, "second")  # in Redis while it dies
    redis.kill()
    order(place, "third")  # accepted without it
    (place.folder / "go").touch()  # the first ends while nobody can be told
    time.sleep(SECONDS_AWAY[kind])
    redis.start()
    until(lambda: states(place)[0] == "done 1")
    place.run(A_MINUTE_LATER)
    until(lambda: states(place) == ["done 1"] * 3, 90)
    assert busy.process.poll() is None, busy.said()
    assert sorted(begun(place)) == ["first", "second", "third"]


def test_neither_worker_nor_timetable_gives_up():
    """The library's own default is a hundred tries, some fifty minutes: then both end for good."""
    assert app.conf.broker_connection_retry is True
    assert app.conf.broker_connection_max_retries is None
    assert app.conf.worker_cancel_long_running_tasks_on_connection_loss is False
