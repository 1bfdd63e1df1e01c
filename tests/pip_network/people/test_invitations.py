"""The only way to an account: one letter, one use, seven days."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from pip_network.models import AuditEvent, Invitation, Mail, RoleAssignment, User
from pip_network.people import invitations
from pip_network.people.access import Permission, Role, can
from pip_network.web.errors import Conflict, Invalid
from tests import factories

AT = factories.moment("2006-03-01 09:00")
WEEK = dt.timedelta(days=7)
GIVEN = {
    "email": "Nueva@Example.org",
    "name": "Nueva Persona",
    "role": Role.DIRECTOR,
    "scope": "P:PIP-01",
    "reason": "Convenio firmado",
}
PASSWORD = "una-frase-larga-7"  # noqa: S105 -- of a test


@pytest.fixture
def admin(db):
    return factories.user("admin", role=Role.ADMINISTRATION, language="es")


def invite(admin, at=AT, **other):
    return invitations.invite(**{**GIVEN, "language": "pt", **other}, by=admin, at=at)


def key() -> str:
    """As the letter has it."""
    return re.search(r"/invitation/([^/\s]+)/", Mail.objects.latest("id").body)[1]


def accept(key: str, at=AT, password=PASSWORD):
    return invitations.accept(
        key_hash=invitations.hash_of(key), name="Nueva", password=password, language="pt", at=at
    )


def test_one_letter_makes_one_account(admin):
    row = invite(admin)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("nueva@example.org", "Convite ao portal da Rede PIP")

    _row, user = accept(key(), AT + WEEK - dt.timedelta(seconds=1))

    assert (user.email, user.language, user.check_password(PASSWORD)) == (
        "nueva@example.org",
        "pt",
        True,
    )
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
    assert can(user, Permission.SUBMIT, "P:PIP-01")
    held = RoleAssignment.objects.get(person=user)
    assert (held.given_by, held.reason) == (admin, "Convenio firmado")
    row.refresh_from_db()
    assert row.accepted_by == user
    with pytest.raises(Conflict):
        accept(key())
    assert User.objects.count() == 2


def test_the_key_is_nowhere_but_in_the_letter(admin):
    row = invite(admin)
    stored = str(Invitation.objects.values().get()) + str(list(AuditEvent.objects.values()))
    assert key() not in stored
    assert row.key_hash == invitations.hash_of(key())
    assert "nueva" not in str(list(AuditEvent.objects.values())).lower()


def test_it_is_good_for_seven_days(admin):
    invite(admin)
    with pytest.raises(Conflict):
        accept(key(), AT + WEEK)
    assert User.objects.count() == 1


def test_sent_again_only_the_new_letter_counts(admin):
    row = invite(admin)
    old = key()
    invitations.send_again(invitation=row, by=admin, at=AT + WEEK)
    with pytest.raises(Conflict):
        accept(old, AT + WEEK)
    accept(key(), AT + WEEK)


def test_withdrawn_opens_nothing(admin):
    row = invite(admin)
    invitations.withdraw(invitation=row, by=admin, at=AT)
    with pytest.raises(Conflict):
        accept(key())
    for act in (invitations.send_again, invitations.withdraw):
        with pytest.raises(Conflict):
            act(invitation=row, by=admin, at=AT)
    invite(admin)
    accept(key())


@pytest.mark.parametrize("weak", ["corta1", "12345678901", "password1", "nueva@example.org"])
def test_weak_passwords_are_refused(admin, weak):
    invite(admin)
    with pytest.raises(Invalid) as refused:
        accept(key(), password=weak)
    assert refused.value.place == "password1"
    accept(key())


@pytest.mark.parametrize(
    ("other", "error", "place"),
    [
        ({"scope": "*"}, Invalid, "scope"),
        ({"email": "admin@example.org"}, Conflict, "email"),
        ({"email": "ADMIN@example.org"}, Conflict, "email"),
    ],
)
def test_inviting_refused(admin, other, error, place):
    with pytest.raises(error) as refused:
        invite(admin, **other)
    assert refused.value.place == place
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)
    invite(admin)


def test_one_open_invitation_for_an_address(admin):
    invite(admin)
    with pytest.raises(Conflict) as refused:
        invite(admin, email="nueva@EXAMPLE.org")
    assert refused.value.place == "email"
    assert Mail.objects.count() == 1


# --- the page

ANSWER = {
    "name": "Nueva",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "language": "pt",
    "time_zone": "America/Lima",
}


def test_the_letters_address_signs_in_who_answers(admin, client):
    invite(admin, timezone.now())
    response = client.get(f"/invitation/{key()}/")
    assert (response.status_code, response["Location"]) == (302, "/invitation/")
    assert client.get("/invitation/").status_code == 200

    wrong = client.post("/invitation/", {**ANSWER, "password2": "otra"})
    assert (wrong.status_code, User.objects.count()) == (422, 1)
    zone = client.post("/invitation/", {**ANSWER, "time_zone": "Mars/Olympus"})
    assert (zone.status_code, User.objects.count()) == (422, 1)
    done = client.post(
        "/invitation/",
        {**ANSWER, "is_superuser": "1", "role": "administration", "email": "x@example.org"},
    )

    assert (done.status_code, done["Location"]) == (302, "/monitoring/")
    user = User.objects.get(email="nueva@example.org")
    assert (user.time_zone, user.is_superuser, user.is_staff) == ("America/Lima", False, False)
    assert client.get("/account/").status_code == 200
    assert [row.role for row in user.assignments.all()] == ["director"]


@pytest.mark.parametrize("why", ["expired", "accepted", "withdrawn", "unknown"])
def test_links_of_no_use_say_why_and_nothing_of_accounts(admin, why):
    row = invite(admin, timezone.now() - (WEEK if why == "expired" else dt.timedelta(0)))
    opened = key()
    if why == "accepted":
        accept(opened, timezone.now())
    elif why == "withdrawn":
        invitations.withdraw(invitation=row, by=admin, at=timezone.now())
    elif why == "unknown":
        opened = "nonsense"
    client = Client()
    client.cookies["pip_language"] = "en"
    client.get(f"/invitation/{opened}/")
    people = User.objects.count()
    for response in (client.get("/invitation/"), client.post("/invitation/", ANSWER)):
        assert response.status_code == 410
        body = response.content.decode()
        assert "nueva@example.org" not in body
        assert {
            "expired": "has expired",
            "accepted": "has been used",
            "withdrawn": "has been withdrawn",
            "unknown": "opens no invitation",
        }[why] in body
    assert User.objects.count() == people
    refused = AuditEvent.objects.filter(verb="signin.link_refused").values_list("object", "actor")
    assert (
        list(refused)
        == [("invitation" if why == "unknown" else f"invitation:{row.pk}", "visitor")] * 2
    )


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_make_one_account(transactional_db):
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    from tests.pip_network.people.racers import race_to_accept  # noqa: PLC0415 -- starts processes

    for number in range(4):
        invite(admin, email=f"nueva{number}@example.org")
        outcomes = race_to_accept(invitations.hash_of(key()))
        assert sorted(outcomes) == ["Conflict", "ok"]
        assert User.objects.filter(email=f"nueva{number}@example.org").count() == 1
