"""Every answer, whatever its status, carries the headers that keep browsers safe."""

import datetime as dt

import pytest
from django.test import Client

from pip_network.running import maintenance

ALWAYS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "X-Request-ID",
}


def answers(client: Client):
    """(what it is, status it must have, the answer)"""
    yield "page", 200, client.get("/")
    yield "static file", 200, client.head("/static/css/tokens.css")
    yield "no such static file", 404, client.get("/static/css/none.css")
    yield "moved", 301, client.get("/projects")
    yield "to the sign-in", 302, client.get("/monitoring/")
    yield "foreign host", 400, client.get("/", headers={"Host": "evil.example"})
    yield "nul", 400, client.get("/?q=%00")
    yield "no such page", 404, client.get("/no-such-page/")
    yield "wrong method", 405, client.post("/projects/")
    yield (
        "forged form",
        403,
        Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}),
    )
    yield "health", 200, client.get("/healthz")
    yield "not ready", 503, client.get("/readyz")
    yield "interface", 200, client.get("/api/v1/projects")
    yield "machines", 200, client.get("/robots.txt")
    yield "list as a file", 200, client.get("/projects/?export=csv")


def test_every_status_carries_them(db, client):
    found, wanted = {}, {}
    for what, status, answer in answers(client):
        found[what], wanted[what] = (
            (answer.status_code, ALWAYS - set(answer.headers)),
            (status, set()),
        )
    assert found == wanted


def test_a_failure_carries_them(db, monkeypatch):
    """A page of ours that breaks: the template's engine is asked for one that does not exist."""
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("pip_network.site.home.pages.Published", None)
    answer = client.get("/")
    assert (answer.status_code, ALWAYS - set(answer.headers)) == (500, set())


def test_maintenance_carries_them(client):
    maintenance.begin(minutes=5, message="", at=dt.datetime.now(dt.UTC))
    try:
        answer = client.get("/")
    finally:
        maintenance.end()
    assert (answer.status_code, ALWAYS - set(answer.headers)) == (503, set())


def test_what_waits_too_long_is_told_so(db, client):
    """The limit of sign-ins of one address: the page for it has the headers too."""
    for _ in range(40):
        client.post(
            "/accounts/login/",
            {"login": "nobody@example.org", "password": "x"},
            REMOTE_ADDR="192.0.2.7",
        )
    answer = client.post(
        "/accounts/login/",
        {"login": "nobody@example.org", "password": "x"},
        REMOTE_ADDR="192.0.2.7",
    )
    assert (answer.status_code, ALWAYS - set(answer.headers)) == (429, set())


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("seguridad@example.org", "mailto:seguridad@example.org"),
        ("https://example.org/s", "https://example.org/s"),
    ],
)
def test_security_txt_names_a_contact_and_does_not_expire(client, settings, contact, line):
    settings.SECURITY_CONTACT = contact
    said = dict(
        row.split(": ", 1)
        for row in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert said["Contact"] == line
    assert said["Canonical"] == f"{settings.PUBLIC_URL}/.well-known/security.txt"
    assert set(said) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
