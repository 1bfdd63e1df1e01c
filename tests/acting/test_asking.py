"""The question itself: what a person or a program holds, where, and what is told to whom it is
refused.
"""

import pytest
from django.contrib.auth.models import AnonymousUser

from pip_network.people import access
from pip_network.people.access import EVERYWHERE, Permission, Process, Role
from pip_network.web.errors import Forbidden
from tests import factories

pytestmark = pytest.mark.django_db
KEEPER = Process("a program", frozenset({Permission.MANAGE_FIRMS}))


@pytest.fixture
def director():
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01")


def test_a_person_holds_what_her_roles_hold_where_they_hold_it(director):
    assert access.can(director, Permission.MANAGE_FIRMS, {"N:N1", "P:PIP-01"})
    assert not access.can(director, Permission.MANAGE_FIRMS, "P:PIP-02")
    assert not access.can(director, Permission.MANAGE_FIRMS)
    assert not access.can(director, Permission.REVIEW, "P:PIP-01")
    assert access.can_somewhere(director, Permission.MANAGE_FIRMS)
    assert access.scopes_with(director, Permission.MANAGE_FIRMS) == {"P:PIP-01"}
    assert access.codes_with(director, Permission.MANAGE_FIRMS, "P") == {"PIP-01"}
    assert access.codes_with(director, Permission.MANAGE_FIRMS, "N") == set()


def test_roles_of_several_kinds_are_told_apart_by_what_they_hold_and_where(director):
    factories.assign(director, Role.COORDINATOR, "N:N1")
    factories.assign(director, Role.INSTITUTION, "I:UNO")
    assert access.scopes_with(director, Permission.ENTER_NETWORK) == {"P:PIP-01", "N:N1"}
    assert access.codes_with(director, Permission.ENTER_NETWORK, "P") == {"PIP-01"}
    assert access.codes_with(director, Permission.ENTER_NETWORK, "N") == {"N1"}
    assert access.scopes_with(director, Permission.SUBMIT) == {"P:PIP-01"}
    assert access.codes_with(director, Permission.SUBMIT, "N") == set()
    assert access.scopes_with(director, Permission.REVIEW) == set()
    assert access.codes_with(director, Permission.REVIEW, "P") == set()


def test_a_specialist_of_one_project_reads_every_one():
    reader = factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01")
    assert access.scopes_with(reader, Permission.VIEW_MONITORING) is None
    assert access.can(reader, Permission.VIEW_MONITORING, "P:PIP-02")
    assert access.scopes_with(reader, Permission.REVIEW) == {"P:PIP-01"}


def test_a_program_holds_its_own_everywhere_and_nothing_else():
    assert access.can(KEEPER, Permission.MANAGE_FIRMS, "P:PIP-01")
    assert access.scopes_with(KEEPER, Permission.MANAGE_FIRMS) is None
    assert access.codes_with(KEEPER, Permission.MANAGE_FIRMS, "P") is None
    assert not access.can(KEEPER, Permission.MANAGE_REGISTRY, EVERYWHERE)
    assert not access.can_somewhere(KEEPER, Permission.MANAGE_REGISTRY)
    assert access.scopes_with(KEEPER, Permission.MANAGE_REGISTRY) == set()


def test_roles_are_read_once_for_one_person(director, django_assert_num_queries):
    with django_assert_num_queries(1):
        for permission in Permission:
            access.can(director, permission, "P:PIP-01")
    with django_assert_num_queries(0):
        access.can(KEEPER, Permission.MANAGE_FIRMS)
        access.can(AnonymousUser(), Permission.MANAGE_FIRMS)


def test_a_refusal_says_what_was_asked_or_what_the_action_says(director):
    with pytest.raises(Forbidden, match=r"^Las empresas de una red las mantienen"):
        access.require(director, Permission.MANAGE_FIRMS, "P:PIP-02")
    with pytest.raises(Forbidden, match=r"^No$") as refused:
        access.require(director, Permission.REVIEW, "P:PIP-01", "No", place="text")
    assert refused.value.place == "text"
    with pytest.raises(Forbidden, match=r"^Las empresas de una red las mantienen"):
        access.require_somewhere(factories.user(role=Role.EXPERT), Permission.MANAGE_FIRMS)
    access.require(director, Permission.MANAGE_FIRMS, "P:PIP-01")
    access.require_somewhere(director, Permission.MANAGE_FIRMS)


def test_a_column_names_a_person_or_nobody(director):
    assert access.person_of(director) == director
    assert access.person_of(KEEPER) is None
