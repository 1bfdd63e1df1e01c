"""Who may do what: permissions as an enum, roles as data, one question.

Scopes are text keys: `*`, `P:<project>`, `N:<network>`, `I:<institution>`. An object offers the
keys it stands under (a network: its own and its project's); a role assigned to any of them, or to
`*`, counts.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from django.http import Http404
from django.utils.translation import gettext_lazy as _

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
    MANAGE_REGISTRY = "manage_registry"  # projects, networks, institutions, and every firm
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
    # Assigned to a project: reviews it. Assigned everywhere: reads it all (see READER below).
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

# What a specialist holds for every project as soon as one is hers: any specialist may read the
# whole portfolio.
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


def today() -> dt.date:
    """Roles begin and end by the portal's day, not by the reader's: it is the same for giver and
    holder.
    """
    return dt.datetime.now(dt.UTC).date()


def assignments(user, day=None) -> list[tuple[Role, str]]:
    """The (role, scope) pairs in force for `user`; read once per request and kept on the user
    object.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    kept = getattr(user, "_assignments", None)
    if kept is None:
        kept = [
            (Role(role), scope)
            for role, scope in user.assignments.current(day or today()).values_list("role", "scope")
        ]
        user._assignments = kept
    return kept


def can(user, permission: Permission, scopes: str | Iterable[str] = EVERYWHERE) -> bool:
    """May `user` do `permission` on something that stands under any of `scopes`?

    With the default scope the question is "everywhere": only roles assigned to `*` (or reading
    everywhere) say yes.
    """
    keys = {scopes} if isinstance(scopes, str) else set(scopes)
    keys.add(EVERYWHERE)
    return any(
        (permission in ROLES[role] and scope in keys)
        or permission in READS_EVERYWHERE.get(role, ())
        for role, scope in assignments(user)
    )


def can_somewhere(user, permission: Permission) -> bool:
    """May `user` do `permission` on at least one thing? Decides whether a room is shown at all."""
    return any(
        permission in ROLES[role] or permission in READS_EVERYWHERE.get(role, ())
        for role, _scope in assignments(user)
    )


def scopes_with(user, permission: Permission) -> set[str] | None:
    """The scope keys where `user` holds `permission`; None means everywhere."""
    found = set()
    for role, scope in assignments(user):
        if permission in READS_EVERYWHERE.get(role, ()) or (
            permission in ROLES[role] and scope == EVERYWHERE
        ):
            return None
        if permission in ROLES[role]:
            found.add(scope)
    return found


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
