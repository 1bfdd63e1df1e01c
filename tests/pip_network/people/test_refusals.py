"""What acts on people and institutions refuse, where no other rule would have caught it."""

import pytest
from django.core.exceptions import ValidationError

from pip_network.models import Institution, Invitation, Mail, User
from pip_network.people import actions, institutions, invitations
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Invalid
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-03-01 09:00")


@pytest.fixture
def admin():
    return factories.user("admin", role=Role.ADMINISTRATION, language="es")


def test_nobody_switches_herself_off_whatever_she_holds(admin):
    """Not only because she would end her own administration."""
    plain = factories.user("ana", role=Role.EXPERT)
    with pytest.raises(Invalid, match="su propia cuenta"):
        actions.switch_off(person=admin, reason="Error de registro", successors={}, by=admin, at=AT)
    assert User.objects.get(pk=admin.pk).is_active
    actions.switch_off(person=plain, reason="Se fue del proyecto", successors={}, by=admin, at=AT)
    assert not User.objects.get(pk=plain.pk).is_active


def test_an_account_that_is_on_is_not_switched_on(admin):
    plain = factories.user("ana")
    with pytest.raises(Conflict):
        actions.switch_on(person=plain, by=admin, at=AT)
    assert Mail.objects.count() == 0
    User.objects.filter(pk=plain.pk).update(is_active=False, off_since=AT)
    actions.switch_on(person=plain, by=admin, at=AT)
    assert User.objects.get(pk=plain.pk).is_active


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": "x" * 5000}, {"email": "no es una dirección"}]
)
def test_an_invitation_is_whole(admin, change):
    given = {
        "email": "nueva@example.org",
        "name": "Nueva",
        "role": Role.EXPERT,
        "scope": "*",
        "reason": "Convenio firmado",
        "language": "es",
    }
    with pytest.raises((Invalid, ValidationError)):
        invitations.invite(**(given | change), by=admin, at=AT)
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)
    invitations.invite(**given, by=admin, at=AT)
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("name", [" ", "x" * 5000])
def test_a_person_keeps_a_name(admin, name):
    person = factories.user("ana")
    with pytest.raises((Invalid, ValidationError)):
        actions.change_person(person=person, name=name, institution=None, by=admin, at=AT)
    assert User.objects.get(pk=person.pk).name == "Ana"
    actions.change_person(person=person, name="Ana María", institution=None, by=admin, at=AT)
    assert User.objects.get(pk=person.pk).name == "Ana María"


@pytest.mark.parametrize("change", [{"name": ""}, {"relation": "x"}, {"iso2": "ZZ"}])
def test_an_institution_is_not_changed_to_what_it_cannot_be(admin, change):
    row = institutions.create_institution(name="Agencia", relation="related", by=admin, at=AT)
    with pytest.raises(Invalid) as refused:
        institutions.update_institution(institution=row, **change, by=admin, at=AT)
    assert refused.value.place == next(iter(change))
    stored = Institution.objects.get()
    assert (stored.name, stored.relation, stored.iso2) == ("Agencia", "related", "")
    institutions.update_institution(institution=stored, name="Otra", iso2="CL", by=admin, at=AT)
    assert Institution.objects.get().name == "Otra"
