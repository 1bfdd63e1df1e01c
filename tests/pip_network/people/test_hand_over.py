"""A project is never without a director, the network never without administration."""

import datetime as dt

import pytest

from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.models import AuditEvent, Mail, RoleAssignment
from pip_network.people import actions, roles
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Invalid
from tests import factories
from tests.factories import PROCESS

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-03-01 09:00")
TODAY = AT.date()


@pytest.fixture
def admin():
    return factories.user("admin", role=Role.ADMINISTRATION, language="es")


@pytest.fixture
def leaving():
    return factories.user("sale", role=Role.DIRECTOR, scope="P:PIP-01", language="pt")


def directors() -> list[str]:
    held = (
        RoleAssignment.objects.current(TODAY)
        .filter(role=Role.DIRECTOR, scope="P:PIP-01")
        .order_by("pk")
    )
    return [row.person.name for row in held.select_related("person")]


def end(person, **extra):
    row = RoleAssignment.objects.get(person=person, until__isnull=True)
    return actions.end_role(
        **{"assignment": row, "until": TODAY, "reason": "Renuncia voluntaria", "at": AT, **extra}
    )


def test_the_last_director_does_not_go_without_a_successor(admin, leaving):
    with pytest.raises(Invalid) as refused:
        end(leaving, by=admin)
    assert refused.value.place == "successor"
    assert directors() == ["Sale"]
    assert Mail.objects.count() == 0

    end(leaving, by=admin, successor=factories.user("sigue", language="en"))

    assert directors() == ["Sigue"]
    assert list(Mail.objects.order_by("id").values_list("to", "subject")) == [
        ("sale@example.org", "Uma função sua na Rede PIP termina"),
        ("sigue@example.org", "You have been given a role in the PIP Network"),
    ]
    assert list(
        AuditEvent.objects.filter(verb__startswith="role.")
        .order_by("id")
        .values_list("verb", flat=True)
    ) == [
        "role.ended",
        "role.given",
    ]
    past = RoleAssignment.objects.get(person=leaving)
    assert (past.until, past.end_reason, past.ended_by) == (TODAY, "Renuncia voluntaria", admin)


def test_with_another_director_none_is_demanded(admin, leaving):
    factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-01")
    end(leaving, by=admin)
    assert directors() == ["Otra"]


@pytest.mark.parametrize("why", ["off", "later", "ending"])
def test_another_director_who_will_not_be_there_does_not_count(admin, leaving, why):
    other = factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-01")
    row = RoleAssignment.objects.get(person=other)
    if why == "off":
        other.is_active = False
        other.save()
    elif why == "later":
        row.since = TODAY + dt.timedelta(days=1)
    else:
        row.until = TODAY + dt.timedelta(days=9)
    row.save()
    with pytest.raises(Invalid):
        end(leaving, by=admin)


def test_an_end_in_the_future_demands_it_too(admin, leaving):
    later = TODAY + dt.timedelta(days=30)
    with pytest.raises(Invalid):
        end(leaving, by=admin, until=later)
    end(leaving, by=admin, until=later, successor=factories.user("sigue"))
    assert directors() == ["Sale"]
    assert RoleAssignment.objects.get(person__name="Sigue").since == later


def test_the_successor_is_somebody_else_who_may_sign_in(admin, leaving):
    off = factories.user("cerrada", is_active=False)
    for wrong in (leaving, off):
        with pytest.raises(Invalid):
            end(leaving, by=admin, successor=wrong)
        assert directors() == ["Sale"]


def test_a_role_counts_until_the_day_of_its_end(admin):
    person = factories.user("experta", role=Role.EXPERT)
    end(person, by=admin)
    yesterday = TODAY - dt.timedelta(days=1)
    held = RoleAssignment.objects.filter(person=person)
    assert [held.current(yesterday).count(), held.current(TODAY).count()] == [1, 0]


def test_the_last_administration_stays_and_nobody_ends_her_own(admin):
    other = factories.user("otra", role=Role.ADMINISTRATION)
    with pytest.raises(Invalid):
        end(admin, by=admin)
    end(other, by=admin)
    with pytest.raises(Invalid):
        roles.end_role(assignment=admin.assignments.get(), by=PROCESS, at=AT)


def test_switching_off_ends_all_at_once_or_nothing(admin, leaving):
    factories.assign(leaving, Role.EXPERT, "*")
    with pytest.raises(Invalid):
        actions.switch_off(
            person=leaving, reason="Se fue del proyecto", successors={}, by=admin, at=AT
        )
    leaving.refresh_from_db()
    assert (
        leaving.is_active,
        RoleAssignment.objects.filter(person=leaving, until__isnull=True).count(),
    ) == (True, 2)

    sigue = factories.user("sigue")
    actions.switch_off(
        person=leaving,
        reason="Se fue del proyecto",
        successors={"P:PIP-01": sigue},
        by=admin,
        at=AT,
    )
    leaving.refresh_from_db()
    assert (leaving.is_active, leaving.off_since, leaving.off_reason) == (
        False,
        AT,
        "Se fue del proyecto",
    )
    assert RoleAssignment.objects.filter(person=leaving, until__isnull=True).count() == 0
    assert directors() == ["Sigue"]
    with pytest.raises(Conflict):
        actions.switch_off(
            person=leaving, reason="Se fue del proyecto", successors={}, by=admin, at=AT
        )

    actions.switch_on(person=leaving, by=admin, at=AT)
    leaving.refresh_from_db()
    assert (leaving.is_active, leaving.off_reason) == (True, "")
    assert RoleAssignment.objects.filter(person=leaving, until__isnull=True).count() == 0


def test_nobody_switches_herself_off(admin):
    factories.user("otra", role=Role.ADMINISTRATION)
    with pytest.raises(Invalid):
        actions.switch_off(person=admin, reason="Error de registro", successors={}, by=admin, at=AT)


@pytest.mark.parametrize(
    "name",
    ["role_given", "role_ended", "switched_off", "switched_on", "sessions_ended", "invitation"],
)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_letter_is_written_in_every_language(name, language):
    person = factories.user("ana")
    given = {
        "person": person,
        "day": TODAY,
        "role": "R",
        "place": "L",
        "name": "Ana",
        "key": "KEY",
        "days": 7,
    }
    mail = letters.write(
        name, to=person.email, language=language, kind=MailKind.ACCOUNT, at=AT, **given
    )
    assert mail.subject
    assert "KEY" not in mail.subject
    assert ("/invitation/KEY/" in mail.body) is (name == "invitation")


@pytest.mark.django_db(transaction=True)
def test_two_directors_who_leave_at_the_same_instant(transactional_db):

    from tests.pip_network.people.racers import race_to_end  # noqa: PLC0415 -- starts processes

    admin = factories.user("admin", role=Role.ADMINISTRATION)
    for number in range(3):
        held = [
            factories.assign(
                factories.user(f"d{number}{letter}"), Role.DIRECTOR, f"P:PIP-{number}"
            ).pk
            for letter in "ab"
        ]
        assert sorted(race_to_end(held, admin.email)) == ["Invalid", "ok"]
        assert (
            RoleAssignment.objects.filter(scope=f"P:PIP-{number}", until__isnull=True).count() == 1
        )
