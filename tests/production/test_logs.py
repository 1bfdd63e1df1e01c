"""Log lines: joined by the id of the request, also in the worker; JSON where asked for; no address
of a person in any.
"""

import io
import json
import logging
import sys

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from pip_network.jobs import jobs
from pip_network.models import Job
from pip_network.running import logs, request_id
from pip_network.web import errors, requests

TEXT = "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"


def said(formatter: logging.Formatter, message: str, *args, error: Exception | None = None) -> str:
    info = None
    if error:
        try:
            raise error
        except Exception:  # noqa: BLE001 -- any
            info = sys.exc_info()
    record = logging.LogRecord(
        "pip_network.jobs.outbox", logging.WARNING, "", 0, message, args, info
    )
    requests.RequestIdFilter().filter(record)
    return formatter.format(record)


@pytest.mark.parametrize("formatter", [logs.LineFormatter(TEXT), logs.JsonFormatter()])
def test_no_address_and_no_password_is_written(formatter):
    error = OSError(
        "{'ana.perez+x@mail.example.org': (550, b'no such user')} redis://:s3cret@host/0 "
        "postgres://p:s3cret@db/x"
    )
    text = said(formatter, "not sent to %s", "ana@example.org", error=error)
    assert "ana" not in text
    assert "s3cret" not in text
    assert "***@mail.example.org" in text
    assert "postgres://p:***@db/x" in text


def test_a_json_line_is_one_object_with_everything():
    with request_id.of_request("abc123"):
        line = said(logs.JsonFormatter(), "two\nlines %s", "ñ", error=ValueError("x"))
    read = json.loads(line)
    assert "\n" not in line
    assert sorted(read) == ["error", "level", "logger", "message", "request", "time"]
    assert (read["level"], read["request"], read["logger"], read["message"]) == (
        "WARNING",
        "abc123",
        "pip_network.jobs.outbox",
        "two\nlines ñ",
    )
    assert read["error"].endswith("ValueError: x")


@pytest.mark.django_db
def test_a_job_writes_under_the_id_of_the_request_that_asked_for_it():
    with request_id.of_request("abc123"):
        job = jobs.enqueue(kind="x", arguments={}, requested_by=None, at=timezone.now())
    assert Job.objects.get().request_id == "abc123"
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(requests.RequestIdFilter())
    handler.setFormatter(logging.Formatter("%(request_id)s %(message)s"))
    logger = logging.getLogger("pip_network.jobs.jobs")
    logger.addHandler(handler)
    try:
        jobs.run(job.pk, lambda job, progress: logger.warning("inside"))
    finally:
        logger.removeHandler(handler)
    assert "abc123 inside" in stream.getvalue().splitlines()
    assert request_id.current_request_id() == ""


def test_the_settings_use_these_formatters():
    assert settings.LOGGING["formatters"]["line"]["()"] == "pip_network.running.logs.LineFormatter"
    assert settings.LOGGING["handlers"]["stderr"]["formatter"] == "line"


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone"), 503), (ValueError("x"), 500)]
)
def test_a_database_that_is_away_is_503_and_anything_else_500(error, status):
    def fail():
        raise error

    request = RequestFactory().get("/")
    try:
        fail()
    except type(error):
        answer = errors.failed(request)
    assert answer.status_code == status
    assert answer.get("Retry-After") == ("10" if status == 503 else None)
    assert str(status) in answer.content.decode()


def test_a_long_line_is_masked_without_trying_it_from_each_letter():
    """With a pattern that gives back, this would take hours."""
    long = "a" * 400_000
    assert logs.mask(long) == long
    assert logs.mask(f"{long}@example.org {long}://u:p@db") == f"***@example.org {long}://u:***@db"
