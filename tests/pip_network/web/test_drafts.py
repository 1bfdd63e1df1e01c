"""The portal's half of a draft: the page that says it has the text, and the way back to the page."""

import json
import re

import pytest
from django.test import Client

from pip_network.people.access import Role
from tests import factories

PAGE = "http://testserver/knowledge/?q=leche"


@pytest.fixture
def person(db):
    factories.project()
    client = Client()
    client.force_login(factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01"))
    return client


def told(client):
    page = client.get("/account/").content.decode()
    return json.loads(re.search(r'data-sent="([^"]*)"', page)[1].replace("&quot;", '"'))


def set_language(client, **fields):
    """A form that is done at once, and leads on."""
    return client.post("/language/", {"language": "es", **fields})


def test_the_next_page_tells_what_arrived_and_tells_it_once(person):
    set_language(person, _draft="one")
    set_language(person, _draft="two")

    assert (told(person), told(person)) == (["one", "two"], [])


def test_a_form_without_a_draft_tells_nothing(person):
    set_language(person)

    assert told(person) == []


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ({"referer": PAGE}, "/knowledge/%3Fq%3Dleche"),
        ({"referer": "https://elsewhere.example/x/"}, "/monitoring/PIP-01/2004-S2/amend/"),
        ({}, "/monitoring/PIP-01/2004-S2/amend/"),
    ],
)
def test_an_ended_session_leads_back_to_the_page_of_the_form(db, referer, back):
    answer = Client().post("/monitoring/PIP-01/2004-S2/amend/", {"reason": "x"}, headers=referer)

    assert answer.status_code == 302
    assert answer["Location"].replace("%2F", "/") == f"/accounts/login/?next={back}"
