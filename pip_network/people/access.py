"""Who may do what: permissions as an enum, roles as data, one question (`can`); actions ask it by
`require`.

Scopes are text keys: `*`, `P:<project>`, `N:<network>`, `I:<institution>`. An object offers the
keys it stands under (a network: its own and its project's); a role assigned to any of them, or to
`*`, counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pip_network.web.days import today
from pip_network.web.errors import Forbidden

if TYPE_CHECKING:
    from pip_network.models import User

EVERYWHERE = "*"


class Permission(StrEnum):
    VIEW_MONITORING = "view_monitoring"  # the sheets and submissions of a project
    ENTER_NETWORK = "enter_network"  # cells of a network and of its firms
    ENTER_PROJECT = "enter_project"  # cells of the project level, narrative
    SUBMIT = "submit"
    AMEND = "amend"
    REVIEW = "review"  # remarks, return, approve
    VIEW_REVIEW_QUEUE = "view_review_queue"
    VIEW_PORTFOLIO = "view_portfolio"
    VIEW_FIRM_NAMES = "view_firm_names"
    ORDER_REPORT = "order_report"  # staff reports over the whole portfolio
    ORDER_OWN_REPORT = "order_own_report"  # a report limited to one's own project
    MANAGE_REGISTRY = (
        "manage_registry"  # projects, networks, institutions; goes with the firms of all
    )
    MANAGE_FIRMS = (
        "manage_firms"  # firms of one's own networks: register, change, join, leave, close
    )
    MANAGE_RATES = "manage_rates"
    MANAGE_CALENDAR = "manage_calendar"  # rounds: creating them, their opening and due days
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_PEOPLE = "manage_people"
    VIEW_AUDIT = "view_audit"
    VIEW_INTERNAL = "view_internal"  # the rooms of the members of the learning network


class Role(StrEnum):
    DIRECTOR = "director"
    COORDINATOR = "coordinator"
    SPECIALIST = "specialist"
    INSTITUTION = "institution"
    EXPERT = "expert"
    ADMINISTRATION = "administration"

    @property
    def label(self):
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.DIRECTOR: _("Project director"),
    Role.COORDINATOR: _("Network coordinator"),
    Role.SPECIALIST: _("MIF specialist"),
    Role.INSTITUTION: _("Partner institution"),
    Role.EXPERT: _("Expert"),
    Role.ADMINISTRATION: _("Network administration"),
}

# Where each role can be held: everywhere, or the kind of thing its scope names (P project, N
# network, I institution).
SCOPES: dict[Role, tuple[str, ...]] = {
    Role.DIRECTOR: ("P",),
    Role.COORDINATOR: ("N",),
    Role.SPECIALIST: ("P", EVERYWHERE),
    Role.INSTITUTION: ("I",),
    Role.EXPERT: (EVERYWHERE,),
    Role.ADMINISTRATION: (EVERYWHERE,),
}

P = Permission
ROLES: dict[Role, frozenset[Permission]] = {
    Role.DIRECTOR: frozenset(
        {
            P.VIEW_MONITORING,
            P.ENTER_NETWORK,
            P.ENTER_PROJECT,
            P.SUBMIT,
            P.AMEND,
            P.VIEW_FIRM_NAMES,
            P.MANAGE_FIRMS,
            P.ORDER_OWN_REPORT,
            P.VIEW_INTERNAL,
        }
    ),
    Role.COORDINATOR: frozenset(
        {P.VIEW_MONITORING, P.ENTER_NETWORK, P.VIEW_FIRM_NAMES, P.MANAGE_FIRMS, P.VIEW_INTERNAL}
    ),
    # Reviews where it is assigned; with any project of its own it reads all the others too (see
    # READS_EVERYWHERE below).
    Role.SPECIALIST: frozenset(
        {
            P.VIEW_MONITORING,
            P.VIEW_FIRM_NAMES,
            P.REVIEW,
            P.VIEW_REVIEW_QUEUE,
            P.VIEW_PORTFOLIO,
            P.ORDER_REPORT,
            P.AMEND,
            P.VIEW_INTERNAL,
        }
    ),
    Role.INSTITUTION: frozenset({P.VIEW_INTERNAL}),
    Role.EXPERT: frozenset({P.VIEW_INTERNAL}),
    Role.ADMINISTRATION: frozenset(
        {
            P.VIEW_MONITORING,
            P.VIEW_FIRM_NAMES,
            P.VIEW_REVIEW_QUEUE,
            P.VIEW_PORTFOLIO,
            P.ORDER_REPORT,
            P.MANAGE_REGISTRY,
            P.MANAGE_FIRMS,
            P.MANAGE_RATES,
            P.MANAGE_CALENDAR,
            P.MANAGE_CATALOGUE,
            P.MANAGE_PEOPLE,
            P.VIEW_AUDIT,
            P.VIEW_INTERNAL,
        }
    ),
}

# What a role holds everywhere, wherever it is assigned: any specialist may read the whole
# portfolio.
READS_EVERYWHERE: dict[Role, frozenset[Permission]] = {
    Role.SPECIALIST: frozenset(
        {
            P.VIEW_MONITORING,
            P.VIEW_FIRM_NAMES,
            P.VIEW_REVIEW_QUEUE,
            P.VIEW_PORTFOLIO,
            P.ORDER_REPORT,
            P.VIEW_INTERNAL,
        }
    )
}


@dataclass(frozen=True)
class Process:
    """A program that acts by itself, by the name that the audit trail knows; all:
    people/processes.py.

    It is asked like a person and holds what it says, everywhere: no way around a question.
    """

    name: str
    permissions: frozenset[Permission] = frozenset()


# What is told to whom an action refuses, where the action has no sentence more exact.
REFUSALS = {
    P.MANAGE_REGISTRY: _("Only the administration of the network keeps the registry."),
    P.MANAGE_FIRMS: _("The firms of a network are kept by those who work with it."),
    P.MANAGE_RATES: _("You may not change rates."),
    P.MANAGE_CALENDAR: _("Only the administration of the network keeps its calendar."),
    P.MANAGE_CATALOGUE: _("You may not change the catalogue."),
    P.VIEW_PORTFOLIO: _("You may not read the portfolio."),
    P.MANAGE_PEOPLE: _("Only the administration keeps people and their roles."),
}


def assignments(user, day=None) -> list[tuple[Role, str]]:
    """The (role, scope) pairs in force for `user`; read once per request and kept on the user
    object.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    pairs = getattr(user, "_assignments", None)
    if pairs is None:
        pairs = [
            (Role(role), scope)
            for role, scope in user.assignments.current(day or today()).values_list("role", "scope")
        ]
        user._assignments = pairs
    return pairs


