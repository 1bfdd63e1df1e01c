import logging

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from pip_network.audit import denied
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "una-clave-larga-1"
MINE = ("access.", "signin.")


def told() -> list[tuple[str, str, str]]:
    rows = AuditEvent.objects.order_by("id").values_list("verb", "actor", "object")
    return [row for row in rows if row[0].startswith(MINE)]


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.clear()


@pytest.fixture
def director():
    person = factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def signed_in(director):
    client = Client()
    client.force_login(director)
    return client


def sign_in(client: Client, email: str, password: str):
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_what_a_person_may_not_open_is_recorded_and_what_she_may_is_not(signed_in, director):
    assert signed_in.get("/projects/").status_code == 200
    assert told() == []
    assert signed_in.get("/portfolio/").status_code == 404
    assert told() == [("access.hidden", f"U:{director.pk}", "/portfolio/")]
    assert AuditEvent.objects.get(verb="access.hidden").details["method"] == "GET"


def test_an_address_that_is_none_and_a_visitor_are_not_recorded(signed_in):
    assert signed_in.get("/no-such-page/").status_code == 404
    assert Client().get("/portfolio/").status_code == 302
    assert Client().get("/projects/NONE/").status_code == 404
    assert told() == []


def test_a_form_without_its_token_is_recorded():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/language/", {"language": "en"}).status_code == 403
    assert told() == [("access.forged", "visitor", "/language/")]


def test_a_foreign_host_is_recorded_without_its_name():
    assert Client().get("/", HTTP_HOST="evil.example").status_code == 400
    assert told() == [("access.host_refused", "visitor", "portal")]
    assert "evil" not in str(AuditEvent.objects.get(verb="access.host_refused").details)


def test_sign_ins_and_outs(director):
    client = Client()
    assert sign_in(client, director.email, PASSWORD).status_code == 302
    client.post("/accounts/logout/")
    assert told() == [
        (f"signin.{what}", f"U:{director.pk}", f"U:{director.pk}") for what in ("done", "ended")
    ]


def test_a_wrong_password_tells_the_account_and_a_wrong_e_mail_nothing(director):
    assert sign_in(Client(), director.email.upper(), "no").status_code == 200
    assert sign_in(Client(), "secret.person@example.org", PASSWORD).status_code == 200
    assert told() == [
        ("signin.failed", "visitor", f"U:{director.pk}"),
        ("signin.failed", "visitor", "no account"),
    ]
    assert "secret" not in str(list(AuditEvent.objects.filter(verb="signin.failed").values()))


def test_one_attempt_too_many_is_another_verb(director, monkeypatch):
    monkeypatch.setattr(denied, "EACH_A_MINUTE", 100)
    for _ in range(11):
        sign_in(Client(), director.email, "no")
    assert [verb for verb, _actor, _on in told()] == ["signin.failed"] * 10 + ["signin.locked"]


@pytest.fixture
def code(director) -> str:
    """The code of this half minute, of a second step that the director has set up."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(director, secret)
    return f"{totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())):06d}"


def give(client: Client, code: str):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def wrong(code: str) -> str:
    """Another digit in each place: none of the codes of a clock half a minute off is likely to be
    it.
    """
    return "".join(str((int(digit) + 5) % 10) for digit in code)


def test_a_wrong_code_of_the_second_step_is_recorded_and_lets_nobody_in(director, code):
    client = Client()
    assert sign_in(client, director.email, PASSWORD)["Location"] == "/accounts/2fa/authenticate/"
    assert give(client, wrong(code)).status_code == 200
    assert client.get("/account/").status_code == 302
    assert told() == [("signin.code_failed", "visitor", f"U:{director.pk}")]
    assert wrong(code) not in str(list(AuditEvent.objects.values()))

    assert give(client, code).status_code == 302
    assert client.get("/account/").status_code == 200
    assert [verb for verb, _actor, _on in told()] == ["signin.code_failed", "signin.done"]


def test_codes_are_not_guessed(director, code, monkeypatch):
    """After ten wrong ones not even the right one counts for a while; after nine it does."""
    monkeypatch.setattr(denied, "EACH_A_MINUTE", 100)
    for attempts, passes in ((9, True), (10, False)):
        cache.clear()
        client = Client()
        sign_in(client, director.email, PASSWORD)
        before = len(told())
        for _ in range(attempts):
            give(client, wrong(code))
        assert [verb for verb, _actor, _on in told()[before:]] == ["signin.code_failed"] * attempts
        totp.TOTP(director.authenticator_set.get())  # the authenticator itself is as it was
        give(client, code)
        assert (client.get("/account/").status_code == 200) is passes


def test_a_wrong_code_when_asked_again_is_recorded_too(director, code):
    client = Client()
    client.force_login(director)
    page = "/accounts/2fa/reauthenticate/"
    assert client.post(page, {"code": wrong(code)}).status_code == 200
    assert [verb for verb, _actor, _on in told()] == ["signin.code_failed"]
    assert client.post(page, {"code": code}).status_code == 302
    assert len(told()) == 1


def test_nobody_floods_the_trail(signed_in):
    with time_machine.travel(timezone.now(), tick=False):  # within one minute
        for _ in range(denied.EACH_A_MINUTE + 5):
            assert signed_in.get("/portfolio/").status_code == 404
    rows = AuditEvent.objects.filter(verb="access.hidden").order_by("id")
    assert rows.count() == denied.EACH_A_MINUTE
    assert [row.pk for row in rows if "further_ones_this_minute" in row.details] == [rows.last().pk]


def test_visitors_from_many_places_share_one_limit(monkeypatch):
    monkeypatch.setattr(denied, "ALL_A_MINUTE", 3)
    for number in range(6):
        Client().get("/", HTTP_HOST="evil.example", REMOTE_ADDR=f"10.0.0.{number}")
    assert len(told()) == 3


def test_a_place_is_a_code_and_not_the_address():
    one, same, other = (
        denied.place_of(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2")
    )
    assert one == same != other
    assert "10.0" not in one


def test_the_answer_stands_when_nothing_can_be_written(signed_in, caplog):
    """The database refuses every write to the trail, as one that is read-only would."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pip_network_auditevent RENAME TO elsewhere")
    caplog.set_level(logging.CRITICAL)
    assert signed_in.get("/portfolio/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO pip_network_auditevent")
    assert told() == []
