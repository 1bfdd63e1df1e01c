"""Who else is in a sheet: told to who has it open, forgotten soon, and no reason to stay signed in."""

import datetime as dt
import json

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from monitoring.models import SheetVisit
from monitoring.sheet.cells import CellKey
from monitoring.submission import visits
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS
from tests.monitoring.entry.views.test_cells import cell, save

HERE = ADDRESS + "networks/N1/visits/"
SALES, JOBS = "F:FIRMAAAAA|regular|sales", "F:FIRMBBBBB|regular|jobs"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def ask(client, where="", address=HERE):
    return client.post(address, json.dumps({"cell": where}), content_type="application/json")


def others(client, where=""):
    return [(one["name"], one["cell"]) for one in ask(client, where).json()["others"]]


def test_each_hears_of_the_others(opened, director, coordinator):
    assert others(director, SALES) == []
    assert others(coordinator, JOBS) == [("Directora", SALES)]
    assert others(director, SALES) == [("Coordinadora", JOBS)]


def test_a_saved_cell_is_the_last_one_seen(opened, director, coordinator):
    ask(director, SALES)
    SheetVisit.objects.update(seen_at=timezone.now() - MINUTE)
    save(director, cell(JOBS, "8"))

    assert others(coordinator) == [("Directora", JOBS)]


def test_a_cell_of_another_network_is_not_told(opened, director, coordinator):
    ask(director, SALES)
    SheetVisit.objects.update(seen_at=timezone.now() - MINUTE)
    save(director, cell("F:FIRMCCCCC|regular|jobs", "8"))

    assert others(coordinator) == [("Directora", SALES)]


@pytest.mark.parametrize(
    "where", ["", "nonsense", None, 7, "F:\0|regular|jobs", "F:A|regular|b" * 99]
)
def test_what_is_no_cell_is_none(opened, director, coordinator, where):
    assert ask(director, where).status_code == 200
    assert others(coordinator) == [("Directora", "")]


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b"[" * 50_000])
def test_a_body_that_makes_no_sense_is_no_cell(opened, director, body):
    assert director.post(HERE, body, content_type="application/json").status_code == 200


def test_who_has_closed_the_sheet_is_forgotten(opened, world, director, coordinator):
    ask(director, SALES)
    now = timezone.now()
    told = {"besides": world.coordinator}

    assert visits.visitors(opened, world.n1, **told, at=now + 2 * MINUTE)
    assert not visits.visitors(opened, world.n1, **told, at=now + 3 * MINUTE)
    visits.sweep(at=now + 4 * MINUTE)
    assert SheetVisit.objects.count() == 1
    visits.sweep(at=now + 6 * MINUTE)
    assert SheetVisit.objects.count() == 0


def test_a_visit_is_one_row_however_often_it_is_told(opened, world):
    for number in range(3):
        key = CellKey("F:FIRMAAAAA", "regular", f"v{number}")
        at = factories.moment("2005-01-20")
        visits.stamp_visit(opened, world.n1, world.director, key, at=at)

    assert list(SheetVisit.objects.values_list("cell", flat=True)) == ["F:FIRMAAAAA|regular|v2"]


def test_only_who_sees_the_sheet_asks(opened, coordinator, stranger, visitor):
    other = ADDRESS + "networks/N2/visits/"

    assert ask(visitor).status_code == 401
    assert (ask(stranger).status_code, ask(coordinator, address=other).status_code) == (404, 404)
    assert ask(coordinator).status_code == 200


def test_the_question_keeps_no_session_open_and_a_saved_cell_does(opened, director):
    row = Session.objects.get()
    soon = timezone.now() + 2 * MINUTE
    Session.objects.update(expire_date=soon)

    ask(director, SALES)
    assert Session.objects.get(pk=row.pk).expire_date == soon
    save(director, cell(JOBS, "8"))
    assert Session.objects.get(pk=row.pk).expire_date > soon


@pytest.mark.parametrize("people", [1, 3, 20])
def test_it_asks_little_however_many_are_there(
    opened, world, director, django_assert_num_queries, people
):
    for number in range(people):
        person = factories.user(f"otra{number}")
        visits.stamp_visit(opened, world.n1, person, None, at=timezone.now())

    with django_assert_num_queries(10):
        assert len(ask(director, SALES).json()["others"]) == people
