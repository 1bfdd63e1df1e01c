"""Twelve hours from the sign-in for everybody; thirty minutes without a request for who enters or
decides.
"""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pip_network.people.access import Role
from pip_network.people.session_store import BEGUN
from tests import factories

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
IDLE = [
    (Role.DIRECTOR, "P:PIP-01"),
    (Role.COORDINATOR, "N:N1"),
    (Role.SPECIALIST, "P:PIP-01"),
    (Role.ADMINISTRATION, "*"),
]


def at(**after: int):
    return time_machine.travel(NOON + dt.timedelta(**after), tick=False)


def entered(role: Role | None, scope: str = "*") -> Client:
    client = Client()
    with at():
        client.force_login(factories.user("ana", role=role, scope=scope))
    return client


def is_open(client: Client, **after: int) -> bool:
    with at(**after):
        return client.get("/account/").status_code == 200


@pytest.mark.parametrize(("role", "scope"), IDLE)
def test_who_enters_or_decides_is_asked_again_after_half_an_hour(role, scope):
    client = entered(role, scope)
    assert is_open(client, minutes=29, seconds=59)
    assert is_open(client, minutes=59)
    assert not is_open(client, minutes=89)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.INSTITUTION, None])
def test_who_reads_is_not(role):
    client = entered(role)
    assert is_open(client, minutes=31)
    assert is_open(client, hours=11, minutes=59)
    assert not is_open(client, hours=12)


def test_requests_do_not_move_the_twelve_hours():
    client = entered(Role.ADMINISTRATION)
    assert all(is_open(client, minutes=20 * step) for step in range(36))
    assert is_open(client, hours=11, minutes=59)
    assert not is_open(client, hours=12)


def test_the_end_is_written_once_a_minute_at_most():
    client = entered(Role.ADMINISTRATION)
    assert is_open(client, seconds=1)

    def written(seconds: int) -> list[dt.datetime]:
        with at(seconds=seconds), CaptureQueriesContext(connection) as queries:
            client.get("/account/")
        return [each for each in queries if each["sql"].startswith("UPDATE")]

    assert [len(written(seconds)) for seconds in (59, 60, 61, 119, 120)] == [0, 1, 0, 0, 1]


def test_remembering_keeps_nobody_longer():
    client = entered(Role.EXPERT)
    session = client.session
    with at():
        session.set_expiry(10**7)
        session.save()
    assert is_open(client, hours=11)
    assert not is_open(client, hours=12)


def test_a_session_without_a_beginning_opens_nothing():
    """As they were before there was an end."""
    client = entered(Role.EXPERT)
    row = Session.objects.get()
    data = row.get_decoded()
    assert is_open(client, minutes=1)
    del data[BEGUN]
    Session.objects.update(session_data=client.session.encode(data))
    assert not is_open(client, minutes=1)
