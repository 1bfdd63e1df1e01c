"""The key of a letter that opens an account stands in no log, whatever the answer was and whoever
wrote the line.
"""

import io
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from pip_network.models import AuditEvent
from pip_network.running import logs

ROOT = Path(__file__).resolve().parents[2]
KEY = "c5-Xq_live-key-of-a-letter_8w"
INVITATION, RESET = f"/invitation/{KEY}/", f"/accounts/password/reset/key/1-{KEY}/"
STOPPING = f"/mail/off/{KEY}/"
FORMATTERS = {"line": logs.LineFormatter("%(name)s: %(message)s"), "json": logs.JsonFormatter()}


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(db):
    cache.clear()


@pytest.fixture(params=FORMATTERS)
def log(request):
    """What the portal's own handler writes, in each of its forms."""
    (handler,) = (
        each
        for each in logging.getLogger().handlers
        if isinstance(each.formatter, logs.LineFormatter)
    )
    before, written = handler.formatter, io.StringIO()
    handler.setFormatter(FORMATTERS[request.param])
    stream = handler.setStream(written)
    yield written
    handler.setStream(stream)
    handler.setFormatter(before)


def answers():
    """(what it is, status it must have, the answer)"""
    client, forged = Client(raise_request_exception=False), Client(enforce_csrf_checks=True)
    yield "opened", 302, client.get(INVITATION)
    yield "wrong method", 405, client.post(INVITATION)
    yield "without its end", 301, client.get(INVITATION[:-1])
    yield "no such page", 404, client.get(f"{INVITATION}more/")
    yield "no such page in capitals", 404, client.get(f"/Invitation//{KEY}/")
    yield "forged", 403, forged.post(INVITATION)
    yield (
        "from elsewhere",
        403,
        forged.post(
            "/language/", secure=True, headers={"Referer": f"https://x.example{INVITATION}"}
        ),
    )
    yield "reset", 200, client.get(RESET)
    yield "reset forged", 403, forged.post(RESET)
    yield "stopping", 404, client.get(STOPPING)
    yield "stopping at once", 404, client.post(STOPPING, {"List-Unsubscribe": "One-Click"})


def test_no_answer_writes_the_key(log):
    found, wanted = {}, {}
    for what, status, answer in answers():
        said = log.getvalue()
        log.seek(log.truncate(0))
        found[what] = (answer.status_code, KEY in said, "***" in said)
        wanted[what] = (status, False, True)
    assert found == wanted
    assert KEY not in str(list(AuditEvent.objects.values()))


def test_a_failure_does_not_write_it(log, monkeypatch):
    monkeypatch.setattr("pip_network.people.invitations.hash_of", None)
    assert Client(raise_request_exception=False).get(INVITATION).status_code == 500
    said = log.getvalue()
    assert ("TypeError" in said, "/invitation/***" in said, KEY in said) == (True, True, False)


def test_other_addresses_are_written_whole(log):
    Client().get(f"/projects/{KEY}/")
    Client().get("/people/invitations/12/")
    assert f"/projects/{KEY}/" in log.getvalue()
    assert "/people/invitations/12/" in log.getvalue()


@pytest.mark.parametrize(
    ("address", "policy"),
    [
        (INVITATION, "strict-origin"),
        (f"{INVITATION}more/", "strict-origin"),
        (RESET, "strict-origin"),
        ("/projects/", "same-origin"),
    ],
)
def test_no_page_opened_from_there_learns_the_key(address, policy):
    assert Client().get(address)["Referrer-Policy"] == policy


def test_the_development_server_writes_through_the_same_handler():
    assert settings.LOGGING["loggers"]["django.server"] == {
        "handlers": ["stderr"],
        "level": "INFO",
        "propagate": False,
    }


@pytest.mark.parametrize("form", ["line", "json"])
def test_the_web_server_writes_none_even_with_a_log_of_its_own(tmp_path, form):
    """A real gunicorn over a database without tables: answers fail, with all that is then said
    about them.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL")
    }
    variables = {
        "PIP_MODE": "test",
        "PIP_DATA": str(tmp_path),
        "LOG_FORMAT": form,
        "WEB_CONCURRENCY": "1",
        "GUNICORN_CMD_ARGS": "--access-logfile -",
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "pip_network/running/serve/web.py",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**ours, **variables}, stdout=log, stderr=log
        )  # noqa: S603
    try:
        base = f"http://127.0.0.1:{port}"
        _ask_until_it_answers(f"{base}/healthz", server)
        statuses = [
            _ask(f"{base}{INVITATION}"),
            _ask(f"{base}{INVITATION}", b"x=1"),
            _ask(f"{base}/figures/{KEY}.x"),
        ]
    finally:
        server.terminate()
        server.wait(30)
    said = (tmp_path / "log").read_text()
    assert statuses == [503, 503, 503]
    assert f"/figures/{KEY}.x" in said
    assert "/invitation/***" in said
    assert KEY not in said.replace(f"/figures/{KEY}.x", "")
    if form == "line":  # with JSON the operator's own log has no place to go
        assert '"POST /invitation/***/ HTTP/1.1" 503' in said


def _ask(address: str, data: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(address, data, timeout=30) as answer:  # noqa: S310 -- on this machine
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def _ask_until_it_answers(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 -- on this machine
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the web server did not start")
