import pytest

from pip_network.models import AuditEvent, RoleAssignment, User
from pip_network.people.access import EVERYWHERE, Permission, Role, assignments, can
from pip_network.people.roles import end_role, give_role, give_roles
from pip_network.web.errors import Conflict, Invalid
from tests.projects.conftest import AT, day, events

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create(email="clara@example.org", name="Clara Muestra")


def test_give_role_counts_at_once(person, clerk):
    assert assignments(person) == []

    given = give_role(
        person=person,
        role=Role.DIRECTOR,
        scope="P:PIP-01",
        reason="Convenio firmado",
        by=clerk,
        at=AT,
    )

    assert can(person, Permission.SUBMIT, "P:PIP-01")
    assert not can(person, Permission.SUBMIT, "P:PIP-02")
    assert (given.since, given.given_by, given.reason) == (AT.date(), clerk, "Convenio firmado")
    event = events().get()
    assert (event.verb, event.object, event.details) == (
        "role.given",
        f"U:{person.pk}",
        {"role": "director", "scope": "P:PIP-01"},
    )


@pytest.mark.parametrize(
    ("role", "refused", "accepted"),
    [
        (Role.DIRECTOR, EVERYWHERE, "P:PIP-01"),
        (Role.DIRECTOR, "N:PIP-01-1", "P:PIP-01"),
        (Role.DIRECTOR, "P:", "P:PIP-01"),
        (Role.COORDINATOR, "P:PIP-01", "N:PIP-01-1"),
        (Role.SPECIALIST, "N:PIP-01-1", EVERYWHERE),
        (Role.INSTITUTION, EVERYWHERE, "I:4"),
        (Role.EXPERT, "P:PIP-01", EVERYWHERE),
        (Role.ADMINISTRATION, "P:PIP-01", EVERYWHERE),
        (Role.ADMINISTRATION, "", EVERYWHERE),
    ],
)
def test_a_role_is_held_where_it_has_sense(person, clerk, role, refused, accepted):
    with pytest.raises(Invalid) as error:
        give_role(person=person, role=role, scope=refused, by=clerk, at=AT)
    assert error.value.place == "scope"

    assert give_role(person=person, role=role, scope=accepted, by=clerk, at=AT).scope == accepted


def test_a_role_is_given_once_until_it_ends(person, clerk):
    given = give_role(person=person, role=Role.DIRECTOR, scope="P:PIP-01", by=clerk, at=AT)
    with pytest.raises(Conflict):
        give_role(person=person, role=Role.DIRECTOR, scope="P:PIP-01", by=clerk, at=AT)

    other = User.objects.create(email="otra@example.org", name="Otra Muestra")
    end_role(
        assignment=given,
        until=day("2006-03-01"),
        reason="Renuncia voluntaria",
        successor=other,
        by=clerk,
        at=AT,
    )
    assert not can(person, Permission.SUBMIT, "P:PIP-01")
    give_role(person=person, role=Role.DIRECTOR, scope="P:PIP-01", by=clerk, at=AT)
    assert RoleAssignment.objects.exclude(person=clerk).count() == 3


def test_an_account_that_is_off_gets_no_role(person, clerk):
    person.is_active = False
    person.save()
    with pytest.raises(Invalid):
        give_role(person=person, role=Role.EXPERT, scope=EVERYWHERE, by=clerk, at=AT)


def test_give_roles_all_or_none(person, clerk):
    good = (person, Role.DIRECTOR, "P:PIP-01")
    for bad, error in (((person, Role.DIRECTOR, "*"), Invalid), (good, Conflict)):
        with pytest.raises(error):
            give_roles(holdings=[good, bad], by=clerk, at=AT)
        assert not person.assignments.exists()

    assert (
        len(give_roles(holdings=[good, (person, Role.DIRECTOR, "P:PIP-02")], by=clerk, at=AT)) == 2
    )


def test_end_role_refused_twice_and_before_it_began(person, clerk):
    given = give_role(person=person, role=Role.EXPERT, scope=EVERYWHERE, by=clerk, at=AT)
    with pytest.raises(Invalid) as refused:
        end_role(assignment=given, until=day("2006-02-28"), by=clerk, at=AT)
    assert refused.value.place == "until"

    end_role(assignment=given, until=day("2006-03-01"), by=clerk, at=AT)
    with pytest.raises(Conflict):
        end_role(assignment=given, by=clerk, at=AT)
    assert AuditEvent.objects.filter(verb="role.ended").count() == 1
