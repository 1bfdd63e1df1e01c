"""Open sessions: each ended alone by its owner, all by the administration, and nothing kept of
those that are over.
"""

import datetime as dt
import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from pip_network.models import AuditEvent, Mail
from pip_network.people import actions, sessions
from pip_network.people.access import Role
from tests.pip_network.people.test_views import HTMX, member, signed_in

pytestmark = pytest.mark.django_db
LIST = "/accounts/sessions/"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def ana():
    return member("ana", role=Role.EXPERT, language="en")


def number_of(client: Client) -> int:
    return UserSession.objects.get(session_key=client.session.session_key).pk


def end(client: Client, number: int):
    return client.post(f"{LIST}{number}/end/", follow=True)


def told() -> list[tuple[str, str, dict]]:
    rows = AuditEvent.objects.filter(verb="person.sessions_ended").order_by("id")
    return list(rows.values_list("actor", "object", "details"))


def test_one_session_ends_and_the_others_stay(ana):
    here, lost, third = (signed_in(ana) for _ in range(3))
    assert [each.get("/account/").status_code for each in (here, lost, third)] == [200, 200, 200]

    page = end(here, number_of(lost))

    assert page.redirect_chain == [(LIST, 302)]
    assert "The session has ended." in page.content.decode()
    assert [each.get("/account/").status_code for each in (here, lost, third)] == [200, 302, 200]
    assert lost.get("/account/", headers=HTMX)["HX-Redirect"].startswith("/accounts/login/?next=")
    assert UserSession.objects.filter(user=ana).count() == 2
    assert told() == [(f"U:{ana.pk}", f"U:{ana.pk}", {"sessions": 1})]


def test_the_list_offers_each_but_the_one_in_use(ana):
    here, other = signed_in(ana), signed_in(ana)
    offered = re.findall(rf'action="{LIST}(\d+)/end/"', here.get(LIST).content.decode())
    assert offered == [str(number_of(other))]


def test_a_strangers_session_does_not_exist(ana):
    stranger, hers = signed_in(member("otra")), signed_in(ana)
    number = number_of(hers)
    assert end(stranger, number).status_code == 404
    assert Client().post(f"{LIST}{number}/end/").status_code == 302
    assert hers.get("/account/").status_code == 200
    assert told() == []
    assert end(signed_in(ana), number).status_code == 200
    assert hers.get("/account/").status_code == 302


def test_the_session_in_use_is_ended_by_signing_out(ana):
    here = signed_in(ana)
    page = end(here, number_of(here))
    assert "sign out to end it" in page.content.decode()
    assert here.get("/account/").status_code == 200
    assert told() == []


def test_it_is_not_ended_by_a_link(ana):
    here, other = signed_in(ana), signed_in(ana)
    assert here.get(f"{LIST}{number_of(other)}/end/").status_code == 405
    assert other.get("/account/").status_code == 200


def test_ending_all_others_is_in_the_trail_too(ana):
    here, others = signed_in(ana), [signed_in(ana) for _ in range(2)]
    assert here.post(LIST).status_code == 302
    assert [each.get("/account/").status_code for each in (here, *others)] == [200, 302, 302]
    assert told() == [(f"U:{ana.pk}", f"U:{ana.pk}", {"sessions": 2})]
    here.post(LIST)
    assert len(told()) == 1


def test_the_administration_ends_them_and_she_is_told(ana):
    admin = member("admin", role=Role.ADMINISTRATION, language="en")
    theirs, ours = [signed_in(ana) for _ in range(2)], signed_in(admin)
    Mail.objects.all().delete()
    assert ours.post(f"/people/{ana.pk}/sessions/").status_code == 302
    assert [each.get("/account/").status_code for each in (ours, *theirs)] == [200, 302, 302]
    assert list(Mail.objects.values_list("to", "subject")) == [
        ("ana@example.org", "Your sessions in the PIP Network were ended")
    ]
    assert told() == [(f"U:{admin.pk}", f"U:{ana.pk}", {"sessions": 2})]

    actions.end_sessions(person=admin, by=admin, at=timezone.now())
    assert Mail.objects.count() == 1


def test_what_was_kept_for_a_session_goes_with_it(ana):
    over, open_one = signed_in(ana), signed_in(ana)
    now = timezone.now()
    cache.set("allauth:rl:login:ip:192.0.2.9", [1], 60)
    Session.objects.filter(pk=over.session.session_key).update(
        expire_date=now - dt.timedelta(seconds=1)
    )
    kept = number_of(open_one)

    sessions.sweep(at=now)

    assert list(UserSession.objects.values_list("pk", flat=True)) == [kept]
    assert list(Session.objects.values_list("pk", flat=True)) == [open_one.session.session_key]
    assert counted("192.0.2.9") == 1
    sessions.sweep(at=now + dt.timedelta(seconds=90))
    assert counted("192.0.2.9") == 0
    assert open_one.get("/account/").status_code == 200


def counted(place: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pip_network_cache WHERE cache_key LIKE %s", [f"%{place}%"]
        )
        return cursor.fetchone()[0]
