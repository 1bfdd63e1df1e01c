import re

import pytest
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from pip_network.people.actions import change_account
from pip_network.site import navigation
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "una-frase-larga-2006"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


def person(role: Role | None = None, scope: str = "*", **fields):
    found = factories.user("ana", role=role, scope=scope, **fields)
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(client, password: str = PASSWORD, **more):
    return client.post(
        "/accounts/login/", {"login": "ana@example.org", "password": password, **more}
    )


@pytest.mark.parametrize(
    ("role", "scope", "start"),
    [
        (Role.DIRECTOR, "P:PIP-01", "/monitoring/"),
        (Role.COORDINATOR, "N:N1", "/monitoring/"),
        (Role.SPECIALIST, "P:PIP-01", "/portfolio/"),
        (Role.INSTITUTION, "*", "/start/"),
        (Role.EXPERT, "*", "/start/"),
        (Role.ADMINISTRATION, "*", "/start/"),
        (None, "*", "/"),
    ],
)
def test_each_role_lands_on_its_own_start_page(client, role, scope, start):
    person(role, scope)
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, start)


def test_the_page_that_was_asked_for_comes_first(client):
    person(Role.DIRECTOR, "P:PIP-01")
    assert sign_in(client, next="/projects/PIP-01/")["Location"] == "/projects/PIP-01/"


def test_another_site_is_never_where_one_lands(client):
    person(Role.INSTITUTION)
    assert sign_in(client, next="https://example.com/")["Location"] == "/start/"


def test_a_wrong_password_is_said_in_words(client):
    person()
    response = sign_in(client, password="otra")
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_enter(client):
    person(is_active=False)
    response = sign_in(client)
    assert response["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_is_stopped(client):
    person()
    for _attempt in range(10):
        sign_in(client, password="otra")
    assert "_auth_user_id" not in client.session
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_thirty_good_sign_ins_in_a_minute_pass(client):
    person()
    for _time in range(30):
        client.logout()
        assert sign_in(client).status_code == 302
        assert "_auth_user_id" in client.session


def test_nobody_signs_up(client):
    fields = {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", fields).status_code == 200
    assert not Mail.objects.exists()
    assert "_auth_user_id" not in client.session


def test_the_language_of_the_profile_follows_to_a_new_device(client):
    person(language="pt")
    sign_in(client)
    assert '<html lang="pt">' in client.get("/").content.decode()


def test_a_language_chosen_here_is_kept(client):
    person(language="pt")
    client.cookies["pip_language"] = "en"
    sign_in(client)
    assert '<html lang="en">' in client.get("/").content.decode()


def test_choosing_a_language_goes_back_and_is_kept_in_the_profile(client):
    who = person()
    client.force_login(who)
    response = client.post("/language/", {"language": "pt", "next": "/networks/?q=a"})
    assert (response.status_code, response["Location"]) == (302, "/networks/?q=a")
    who.refresh_from_db()
    assert who.language == "pt"


@pytest.mark.parametrize(
    ("language", "target"), [("xx", "/"), ("pt", "https://example.com/"), ("pt", "//example.com")]
)
def test_an_unknown_language_or_a_foreign_address_changes_nothing(client, language, target):
    response = client.post("/language/", {"language": language, "next": target})
    assert response["Location"] == "/"
    assert ("pip_language" in client.cookies) == (language == "pt")


@pytest.mark.parametrize("role", [None, *Role])
def test_the_menu_leads_only_to_rooms_that_open(client, role):
    """Seven at most for one person, each known and open to her."""
    if role:
        who = person(
            role,
            {"director": "P:PIP-01", "coordinator": "N:N1", "specialist": "P:PIP-01"}.get(
                role, "*"
            ),
        )
        client.force_login(who)
    menu = client.get("/").context["nav"]
    assert 5 <= len(menu) <= 7
    assert [client.get(link.url).status_code for link in menu] == [200] * len(menu)


def test_every_item_of_the_menu_has_an_address():
    assert all(reverse(item.url_name) for item in navigation.MAIN)


def test_whoever_sets_up_a_second_step_is_asked_for_it(client):
    who = person(Role.ADMINISTRATION)
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert not re.search(r"\sstyle=|src=.data:", page.content.decode())
    secret = page.context["form"].secret

    def code(step: int = 0) -> str:
        return auth.format_hotp_value(
            auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time())) + step)
        )

    first = code(1)
    client.post("/accounts/2fa/totp/activate/", {"code": first})
    assert who.authenticator_set.filter(type="totp").exists()
    client.logout()
    assert sign_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    # The code that set it up has opened what it opens; the next one opens the door.
    assert client.post("/accounts/2fa/authenticate/", {"code": first}).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post("/accounts/2fa/authenticate/", {"code": code(2)})["Location"] == "/start/"


@pytest.mark.parametrize(("name", "told"), [("Ana", 0), ("Ana María", 1)])
def test_an_account_that_stays_as_it_is_is_no_event(name, told):
    ana = person(Role.EXPERT, language="es", time_zone="America/Lima")
    given = {"language": "es", "time_zone": "America/Lima", "by": ana, "at": timezone.now()}
    assert change_account(name=name, **given).name == name
    assert AuditEvent.objects.filter(verb="person.changed").count() == told
