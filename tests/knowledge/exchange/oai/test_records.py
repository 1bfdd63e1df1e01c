"""What other libraries are told of works: what they are, when they changed, which have gone."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings

from knowledge.models import Work
from knowledge.works import actions, embargoes
from knowledge.works.authors import Named
from knowledge.works.placing import place
from pip_network.people.access import Role
from tests import factories

from .asking import NS, ask, codes, error, records, said

pytestmark = pytest.mark.django_db
HOST = settings.PUBLIC_URL.split("/")[2].split(":")[0]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def made(when: str, code: str, **facts) -> Work:
    with time_machine.travel(at(when), tick=False):
        return factories.work(code, f"Obra {code}", **facts)


def done(when: str, action, work: Work, **values) -> Work:
    curator = factories.user(role=Role.ADMINISTRATION)
    with time_machine.travel(at(when), tick=False):
        return action(work=work, by=curator, at=at(when), **values)


def stamp(client, code: str) -> str:
    root = get(client, code)
    return root.findtext(".//o:datestamp", namespaces=NS)


def get(client, code: str):
    return ask(client, "GetRecord", identifier=f"oai:{HOST}:{code}", metadataPrefix="oai_dc")


def test_a_record_says_what_is_known_in_the_languages_it_is_in(client):
    factories.work(
        "K1",
        "Redes & <b>cadenas</b>\x0b",
        type="guide",
        title_pt="Redes e cadeias",
        translation_status_pt="title",
        abstract_es="Trata\x07 de redes.",
        authors=(Named("author", "Dini", "M."), Named("editor", "", "", "CEPAL")),
        publisher="FOMIN",
        year=2004,
        countries=("BR",),
        themes=(("credit", False),),
        doi="10.1/x",
        licence="CC BY 4.0",
    )
    root = get(client, "K1")
    names = "title creator contributor publisher date description language type coverage subject"
    assert {name: said(root, name) for name in (*names.split(), "identifier", "rights")} == {
        "title": ["es: Redes & <b>cadenas</b>", "pt: Redes e cadeias"],
        "creator": ["Dini, M."],
        "contributor": ["CEPAL"],
        "publisher": ["FOMIN"],
        "date": ["2004"],
        "description": ["es: Trata de redes."],
        "language": ["es"],
        "type": ["es: Guía, manual o norma"],
        "coverage": ["es: Brasil"],
        "subject": ["es: Crédito"],
        "identifier": [f"{settings.PUBLIC_URL}/library/K1/", "doi:10.1/x"],
        "rights": ["CC BY 4.0"],
    }
    sets = [one.text for one in root.iterfind(".//o:setSpec", NS)]
    assert sets == ["language-es", "type-guide"]


def test_what_a_record_does_not_know_is_left_out(client):
    factories.work("K1", "Redes", type="book")
    root = get(client, "K1")
    found = {name: said(root, name) for name in ("creator", "date", "publisher", "description")}
    assert found == {"creator": [], "date": [], "publisher": [], "description": []}
    assert said(root, "type") == ["es: Libro o capítulo"]


@pytest.mark.parametrize(
    ("facts", "there"),
    [
        ({}, True),
        ({"access": "network"}, False),
        ({"state": "review"}, False),
        ({"embargo_until": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, False),
    ],
)
def test_what_nobody_could_ever_read_is_no_record(client, facts, there):
    factories.work("K1", "Redes", **facts)
    assert error(get(client, "K1")) == ("" if there else "idDoesNotExist")
    assert error(records(client)) == ("" if there else "noRecordsMatch")


def withdrawn(when, work):
    done(when, actions.withdraw_work, work, reason="Su editor lo pidió.")


def for_members(when, work):
    done(when, actions.correct_work, work, access="network")


def hidden(when, work):
    done(when, actions.correct_work, work, embargo_until=at("2099-01-01"))


@pytest.mark.parametrize("gone", [withdrawn, for_members, hidden])
def test_what_everybody_could_read_is_deleted_for_whatever_reason(client, gone):
    made("2006-03-01T10:00", "K1")
    work = made("2006-03-01T10:00", "K2")
    gone("2006-05-04T09:30", work)
    assert codes(records(client, since="2006-05-04")) == ["-K2"]
    assert codes(records(client, until="2006-05-03")) == ["K1"]
    root = get(client, "K2")
    assert codes(root) == ["-K2"]
    assert root.find(".//o:metadata", NS) is None
    assert get(client, "K1").find(".//o:metadata", NS) is not None


def test_a_withdrawal_undone_is_a_record_again(client):
    work = made("2006-03-01T10:00", "K1")
    withdrawn("2006-05-04T09:30", work)
    done("2006-05-05T09:30", actions.restore_work, work)
    assert codes(records(client, since="2006-05-05")) == ["K1"]


def test_the_stamp_is_of_the_last_change_in_whole_seconds(client):
    work = made("2006-03-01T10:00:00.9", "K1")
    assert stamp(client, "K1") == "2006-03-01T10:00:00Z"
    done("2006-03-02T11:00", actions.correct_work, work, year=2004)
    assert stamp(client, "K1") == "2006-03-02T11:00:00Z"
    done("2006-03-03T11:00", actions.correct_work, work, year=2004)
    assert stamp(client, "K1") == "2006-03-02T11:00:00Z"


def test_the_stamp_tells_nothing_of_what_only_members_read(client):
    work = made("2006-03-01T10:00", "K1")
    for_members("2006-05-04T09:30", work)
    done("2006-05-06T09:30", actions.correct_work, work, year=2004)
    assert stamp(client, "K1") == "2006-05-04T09:30:00Z"
    done("2006-05-07T09:30", actions.correct_work, work, access="public")
    assert stamp(client, "K1") == "2006-05-07T09:30:00Z"


def test_a_work_appears_with_the_stamp_of_the_end_of_its_embargo(client):
    made("2006-03-01T10:00", "K1", embargo_until=at("2006-04-01T00:00"))
    assert error(records(client)) == "noRecordsMatch"
    with time_machine.travel(at("2006-04-01T00:01"), tick=False):
        embargoes.sweep(at=at("2006-04-01T00:01"))
    assert stamp(client, "K1") == "2006-04-01T00:01:00Z"


def test_whoever_asks_is_told_what_everybody_may_read(client):
    factories.work("K1", "Redes")
    factories.work("K2", "Redes", access="network")
    client.force_login(factories.user(role=Role.ADMINISTRATION))
    assert codes(records(client)) == ["K1"]


def test_a_record_without_a_title_is_named_by_its_code(client):
    work = Work.objects.create(code="K1", state="published", origin="stated", type="report")
    place(work, at=at("2006-01-01"))
    root = get(client, "K1")
    assert said(root, "title") == []
    assert said(root, "identifier") == [f"{settings.PUBLIC_URL}/library/K1/"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("language-es", ["K1", "K2"]),
        ("language-pt", ["K2"]),
        ("type-book", ["K1"]),
        ("type-guide", []),
        ("nothing", []),
    ],
)
def test_a_set_holds_the_works_of_a_language_or_a_type(client, name, found):
    made("2006-03-01T10:00", "K1", type="book", title_pt="Redes", translation_status_pt="title")
    made("2006-03-01T10:00", "K2", title_pt="Redes", translation_status_pt="network")
    root = records(client, "ListIdentifiers", set=name)
    assert codes(root) == found
    assert error(root) == ("" if found else "noRecordsMatch")


@pytest.mark.parametrize("many", [1, 3, 12])
@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_a_list_asks_the_same_number_of_questions(client, django_assert_num_queries, verb, many):
    for number in range(many):
        authors = (Named("author", "Dini", "M."),)
        factories.work(f"K{number}", "Redes", authors=authors, countries=("BR",))
    with django_assert_num_queries(10):
        assert len(codes(records(client, verb))) == many
