"""The world in which every action is tried: a project with rounds in every state, another project,
people of each role.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser

from monitoring.models import Submission
from monitoring.submission.opening import submit
from pip_network.models import User
from pip_network.people.access import Permission, Process, Role
from projects.models import Firm, Membership, Network, Project
from tests import factories
from tests.conftest import World

AT = factories.moment("2007-02-01 09:00")
DOING = {"by": factories.PROCESS, "at": AT}


class Act(NamedTuple):
    """One action as it is tried: who holds what it asks, and who of those who work here does not."""

    permissions: tuple[Permission, ...]  # one of them is enough
    does: str
    refused: str
    call: Callable[[Any], object]  # of whoever acts
    prepare: Callable[[], object] = lambda: None


def build() -> None:
    """`PIP-01` with a round approved, one submitted, one open; firms D and E that no round knows;
    the empty N3.
    """
    world = World()
    world.approved("2004-S1")
    submit(world.filled("2004-S2").pk, by=world.director, at=factories.moment("2005-01-20"))
    world.open("2005-S1")
    for code in ("FIRMDDDDD", "FIRMEEEEE"):
        factories.firm(code, world.n1, joined_on="2007-01-10")
    factories.network("N3", world.project, constituted_on="2007-01-05")
    factories.firm("FIRMZZZZZ", factories.network("N9", factories.project("PIP-99")))
    factories.user("experta", role=Role.EXPERT)
    off = factories.user("apagada", role=Role.ADMINISTRATION, is_active=False)
    assert not off.is_active


def person(name: str) -> User | AnonymousUser:
    """Read anew each time: what was tried before is undone in the database alone."""
    return AnonymousUser() if name == "visitante" else User.objects.get(email=f"{name}@example.org")


def firm(letter: str) -> Firm:
    return Firm.objects.get(code=f"FIRM{letter * 5}")


def network(code: str) -> Network:
    return Network.objects.get(code=code)


def project() -> Project:
    return Project.objects.get(code="PIP-01")


def stay(letter: str = "D") -> Membership:
    return Membership.objects.get(firm=firm(letter), network="N1")


def submission(round_code: str) -> Submission:
    return Submission.objects.get(project="PIP-01", round=round_code)


def process(*permissions: Permission) -> Process:
    return Process("one of these tests", frozenset(permissions))
