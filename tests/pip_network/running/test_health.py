import time

import pytest
from django.core.cache import cache
from django.test import Client

from pip_network.running import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def only_ours(monkeypatch):
    """The questions of this floor."""
    ours = {
        "database": health.database,
        "broker": health.broker,
        "worker": health.worker,
        "disk": health.disk,
    }
    monkeypatch.setattr(health.QUESTIONS, "value", ours)
    return ours


def test_healthz_asks_nobody(client, settings, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "version": settings.VERSION},
    )
    assert "no-store" in answer["Cache-Control"]


def test_readyz_when_all_is_well(client, only_ours):
    health.worker_is_alive()
    answer = client.get("/readyz")
    assert answer.json() == {
        "status": "ready",
        "checks": dict.fromkeys(("database", "broker", "worker", "disk"), "ok"),
    }
    assert answer.status_code == 200


def test_readyz_without_a_worker(client, only_ours):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["worker"]) == (
        503,
        "no worker has been seen",
    )


@pytest.mark.parametrize(("age", "status"), [(1, 200), (health.WORKER_LOST_SECONDS + 1, 503)])
def test_readyz_with_a_worker_of_some_age(age, status, client, only_ours):
    cache.set(health.WORKER_SEEN, time.time() - age)
    assert client.get("/readyz").status_code == status


def test_readyz_without_disk(client, only_ours, monkeypatch):
    health.worker_is_alive()
    monkeypatch.setattr(health, "FREE_BYTES", 10**18)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["disk"]) == (
        503,
        "less than 200 MB of disk are free",
    )


def test_readyz_tells_no_secret_of_a_question_that_fails(client, only_ours):
    def broken():
        raise ValueError("postgres://user:password@host")

    health.worker_is_alive()
    only_ours["broken"] = broken
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["broken"]) == (503, "failed: ValueError")


def test_readyz_of_the_whole_house_asks_the_guards_too(client):
    health.worker_is_alive()
    answer = client.get("/readyz")
    assert list(answer.json()["checks"]) == ["database", "broker", "worker", "disk", "guards"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize(
    ("method", "allowed"),
    [("get", True), ("head", True), ("post", False), ("put", False), ("delete", False)],
)
def test_methods(path, method, allowed, only_ours):
    health.worker_is_alive()
    assert getattr(Client(), method)(path).status_code == (200 if allowed else 405)
