"""A whole harvest by a client that is not ours, while works change."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from knowledge.exchange.oai import records as listing
from knowledge.models import Work
from knowledge.works import actions
from pip_network.people.access import Role
from tests import factories

from .asking import ADDRESS, ask, codes, read, token

pytestmark = pytest.mark.django_db
START = dt.datetime(2006, 3, 1, 10, tzinfo=dt.UTC)
NUMBER = 9


class Line:
    """What the client takes for its session; every answer is read by us too."""

    def __init__(self) -> None:
        self.client, self.answers = Client(), 0

    def get(self, _address, params, **_options):
        return self.answered(self.client.get(ADDRESS, params))

    def post(self, _address, data, **_options):
        return self.answered(self.client.post(ADDRESS, data))

    def answered(self, answer):
        read(answer.content)
        self.answers += 1
        answer.raise_for_status = lambda: None
        answer.text = answer.content.decode()
        return answer


@pytest.fixture(params=["GET", "POST"])
def harvester(request, monkeypatch, settings):
    settings.CONTACT_EMAIL = "red-pip@example.org"
    monkeypatch.setattr(listing, "PAGE", 2)
    monkeypatch.setattr("sickle.app.requests", Line())
    return Sickle("http://portal.example.org", http_method=request.param)


@pytest.fixture
def works(db):
    """Two in a second."""
    made = []
    for number in range(NUMBER):
        with time_machine.travel(START + dt.timedelta(seconds=number // 2), tick=False):
            made.append(factories.work(f"K{number}", f"Obra {number}"))
    return made


def taken(harvester, **asked):
    records = harvester.ListRecords(metadataPrefix="oai_dc", **asked)
    return [said(record) for record in records]


def said(record):
    code = record.header.identifier.rpartition(":")[2]
    return (code, None if record.deleted else record.metadata["title"][0])


def change(work, when, action=actions.correct_work, **values):
    by = factories.user(role=Role.ADMINISTRATION)
    with time_machine.travel(when, tick=False):
        action(work=work, by=by, at=when, **values)


def test_each_record_comes_once(works, harvester):
    assert taken(harvester) == [(f"K{number}", f"Obra {number}") for number in range(NUMBER)]
    headers = harvester.ListIdentifiers(metadataPrefix="oai_dc")
    assert len({header.identifier for header in headers}) == NUMBER


def test_what_changes_meanwhile_is_told_as_it_is_at_last(works, harvester):
    later = START + dt.timedelta(days=1)
    records = iter(harvester.ListRecords(metadataPrefix="oai_dc"))
    first = [said(next(records)) for _ in range(2)]
    change(works[0], later, title_es="Cambiada")
    change(works[5], later, actions.withdraw_work, reason="Su editor lo pidió.")
    change(works[8], later, title_es="Cambiada también")
    found = dict(first + [said(record) for record in records])
    assert found == {
        **{f"K{number}": f"Obra {number}" for number in range(NUMBER)},
        "K0": "Cambiada",
        "K5": None,
        "K8": "Cambiada también",
    }


def test_the_next_harvest_begins_where_this_one_ended(works, harvester):
    later = START + dt.timedelta(days=1)
    change(works[4], later, title_es="Cambiada")
    assert taken(harvester, **{"from": "2006-03-02"}) == [("K4", "Cambiada")]
    with pytest.raises(NoRecordsMatch):
        taken(harvester, **{"from": "2006-03-03"})


def test_a_list_up_to_a_moment_loses_what_changed_after_it_to_the_next(works, harvester):
    """What was to come and has changed since is not told as it was."""
    later = START + dt.timedelta(days=1)
    records = iter(harvester.ListRecords(metadataPrefix="oai_dc", until="2006-03-01"))
    found = [said(next(records))]
    change(works[8], later, title_es="Cambiada")
    found += [said(record) for record in records]
    assert [code for code, _title in found] == [f"K{number}" for number in range(NUMBER - 1)]
    assert Work.objects.filter(changed_at=later).count() == 1


def test_the_repository_is_known_to_the_client(works, harvester):
    assert harvester.Identify().deletedRecord == "persistent"
    assert [one.metadataPrefix for one in harvester.ListMetadataFormats()] == ["oai_dc"]
    assert len(list(harvester.ListSets())) == 11


MANY, SMALL_PAGE = 300, 7


def test_three_hundred_records_come_once_each_in_pages_of_seven(db, monkeypatch, settings):
    """Withdrawn ones too, whatever shares a second; page by page, by the token of the one before."""
    settings.CONTACT_EMAIL = "red-pip@example.org"
    monkeypatch.setattr(listing, "PAGE", SMALL_PAGE)
    made = factories.works(MANY)
    gone = {work.code for work in made[::50]}
    client, found, asked, pages = Client(), [], {"metadataPrefix": "oai_dc"}, 0
    while asked:
        root = ask(client, "ListRecords", **asked)
        found += codes(root)
        pages += 1
        said = token(root)
        asked = {"resumptionToken": said} if said else {}
    assert said == ""  # the last page says that it is
    assert pages == -(-MANY // SMALL_PAGE)
    assert len(found) == len(set(found)) == MANY
    assert {code[1:] for code in found if code.startswith("-")} == gone
    assert {code.lstrip("-") for code in found} == {work.code for work in made}
