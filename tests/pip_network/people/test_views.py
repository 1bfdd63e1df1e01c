"""The rooms of people: who asks again, what is seen at once, what opens only with a second step."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from pip_network.models import AuditEvent, Mail, RoleAssignment, User
from pip_network.people.access import Role
from pip_network.people.time_zones import exists
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "una-frase-larga-7"  # noqa: S105 -- of a test
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=ana"}


def member(name: str, **fields) -> User:
    person = factories.user(name, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def signed_in(person: User, **browser) -> Client:
    client = Client(**browser)
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def confirm(client: Client, asked):
    """Answers the question that `asked` leads to."""
    page = urlsplit(asked["Location"])
    return client.post(page.path, {"password": PASSWORD, "next": parse_qs(page.query)["next"][0]})


@pytest.fixture
def admin():
    return member("admin", role=Role.ADMINISTRATION, language="en")


@pytest.fixture
def experta():
    return member("experta", role=Role.EXPERT, language="es")


def test_a_form_sent_too_late_waits_and_is_taken_up(admin, experta):
    factories.project("PIP-01")
    client, page = signed_in(admin), f"/people/{experta.pk}/roles/new/"
    given = {
        "role": "director",
        "scope": "P:PIP-01",
        "since": "2006-03-01",
        "reason": "Convenio firmado",
    }
    asked = client.post(page, given)
    assert (asked.status_code, asked["Location"].startswith("/accounts/reauthenticate/")) == (
        302,
        True,
    )
    assert experta.assignments.count() == 1

    wrong = client.post("/accounts/reauthenticate/", {"password": "otra", "next": page})
    assert (wrong.status_code, experta.assignments.count()) == (200, 1)
    done = confirm(client, asked)

    assert (done.status_code, done["Location"]) == (302, f"/people/{experta.pk}/")
    assert RoleAssignment.objects.get(person=experta, role="director").given_by == admin
    assert client.get(page).status_code == 200  # fresh now


def test_who_may_not_know_of_the_room_is_asked_nothing(experta, admin):
    client = signed_in(experta)
    for page in ("/people/", "/people/invitations/new/", f"/people/{admin.pk}/off/"):
        assert client.get(page).status_code == 404
    assert Client().get("/people/invitations/new/")["Location"].startswith("/accounts/login/")


def test_htmx_is_led_to_the_question(admin):
    answer = signed_in(admin).get("/people/invitations/new/", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (
        200,
        "/accounts/reauthenticate/?next=%2Fpeople%2F%3Fq%3Dana",
    )


def test_an_open_page_learns_that_the_role_has_ended(admin, experta):
    client = signed_in(admin)
    assert client.get("/people/", headers=HTMX).status_code == 200
    RoleAssignment.objects.filter(person=admin).update(until="2006-01-01", since="2005-01-01")
    answer = client.get("/people/", headers=HTMX)
    body = answer.content.decode()
    assert (answer.status_code, "<html" in body, "Your access may have changed" in body) == (
        404,
        False,
        True,
    )


def test_an_open_page_is_led_to_the_sign_in_after_the_session_ended(admin, experta):
    theirs, ours = signed_in(experta), signed_in(admin)
    assert theirs.get("/account/").status_code == 200
    assert ours.post(f"/people/{experta.pk}/sessions/").status_code == 302
    assert theirs.get("/account/").status_code == 302
    answer = theirs.get("/account/", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (
        200,
        "/accounts/login/?next=%2Fpeople%2F%3Fq%3Dana",
    )
    assert ours.get("/account/").status_code == 200


def test_switched_off_counts_at_the_next_request(admin, experta):
    theirs, ours = signed_in(experta), signed_in(admin)
    page = f"/people/{experta.pk}/off/"
    confirm(ours, ours.get(page))
    assert ours.post(page, {}).status_code == 422
    assert ours.post(page, {"reason": "Se fue del proyecto"}).status_code == 302
    assert theirs.get("/account/").status_code == 302
    again = Client().post("/accounts/login/", {"login": experta.email, "password": PASSWORD})
    assert again.status_code in (200, 302)
    assert (
        Mail.objects.filter(to=experta.email).latest("id").subject
        == "Su cuenta en la Red PIP está cerrada"
    )


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_list_costs_the_same_whatever_its_length(admin, rows, django_assert_num_queries):
    for number in range(rows):
        person = factories.user(f"persona{number}", role=Role.DIRECTOR, scope=f"P:PIP-{number}")
        factories.assign(person, Role.EXPERT, "*")
    client = signed_in(admin)
    with django_assert_num_queries(QUERIES):
        assert client.get("/people/").status_code == 200


QUERIES = 9


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("q=jose", ["José Peña"]),
        ("q=PENA", ["José Peña"]),
        ("role=expert", ["José Peña"]),
        ("role=none", ["Ana Sola"]),
        ("state=off", ["Ana Sola"]),
        ("signed=never", ["Ana Sola", "José Peña"]),
        ("signed=30", ["Admin"]),
        ("role=nonsense&sort=nowhere&page=999", ["Admin", "Ana Sola", "José Peña"]),
    ],
)
def test_filters(admin, question, names):
    factories.user("jp", role=Role.EXPERT)
    User.objects.filter(email="jp@example.org").update(name="José Peña")
    factories.user("as", is_active=False)
    User.objects.filter(email="as@example.org").update(name="Ana Sola")
    client = signed_in(admin)
    found = client.get(f"/people/?{question}").context["table"]
    assert [row.record.name for row in found.rows] == names
    lines = client.get(f"/people/?{question}&export=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == names


def test_own_account(experta):
    client = signed_in(experta)
    good = {"name": "Marta", "language": "pt", "time_zone": "America/Lima"}
    for wrong in (
        {"time_zone": "../etc/passwd"},
        {"language": "xx"},
        {"name": ""},
        {"name": "x" * 10_000},
    ):
        assert client.post("/account/", {**good, **wrong}).status_code == 422
    assert (
        client.post("/account/", {**good, "is_staff": "1", "email": "otra@example.org"}).status_code
        == 302
    )
    experta.refresh_from_db()
    assert (experta.name, experta.language, experta.time_zone) == ("Marta", "pt", "America/Lima")
    assert (experta.is_staff, experta.email) == (False, "experta@example.org")
    assert AuditEvent.objects.get(verb="person.changed").details == {
        "fields": ["name", "language", "time_zone"]
    }


@pytest.mark.parametrize(
    ("zone", "known"),
    [("America/Lima", True), ("Mars/Olympus", False), ("../../etc/passwd", False)],
)
def test_zones(zone, known):
    assert exists(zone) is known


# --- the second step


@pytest.mark.parametrize(
    ("role", "required", "status"),
    [
        (Role.SPECIALIST, True, 302),
        (Role.ADMINISTRATION, True, 302),
        (Role.EXPERT, True, 200),
        (Role.SPECIALIST, False, 200),
    ],
)
def test_the_second_step_comes_before_anything_else(settings, role, required, status):
    settings.SECOND_FACTOR_REQUIRED = required
    client = signed_in(
        member("persona", role=role, scope="P:PIP-01" if role == Role.SPECIALIST else "*")
    )
    answer = client.get("/account/")
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == "/accounts/2fa/totp/activate/"
        assert (
            client.get("/account/", headers=HTMX)["HX-Redirect"] == "/accounts/2fa/totp/activate/"
        )
        assert client.get("/accounts/reauthenticate/").status_code == 200
        assert client.post("/accounts/logout/").status_code == 302


def test_with_the_second_step_everything_opens_and_it_stays(settings, admin):
    settings.SECOND_FACTOR_REQUIRED = True
    secret = generate_totp_secret()
    TOTP.activate(admin, secret)
    client = Client()
    asked = client.post("/accounts/login/", {"login": admin.email, "password": PASSWORD})
    assert asked["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/account/").status_code == 302
    code = hotp_value(secret, next(yield_hotp_counters_from_time()))
    assert client.post("/accounts/2fa/authenticate/", {"code": f"{code:06d}"}).status_code == 302
    assert client.get("/account/").status_code == 200
    confirm(client, client.get("/accounts/2fa/totp/deactivate/"))
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 200
    assert admin.authenticator_set.count() == 1

    settings.SECOND_FACTOR_REQUIRED = False
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert admin.authenticator_set.count() == 0
    assert Mail.objects.latest("id").subject == "The second step was taken off"


# --- letters


def test_a_browser_not_used_before_is_told_of(experta):
    first = signed_in(experta)
    assert Mail.objects.count() == 0
    first.post("/accounts/logout/")
    first.post("/accounts/login/", {"login": experta.email, "password": PASSWORD})
    assert Mail.objects.count() == 0
    signed_in(experta)
    assert Mail.objects.get().subject == "Entrada desde un navegador no usado antes"


def test_a_changed_password_is_told_in_her_language(experta):
    client = signed_in(experta)
    client.cookies["pip_language"] = "en"
    new = {
        "oldpassword": PASSWORD,
        "password1": "otra-frase-larga-8",
        "password2": "otra-frase-larga-8",
    }
    assert client.post("/accounts/password/change/", new).status_code == 302
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("experta@example.org", "Se cambió su contraseña")
    assert "otra-frase" not in mail.body


def test_the_administration_sends_the_letter_for_a_password(admin, experta):
    answer = signed_in(admin).post(f"/people/{experta.pk}/password/")
    assert answer.status_code == 302
    mail = Mail.objects.get(to=experta.email)
    assert "/accounts/password/reset/key/" in mail.body
    assert (
        AuditEvent.objects.filter(verb="person.reset_sent", object=f"U:{experta.pk}").count() == 1
    )
