"""The portal shut on purpose: every page says so, machines are told when to ask again, health goes
on.
"""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command

from pip_network.models import AuditEvent
from pip_network.running import maintenance

AT = dt.datetime(2006, 7, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _open_again():
    maintenance.end()
    yield
    maintenance.end()


def shut(minutes: int | None = 30, message: str = "") -> None:
    maintenance.begin(minutes=minutes, message=message, at=AT)


@pytest.mark.parametrize(
    "path", ["/", "/projects/", "/admin/", "/no-such-page/", "/accounts/login/"]
)
def test_pages_are_shut_while_it_lasts_and_open_afterwards(db, client, path):
    before = client.get(path).status_code
    shut()
    assert client.get(path).status_code == 503
    maintenance.end()
    assert client.get(path).status_code == before


@time_machine.travel(AT, tick=False)
def test_machines_are_told_when_to_ask_again(client):
    shut(minutes=30)
    assert client.get("/")["Retry-After"] == "1800"
    shut(minutes=None)
    assert client.get("/")["Retry-After"] == "300"


@time_machine.travel(AT + dt.timedelta(hours=2), tick=False)
def test_a_promise_that_has_passed_asks_for_patience(client):
    shut(minutes=30)
    assert client.get("/")["Retry-After"] == "30"


def test_health_is_answered_without_the_portal(db, client):
    shut()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "El portal está en mantenimiento"),
        ("pt", "O portal está em manutenção"),
        ("en", "The portal is being maintained"),
    ],
)
def test_the_page_speaks_the_language_of_the_reader(client, language, words):
    client.cookies["pip_language"] = language
    shut()
    assert words in client.get("/").content.decode()


def test_the_page_asks_no_database_and_escapes_the_message(client):
    """Without the fixture `db` a query fails the test."""
    shut(message="<script>x</script> hasta las ocho")
    page = client.get("/").content.decode()
    assert "<script>x" not in page
    assert "hasta las ocho" in page


def test_an_open_page_is_told_in_a_sentence(client):
    shut()
    answer = client.get("/projects/", headers={"HX-Request": "true"})
    assert (answer.status_code, b"<html" in answer.content) == (503, False)


def test_a_damaged_file_shuts_the_portal_too(client):
    maintenance.MARK.write_text("{")
    assert client.get("/").status_code == 503


def test_the_command_shuts_opens_and_tells_and_is_in_the_trail(db, capsys):
    call_command("maintenance", "on", minutes=15)
    call_command("maintenance", "status")
    call_command("maintenance", "off")
    call_command("maintenance", "off")
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" since")[0] for line in said] == [
        "The portal is shut",
        "The portal is shut",
        "The portal is open.",
        "The portal is open.",
    ]
    trail = (
        AuditEvent.objects.filter(verb__startswith="maintenance.")
        .order_by("id")
        .values_list("verb", "actor")
    )
    assert list(trail) == [("maintenance.started", "operator"), ("maintenance.ended", "operator")]


def test_nonsense_minutes_are_refused():
    with pytest.raises(CommandError):
        call_command("maintenance", "on", minutes=0)
    assert maintenance.current() is None
