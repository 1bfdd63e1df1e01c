"""The portal's half of a draft: the page that says it has the text, and the way back to the page."""

import json
import re

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.shortcuts import redirect
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from pip_network.models import Invitation
from pip_network.people.access import Role
from pip_network.web import once
from pip_network.web.drafts import DraftMiddleware, sent
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


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"_draft": "one"}, "la página se abre de nuevo"),
        ({}, "Entre y envíelo de nuevo."),
    ],
)
def test_the_sign_in_page_says_that_a_form_was_not_stored(db, sent, said):
    client = Client()
    page = client.post("/monitoring/PIP-01/2004-S2/amend/", sent, follow=True).content.decode()
    assert "Su sesión había terminado" in page
    assert said in " ".join(page.split())
    assert "Su sesión había terminado" not in client.get("/accounts/login/").content.decode()
    assert "Su sesión había" not in Client().get("/monitoring/", follow=True).content.decode()


@pytest.mark.parametrize(("tell", "names"), [(messages.error, []), (messages.success, ["one"])])
def test_a_form_that_led_back_with_a_refusal_has_not_arrived(tell, names):
    request = RequestFactory().post("/somewhere/", {"_draft": "one"})
    request.session, request._messages = {}, CookieStorage(request)

    def view(asked):
        tell(asked, "Dicho.")
        return redirect("/")

    assert DraftMiddleware(view)(request).status_code == 302
    assert sent(request) == names


INVITED = {
    "email": "nueva@example.org",
    "name": "Nueva",
    "language": "es",
    "role": "expert",
    "scope": "*",
    "reason": "Se acordó en la junta",
    "_draft": "one",
}


@pytest.mark.parametrize(("given", "names"), [({}, ["one"]), ({"reason": "x"}, [])])
def test_one_that_waits_for_the_password_arrives_when_it_is_taken_up(db, given, names):
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    admin.set_password("demo-PIP-2006")
    admin.save()
    client = Client()
    client.force_login(admin)
    address = reverse("invite")
    asked = client.post(address, {**INVITED, **given}, headers={"referer": PAGE})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert told(client) == []
    client.post(asked["Location"], {"password": "demo-PIP-2006"})
    assert Invitation.objects.count() == len(names)
    assert told(client) == names


@pytest.mark.parametrize(
    "address", ["/admin/workshops/workshop/add/", "/projects/new/", "/people/invitations/new/"]
)
def test_every_room_leads_back_to_the_page_of_the_form(db, address):
    answer = Client().post(address, {"name": "x"}, headers={"referer": PAGE})
    assert answer["Location"].replace("%2F", "/") == (
        "/accounts/login/?next=/knowledge/%3Fq%3Dleche"
    )


def test_a_part_that_was_sent_is_told_where_to_sign_in(db):
    """Its text waits in the browser; a part that was asked for goes to the sign-in at once."""
    part = {"hx-request": "true", "referer": PAGE}
    answer = Client().post("/monitoring/PIP-01/2004-S2/remarks/", {"text": "x"}, headers=part)
    assert answer.status_code == 401
    assert '<a href="/accounts/login/?next=%2Fknowledge%2F%3Fq%3Dleche">' in answer.content.decode()
    asked = Client().get("/monitoring/PIP-01/2004-S2/", headers=part)
    assert asked["HX-Redirect"] == "/accounts/login/?next=%2Fknowledge%2F%3Fq%3Dleche"


def test_a_key_that_is_spent_says_so(db):
    """What comes back over it would be refused for ever."""
    request = RequestFactory().post("/", {"form_key": "a"})
    drawn = Template("{% load portal %}{% form_key %}")
    assert drawn.render(Context({"request": request})) == (
        '<input type="hidden" name="form_key" value="a">'
    )
    setattr(request, once.SPENT, True)
    again = drawn.render(Context({"request": request}))
    assert again.endswith(" data-spent>")
    assert 'value="a"' not in again
