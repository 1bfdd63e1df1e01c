import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from pip_network.models import Invitation, Mail, User
from pip_network.people.access import Permission, Role, can
from tests import factories

pytestmark = pytest.mark.django_db


def invite(*more: str) -> None:
    call_command(
        "first_administrator",
        "--email",
        "Ana@example.org",
        "--name",
        "Ana",
        "--language",
        "pt",
        *more,
    )


def test_a_new_portal_gets_its_administrator():
    invite()
    letter = Mail.objects.get()
    assert letter.to == "ana@example.org"
    (row,) = Invitation.objects.all()
    assert "Administração da rede (Toda a rede)" in letter.body
    assert (row.role, row.scope, row.language, row.name) == (
        Role.ADMINISTRATION.value,
        "*",
        "pt",
        "Ana",
    )
    assert Client().get(re.search(r"https?://[^/]+(/\S+)", letter.body)[1]).status_code in (
        200,
        302,
    )
    assert not User.objects.exists()


def test_typed_again_the_old_letter_opens_nothing():
    invite()
    first = Invitation.objects.get().key_hash
    invite()
    assert Invitation.objects.get().key_hash != first
    assert Mail.objects.count() == 2


def test_a_portal_with_an_administrator_refuses():
    held = factories.user("admin", role=Role.ADMINISTRATION, scope="*")
    assert can(held, Permission.MANAGE_PEOPLE)
    with pytest.raises(CommandError, match="This portal has an administrator"):
        invite()
    assert not Mail.objects.exists()
    invite("--force")
    assert Mail.objects.count() == 1


def test_an_administrator_who_may_not_sign_in_counts_for_nothing():
    factories.user("admin", role=Role.ADMINISTRATION, scope="*", is_active=False)
    invite()
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("email", ["no address", "", "ana@"])
def test_nonsense_is_one_sentence(email):
    with pytest.raises(CommandError):
        call_command("first_administrator", "--email", email, "--name", "Ana")
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()
