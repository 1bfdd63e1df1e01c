"""The records of the library as a file, and from one."""

import csv

import pytest

from knowledge.models import Work
from knowledge.works.authors import Named
from knowledge.works.resources import WorkResource
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")
COLUMNS = ["code", "original", "title_es", "type", "origin"]
ROW = ["", "es", "Redes", "report", "stated"]


@pytest.fixture
def curator():
    return factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01")


def planned(rows: list[list], curator):
    return WorkResource().plan(rows, by=curator, at=AT)


def added(curator, **more) -> Work:
    rows = [[*COLUMNS, *more], [*ROW, *more.values()]]
    resource = WorkResource()
    plan = resource.plan(rows, by=curator, at=AT)
    resource.confirm(plan, by=curator, at=AT)
    return Work.objects.get()


def test_what_is_taken_out_comes_in_without_a_change(client, curator):
    factories.work(
        "K1",
        "=Redes",
        authors=(Named("editor", "Dini", "M."), Named("author", literal="BID, OVE")),
        countries=("BR",),
        themes=(("credit", True),),
        embargo_until=factories.moment("2007-01-01 12:30"),
        source_url="https://example.org/1",
        link_checked_on=factories.day("2006-07-01"),
        link_answers=False,
    )
    factories.work("K2", "Redes", state="proposed", language="pt")
    client.force_login(curator)
    answer = client.get("/library/keep/records/", {"export": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    rows = list(csv.reader(lines, delimiter=";" if ";" in lines[0] else ","))
    assert [row[0] for row in rows] == ["code", "K1", "K2"]
    plan = planned(rows, curator)
    assert [(row.reasons, row.changes) for row in plan.rows] == [([], {}), ([], {})]


@pytest.mark.parametrize("address", ["", "?export=pdf"])
def test_records_are_taken_out_in_a_known_format(client, curator, address):
    client.force_login(curator)
    assert client.get(f"/library/keep/records/{address}").status_code == 404
    assert client.get("/library/keep/records/?export=xlsx").status_code == 200


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2007-01-01", "2007-01-01 00:00"),
        ("2007-01-01 12:30", "2007-01-01 12:30"),
        ("2007-01-01T12:30", "2007-01-01 12:30"),
    ],
)
def test_an_embargo_and_an_access_come_from_the_file(curator, said, moment):
    work = added(curator, embargo_until=said, access="network")
    assert (work.embargo_until, work.access) == (factories.moment(moment), "network")


def test_a_check_of_an_address_comes_from_the_file(curator):
    work = added(
        curator,
        source_url="https://example.org",
        link_checked_on="2006-07-01",
        link_answers="sí",
    )
    assert (work.link_checked_on, work.link_answers) == (factories.day("2006-07-01"), True)


@pytest.mark.parametrize(
    "more",
    [
        {"embargo_until": "01/02/2007"},
        {"embargo_until": "2007-02-30 10:00"},
        {"link_answers": "quizás", "link_checked_on": "2006-07-01"},
        {"link_answers": "no"},
        {"link_checked_on": "2006-07-01"},
        {"link_answers": "no", "link_checked_on": "2007-07-01"},
        {"title_pt": "\u200b\u0301"},
        {"authors": "\u200b\u2060"},
        {"publisher": "\u200b"},
        {"access": "restricted"},
    ],
    ids=str,
)
def test_what_cannot_be_is_told_in_the_preview(curator, more):
    rows = [[*COLUMNS, *more], [*ROW, *more.values()]]
    plan = planned(rows, curator)
    assert [bool(row.reasons) for row in plan.rows] == [True]
    assert planned([COLUMNS, ROW], curator).rows[0].reasons == []
