"""Every address of the portal under attack, as a visitor, a director, an institution and the
administration.

The addresses are those of tests/access_rules.py, so that a new one is attacked as soon as it
exists.
"""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.urls import reverse

from pip_network.jobs import jobs
from pip_network.models import Job, Mail, RoleAssignment, User
from pip_network.people import passwords
from tests.access_rules import RULES, parameters

from .attacks import FORGED, LONG, QUERIES, TEXTS

ATTACKERS = ("visitor", "director", "institution", "administration")
ALL_TEXTS = dict(zip(FORGED, TEXTS, strict=False))  # each in a field of its own
SLOW = {"readyz"}  # answers 503 in tests, by design


class Fields(HTMLParser):
    """The names of the fields of all forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag, attributes):
        name = dict(attributes).get("name")
        if tag in ("input", "select", "textarea", "button") and name:
            self.names.add(name)


def answer(client, method: str, url: str, *args, **extra):
    """The answer; whatever it did is undone."""
    point = transaction.savepoint()
    try:
        found = getattr(client, method)(url, *args, **extra)
        if found.streaming:
            b"".join(found.streaming_content)
        return found
    finally:
        transaction.savepoint_rollback(point)


def urls():
    return [(name, reverse(name, kwargs=parameters(name))) for name in sorted(set(RULES) - SLOW)]


def foreign(found) -> bool:
    """Does the answer lead away from the portal?"""
    target = found.headers.get("Location", "") or found.headers.get("HX-Redirect", "")
    return (
        target.startswith(("//", "http:", "https:", "javascript:", "\\"))
        and "testserver" not in target
    )


@pytest.mark.parametrize("role", ATTACKERS)
def test_no_question_in_an_address_breaks_it_or_leads_away(places, role):
    client, wrong = places.client(role), []
    for name, url in urls():
        for query in QUERIES:
            found = answer(client, "get", f"{url}?{query}")
            if found.status_code >= 500 or foreign(found):
                wrong.append((name, query[:60], found.status_code, found.headers.get("Location")))
    assert wrong == []


@pytest.mark.parametrize("role", ATTACKERS)
def test_no_text_in_a_form_breaks_it_or_comes_back_as_markup(places, role):
    client, wrong = places.client(role), []
    for name, url in urls():
        page = answer(client, "get", url)
        fields = Fields()
        if page.status_code == 200 and "html" in page.headers.get("Content-Type", ""):
            fields.feed(page.content.decode())
        names = fields.names - {"csrfmiddlewaretoken"} or set(FORGED)
        for given in (ALL_TEXTS, *(dict.fromkeys(names, text) for text in TEXTS)):
            found = answer(client, "post", url, given)
            body = found.content.decode(errors="replace") if not found.streaming else ""
            marked = "<script>alert" in body or "<img src=x" in body
            if found.status_code >= 500 or marked or foreign(found):
                wrong.append((name, str(given)[:80], found.status_code, marked))
            if found.status_code == 405:
                break  # nothing is ever sent there: all texts were refused unread
    assert wrong == []


@pytest.mark.parametrize("role", ["visitor", "director", "institution"])
def test_fields_that_no_form_has_give_no_power(places, role):
    def powers():
        people = list(
            User.objects.order_by("pk").values_list(
                "pk", "email", "is_staff", "is_superuser", "is_active"
            )
        )
        return people, list(
            RoleAssignment.objects.order_by("pk").values_list("person", "role", "scope", "until")
        )

    before, client = powers(), places.client(role)
    gained = []
    for name, url in urls():
        point = transaction.savepoint()
        client.post(url, FORGED)
        if powers() != before:
            gained.append(name)
        transaction.savepoint_rollback(point)
    assert gained == []


@pytest.mark.parametrize("role", ["visitor", "administration"])
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"a": [1, {"b": null}]}', "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (LONG.encode(), "text/html"),
    ],
)
def test_a_body_that_is_not_what_it_says_breaks_nothing(places, role, body, content_type):
    client = places.client(role)
    statuses = {
        name: answer(client, "post", url, data=body, content_type=content_type).status_code
        for name, url in urls()
    }
    assert {name: status for name, status in statuses.items() if status >= 500} == {}


def test_a_forgotten_password_is_answered_with_the_portals_own_address(places):
    """The name in the request is the sender's: the letter must not carry it."""
    client = places.client("visitor")
    person = places.people["director"]
    assert (
        client.post(
            "/accounts/password/reset/", {"email": person.email}, headers={"Host": "evil.example"}
        ).status_code
        == 400
    )
    assert not Mail.objects.filter(to=person.email, body__contains="evil.example").exists()
    assert client.post("/accounts/password/reset/", {"email": person.email}).status_code == 302
    jobs.run(Job.objects.get(kind=passwords.KIND).pk, passwords.work)
    assert "evil.example" not in Mail.objects.filter(to=person.email).latest("pk").body