def can(
    by: "User | Process", permission: Permission, scopes: str | Iterable[str] = EVERYWHERE
) -> bool:
    """May `by` do `permission` on something that stands under any of `scopes`?

    With the default scope the question is "everywhere": only what is held everywhere says yes.
    """
    keys = {scopes} if isinstance(scopes, str) else set(scopes)
    keys.add(EVERYWHERE)
    return any(permission in held and scope in keys for held, scope in _held(by))


def can_somewhere(by: "User | Process", permission: Permission) -> bool:
    """May `by` do `permission` on at least one thing? Decides whether a room is shown at all."""
    return any(permission in held for held, _scope in _held(by))


def scopes_with(by: "User | Process", permission: Permission) -> set[str] | None:
    """The scope keys where `by` holds `permission`; None means everywhere."""
    scopes = {scope for held, scope in _held(by) if permission in held}
    return None if EVERYWHERE in scopes else scopes


def _held(by: "User | Process") -> list[tuple[frozenset[Permission], str]]:
    """Sets of permissions, each with the scope where it holds."""
    if isinstance(by, Process):
        return [(by.permissions, EVERYWHERE)]
    roles = assignments(by)
    reading = [
        (READS_EVERYWHERE[role], EVERYWHERE) for role, _s in roles if role in READS_EVERYWHERE
    ]
    return [*((ROLES[role], scope) for role, scope in roles), *reading]


def require(
    by: "User | Process",
    permission: Permission,
    scopes: str | Iterable[str] = EVERYWHERE,
    refusal: str | Promise = "",
    *,
    place: str = "",
) -> None:
    """The question of every action: as `can`; raises Forbidden with `refusal`, or the permission's."""
    if not can(by, permission, scopes):
        raise Forbidden(refusal or REFUSALS[permission], place=place)


def require_somewhere(by: "User | Process", permission: Permission) -> None:
    """As `require`, on at least one thing: for what does not stand under any scope yet."""
    if not can_somewhere(by, permission):
        raise Forbidden(REFUSALS[permission])


def person_of(by: "User | Process") -> "User | None":
    """Who acted, for a column that names a person: nobody when a process did."""
    return None if isinstance(by, Process) else by


def codes_with(user, permission: Permission, prefix: str) -> set[str] | None:
    """Codes of one kind (`P`, `N`, `I`) where `user` holds `permission`; None means all."""
    scopes = scopes_with(user, permission)
    return (
        None
        if scopes is None
        else {scope[2:] for scope in scopes if scope.startswith(f"{prefix}:")}
    )


def require_room(user, permission: Permission) -> None:
    """Raise 404 when a room does not exist for this person: a stranger is told nothing."""
    if not can_somewhere(user, permission):
        raise Http404
