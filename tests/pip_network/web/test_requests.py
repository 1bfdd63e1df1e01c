import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from pip_network.models import User
from pip_network.people.access import Role
from pip_network.running.request_id import current_request_id
from pip_network.web import requests
from tests import factories

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def boom(request):
    raise ZeroDivisionError


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "extra", "status"),
    [
        ("get", "/healthz", {}, 200),
        ("get", "/no-such-page/", {}, 404),
        ("get", "/healthz", {"HTTP_HOST": "evil.example.org"}, 400),
        ("delete", "/healthz", {}, 405),
        ("post", "/accounts/login/", {}, 403),
        ("get", "/boom/", {}, 500),
        ("get", "/static/vendor/htmx.min.js", {}, 200),
    ],
)
def test_every_answer_has_the_policy_headers_and_an_id(method, path, extra, status, monkeypatch):
    if path == "/boom/":
        monkeypatch.setattr("pip_network.running.health.healthz", boom)
        monkeypatch.setattr("django.urls.resolvers.URLPattern.resolve", _resolve_to_boom)
    client = Client(enforce_csrf_checks=method == "post", raise_request_exception=False)
    answer = getattr(client, method)(path, **({"HTTP_HOST": "localhost"} | extra))
    answer.close()
    assert answer.status_code == status
    for name, part in HEADERS.items():
        assert part in answer.get(name, ""), name
    assert "unsafe-" not in answer["Content-Security-Policy"]
    assert len(answer["X-Request-ID"]) == 12


def _resolve_to_boom(self, path):
    from django.urls import ResolverMatch  # noqa: PLC0415 -- only here

    return ResolverMatch(boom, (), {}) if path == "boom/" else None


def test_an_id_from_outside_is_not_taken_over(client):
    assert client.get("/healthz", HTTP_X_REQUEST_ID="forged").get("X-Request-ID") != "forged"


def test_two_requests_have_two_ids_and_none_is_left(client):
    first, second = (client.get("/healthz")["X-Request-ID"] for _ in range(2))
    assert first != second
    assert current_request_id() == ""


@pytest.mark.django_db
def test_a_line_without_the_question_is_logged(client, caplog):
    with caplog.at_level(logging.INFO, logger="pip_network.web.requests"):
        client.get("/healthz")
        client.get("/no-such-page/?name=Ana")
    (record,) = [each for each in caplog.records if each.name == "pip_network.web.requests"]
    assert record.getMessage().startswith("GET /no-such-page/ 404 ")


@pytest.mark.django_db
def test_the_key_of_a_letter_is_not_logged(client, caplog):
    caplog.set_level(logging.INFO, "pip_network.web.requests")
    client.get("/accounts/password/reset/key/1-abc123-s3cr3t/")
    client.get("/mail/off/WzEsInJldHVybmVkIl0.s3cr3t/")
    client.get("/figures/0123456789abcdef/")
    lines = [
        record.getMessage().split()[1]
        for record in caplog.records
        if record.name == "pip_network.web.requests"
    ]
    assert lines == [
        "/accounts/password/reset/key/***/",
        "/mail/off/***/",
        "/figures/0123456789abcdef/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/monitoring/", "/reports/", "/portfolio/", "/account/"])
def test_what_a_signed_in_person_sees_is_kept_nowhere(client, page):
    client.force_login(factories.user("ana", role=Role.SPECIALIST, scope="P:PIP-01"))
    assert "no-store" in client.get(page)["Cache-Control"]


@pytest.mark.django_db
def test_what_a_visitor_sees_may_be_kept(client):
    assert "Cache-Control" not in client.get("/projects/")


def test_lines_outside_a_request_have_a_dash():
    record = logging.LogRecord("x", logging.INFO, "", 0, "", (), None)
    assert requests.RequestIdFilter().filter(record)
    assert record.request_id == "-"


def ask(cookie: str = "", user=None, session: bool = False, accept: str = "en") -> str:
    request = RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE=accept)
    if cookie:
        request.COOKIES["pip_language"] = cookie
    if session:
        request.COOKIES["sessionid"] = "x"
    request.user = user or AnonymousUser()
    answer = requests.LanguageMiddleware(lambda request: HttpResponse(get_language()))(request)
    assert answer["Content-Language"] == answer.content.decode() == request.LANGUAGE_CODE
    return answer.content.decode()


@pytest.mark.parametrize(
    ("cookie", "profile", "session", "spoken"),
    [
        ("", "", False, "es"),
        ("pt", "", False, "pt"),
        ("xx", "", False, "es"),
        ("", "en", True, "en"),
        ("pt", "en", True, "pt"),
        ("", "", True, "es"),
        ("", "xx", True, "es"),
    ],
)
def test_the_reader_chooses_the_language_and_never_the_browser(cookie, profile, session, spoken):
    assert ask(cookie, User(language=profile) if profile else None, session) == spoken


@pytest.mark.django_db
def test_a_visitor_costs_no_query_for_her_language(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")
