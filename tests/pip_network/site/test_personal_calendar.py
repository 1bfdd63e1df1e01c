"""The calendar of a person outside the portal: whose days, at which address, in which bytes."""

import datetime as dt

import pytest
import vobject
from django.test import Client
from icalendar import Calendar

from monitoring.calendar.actions import reschedule_round
from monitoring.submission.due.extensions import extend
from pip_network.models import AuditEvent, CalendarKey
from pip_network.people.access import Role
from pip_network.people.calendar_keys import close_calendar, open_calendar
from tests import factories
from tests.factories import moment

pytestmark = pytest.mark.django_db
AT = moment("2004-06-20")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(AT, tick=False)


def opened(person) -> str:
    return f"/calendar/{open_calendar(by=person, at=AT)}.ics"


def events(address: str) -> dict[str, dict]:
    """By UID, as two programs that know nothing of each other read them."""
    content = Client().get(address).content
    one = {
        str(event["UID"]): (event["DTSTART"].dt, event["DTEND"].dt, int(event["SEQUENCE"]))
        for event in Calendar.from_ical(content).walk("VEVENT")
    }
    other = {
        event.uid.value: (event.dtstart.value, event.dtend.value, int(event.sequence.value))
        for event in vobject.readOne(content.decode()).contents.get("vevent", [])
    }
    assert one == other
    return one


def test_whole_days_of_the_rounds_of_her_projects(world):
    found = events(opened(world.director))
    assert found["due-PIP-01-2004-S1@localhost"] == (
        dt.date(2004, 7, 30),
        dt.date(2004, 7, 31),
        0,
    )
    assert len(found) == len(world.rounds)


@pytest.mark.parametrize("who", ["director", "coordinator", "specialist"])
def test_who_fills_or_reviews_has_them(world, who):
    assert events(opened(getattr(world, who)))


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_others_have_none(world, who):
    assert events(opened(getattr(world, who))) == {}


def test_the_same_bytes_until_a_day_moves_and_then_one_more(world):
    address = opened(world.director)
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    submission = world.open("2004-S1")
    assert Client().get(address).content == first.content
    extend(
        submission.pk,
        until=dt.date(2004, 8, 9),
        reason="Inundaciones en la zona",
        by=world.specialist,
        at=AT,
    )
    day = events(address)["due-PIP-01-2004-S1@localhost"]
    assert day == (dt.date(2004, 8, 9), dt.date(2004, 8, 10), 1)
    reschedule_round(
        round=world.rounds["2004-S1"],
        opens_on=world.rounds["2004-S1"].opens_on,
        due_on=dt.date(2004, 8, 20),
        reason="Se acordó en la junta",
        by=world.administrator,
        at=AT,
    )
    day = events(address)["due-PIP-01-2004-S1@localhost"]
    assert day == (dt.date(2004, 8, 20), dt.date(2004, 8, 21), 2)
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_round_that_nobody_opened_moves_too(world):
    address = opened(world.director)
    reschedule_round(
        round=world.rounds["2004-S2"],
        opens_on=world.rounds["2004-S2"].opens_on,
        due_on=dt.date(2005, 2, 15),
        reason="Se acordó en la junta",
        by=world.administrator,
        at=AT,
    )
    assert events(address)["due-PIP-01-2004-S2@localhost"][::2] == (dt.date(2005, 2, 15), 1)


def test_in_the_language_of_its_reader(world):
    assert "vence la ronda 2004-S1" in Client().get(opened(world.director)).content.decode()
    assert "vence a rodada 2004-S1" in Client().get(opened(world.specialist)).content.decode()


class TestTheKey:
    def test_it_is_shown_once_and_kept_as_a_hash(self, world):
        browser = Client()
        browser.force_login(world.director)
        answer = browser.post("/account/calendar/open/")
        address = answer.context["address"].removeprefix("http://localhost:8000")
        key = address.removeprefix("/calendar/").removesuffix(".ics")
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
        assert key not in browser.get("/account/calendar/").content.decode()
        assert key not in str(list(CalendarKey.objects.values_list()))
        assert key not in str(list(AuditEvent.objects.values_list("details", "object")))
        assert Client().get(address).status_code == 200

    def test_a_new_one_ends_the_old_one_and_closing_ends_it(self, world):
        old = opened(world.director)
        new = opened(world.director)
        assert [Client().get(each).status_code for each in (old, new)] == [404, 200]
        close_calendar(by=world.director, at=AT)
        assert Client().get(new).status_code == 404

    def test_a_closed_account_has_no_calendar(self, world):
        address = opened(world.director)
        world.director.is_active = False
        world.director.save()
        assert Client().get(address).status_code == 404
        world.director.is_active = True
        world.director.save()
        assert Client().get(address).status_code == 200

    @pytest.mark.parametrize("key", ["x", "a" * 3000, "ñandú", "..%2f.."])
    def test_what_is_no_key_is_nowhere(self, world, key):
        assert Client().get(f"/calendar/{key}.ics").status_code == 404

    def test_it_opens_no_session(self, world):
        answer = Client().get(opened(world.director))
        assert (dict(answer.cookies), answer["X-Robots-Tag"]) == ({}, "noindex")


def test_as_many_questions_for_many_projects(world, django_assert_num_queries):
    address = opened(world.director)
    with django_assert_num_queries(6):
        Client().get(address)
    for number in range(2, 6):
        project = factories.project(f"PIP-0{number}")
        factories.assign(world.director, Role.DIRECTOR, f"P:{project.pk}")
    with django_assert_num_queries(6):
        Client().get(address)
