"""The protocol: each refusal beside the answer to what differs from it by one thing."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from knowledge.exchange.oai import records as listing
from tests import factories

from .asking import ADDRESS, NS, ask, codes, error, read, records, token

pytestmark = pytest.mark.django_db
DC = "metadataPrefix=oai_dc"


@pytest.fixture
def three(settings):
    settings.PUBLIC_URL = "https://red-pip.example.org"
    settings.CONTACT_EMAIL = "red-pip@example.org"
    for code in ("K1", "K2", "K3"):
        factories.work(code, f"Obra {code}")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("verb=Identify", ""),
        ("", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=type-book", "badArgument"),
        ("verb=ListSets", ""),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListMetadataFormats", ""),
        ("verb=ListMetadataFormats&identifier=oai:red-pip.example.org:K1", ""),
        ("verb=ListMetadataFormats&identifier=oai:red-pip.example.org:K9", "idDoesNotExist"),
        (f"verb=ListRecords&{DC}", ""),
        ("verb=ListRecords", "badArgument"),
        (f"verb=ListRecords&{DC}&{DC}", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=a%20b", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=%0B", "badResumptionToken"),
        (f"verb=ListRecords&resumptionToken=x&{DC}", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-01-01", ""),
        (f"verb=ListRecords&{DC}&from=2000-01-01T00:00:00Z", ""),
        (f"verb=ListRecords&{DC}&from=", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-01", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-13-01", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-01-01T00:00:00", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-01-01T00:00:00.5Z", "badArgument"),
        (f"verb=ListRecords&{DC}&from=9999-12-31", "noRecordsMatch"),
        (f"verb=ListRecords&{DC}&until=9999-12-31", ""),
        (f"verb=ListRecords&{DC}&until=0001-01-01", "noRecordsMatch"),
        (f"verb=ListRecords&{DC}&until=0000-01-01", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-01-01&until=2099-01-01", ""),
        (f"verb=ListRecords&{DC}&from=2000-01-01&until=2099-01-01T00:00:00Z", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2099-01-01&until=2000-01-01", "badArgument"),
        (f"verb=ListRecords&{DC}&from=2000-01-01&until=2000-01-01", "noRecordsMatch"),
        (f"verb=GetRecord&{DC}&identifier=oai:red-pip.example.org:K1", ""),
        (f"verb=GetRecord&{DC}&identifier=oai:red-pip.example.org:K9", "idDoesNotExist"),
        (f"verb=GetRecord&{DC}&identifier=oai:localhost:K1", "idDoesNotExist"),
        (f"verb=GetRecord&{DC}&identifier=K1", "idDoesNotExist"),
        (f"verb=GetRecord&{DC}&identifier=a%20b", "badArgument"),
        (f"verb=GetRecord&{DC}", "badArgument"),
        ("verb=GetRecord&identifier=oai:red-pip.example.org:K1", "badArgument"),
        (
            "verb=GetRecord&metadataPrefix=marc21&identifier=oai:red-pip.example.org:K1",
            "cannotDisseminateFormat",
        ),
    ],
)
def test_refusals_are_answers_of_the_protocol_by_get_and_by_post(three, question, code):
    client = Client(enforce_csrf_checks=True)
    form = "application/x-www-form-urlencoded"
    for answer in (
        client.get(f"{ADDRESS}?{question}"),
        client.post(ADDRESS, question, content_type=form),
    ):
        assert answer.status_code == 200
        root = read(answer.content)
        assert error(root) == code
        request = root.find("o:request", NS)
        assert request.text == "https://red-pip.example.org/library/oai"
        assert bool(request.attrib) == (code not in ("badVerb", "badArgument"))


def test_the_domain_is_of_the_settings_whoever_is_asked_for(client, three):
    answer = client.get(f"{ADDRESS}?verb=ListIdentifiers&{DC}", headers={"host": "localhost"})
    assert b"oai:red-pip.example.org:K1<" in answer.content
    assert b"localhost" not in answer.content


def test_the_repository_says_what_it_is(client, three, settings):
    identity = ask(client, "Identify")[2]
    said = {one.tag.rpartition("}")[2]: one.text for one in identity}
    assert said.pop("earliestDatestamp").endswith("Z")
    assert said == {
        "repositoryName": "Red PIP: Biblioteca",
        "baseURL": "https://red-pip.example.org/library/oai",
        "protocolVersion": "2.0",
        "adminEmail": "red-pip@example.org",
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
        "description": None,
    }
    settings.PUBLIC_URL = "http://localhost:8000"
    assert ask(client, "Identify")[2].find("o:description", NS) is None


def test_the_sets_are_named(client, three):
    names = {
        one.findtext("o:setSpec", namespaces=NS): one.findtext("o:setName", namespaces=NS)
        for one in ask(client, "ListSets")[2]
    }
    assert len(names) == 11
    assert (names["language-pt"], names["type-book"]) == ("Portugués", "Libro o capítulo")


@given(
    st.dictionaries(
        st.sampled_from(["identifier", "metadataPrefix", "set", "from", "until"]),
        st.text(max_size=12) | st.sampled_from(["oai_dc", "a:b", "oai:x:y", ":", "//", "a:@:1"]),
    ),
    st.sampled_from(["GetRecord", "ListRecords", "ListMetadataFormats"]),
)
def test_whatever_is_asked_is_answered(asked, verb):
    answer = Client().post(ADDRESS, {"verb": verb, **asked})
    assert answer.status_code == 200
    read(answer.content)


# --- lists in pages


@pytest.fixture
def pages_of_two(monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)


def test_a_list_of_one_page_has_no_token(client, three):
    assert token(records(client)) is None


def test_the_last_page_has_an_empty_token(client, three, pages_of_two):
    first = records(client)
    last = ask(client, "ListRecords", resumptionToken=token(first))
    assert codes(first) + codes(last) == ["K1", "K2", "K3"]
    assert token(last) == ""
    cursors = [root.find(".//o:resumptionToken", NS).get("cursor") for root in (first, last)]
    assert cursors == ["0", "2"]


def test_a_token_keeps_what_was_asked(client, three, pages_of_two):
    factories.work("K0", "Libro", type="book")
    first = records(client, set="type-report", since="2000-01-01", until="2099-01-01")
    last = ask(client, "ListRecords", resumptionToken=token(first))
    assert codes(first) + codes(last) == ["K1", "K2", "K3"]


def test_a_token_is_of_its_list_and_not_changed(client, three, pages_of_two):
    good = token(records(client, "ListIdentifiers"))
    assert error(ask(client, "ListIdentifiers", resumptionToken=good)) == ""
    assert error(ask(client, "ListRecords", resumptionToken=good)) == "badResumptionToken"
    bad = good[:-1] + ("A" if good[-1] != "A" else "B")
    assert error(ask(client, "ListIdentifiers", resumptionToken=bad)) == "badResumptionToken"


def test_a_token_is_good_after_another_key_was_set(client, three, pages_of_two, settings):
    good = token(records(client))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the portal"  # noqa: S105 - of this test
    assert codes(ask(client, "ListRecords", resumptionToken=good)) == ["K3"]
    settings.SECRET_KEY_FALLBACKS = []
    refused = ask(client, "ListRecords", resumptionToken=good)
    assert error(refused) == "badResumptionToken"
