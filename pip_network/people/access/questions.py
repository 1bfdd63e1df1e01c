"""May somebody do something? Asked of people and of processes alike."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.functional import Promise

from pip_network.web.days import today
from pip_network.web.errors import Forbidden

from .permissions import REFUSALS, Permission
from .roles import EVERYWHERE, READS_EVERYWHERE, ROLES, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pip_network.models import User


@dataclass(frozen=True)
class Process:
    """A program that acts by itself, by the name that the audit trail knows; all:
    people/processes.py.

    It is asked like a person and holds what it says, everywhere: no way around a question.
    """

    name: str
    permissions: frozenset[Permission] = frozenset()


def assignments(user: "User | AnonymousUser", day: dt.date | None = None) -> list[tuple[Role, str]]:
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
    by: "User | AnonymousUser | Process",
    permission: Permission,
    scopes: str | Iterable[str] = EVERYWHERE,
) -> bool:
    """May `by` do `permission` on something that stands under any of `scopes`?

    With the default scope the question is "everywhere": only what is held everywhere says yes.
    """
    keys = {scopes} if isinstance(scopes, str) else set(scopes)
    keys.add(EVERYWHERE)
    return any(permission in held and scope in keys for held, scope in _held(by))


def can_somewhere(by: "User | AnonymousUser | Process", permission: Permission) -> bool:
    """May `by` do `permission` on at least one thing? Decides whether a room is shown at all."""
    return any(permission in held for held, _scope in _held(by))


def scopes_with(by: "User | AnonymousUser | Process", permission: Permission) -> set[str] | None:
    """The scope keys where `by` holds `permission`; None means everywhere."""
    scopes = {scope for held, scope in _held(by) if permission in held}
    return None if EVERYWHERE in scopes else scopes


def _held(by: "User | AnonymousUser | Process") -> list[tuple[frozenset[Permission], str]]:
    """Sets of permissions, each with the scope where it holds."""
    if isinstance(by, Process):
        return [(by.permissions, EVERYWHERE)]
    roles = assignments(by)
    reading = [
        (READS_EVERYWHERE[role], EVERYWHERE) for role, _s in roles if role in READS_EVERYWHERE
    ]
    return [*((ROLES[role], scope) for role, scope in roles), *reading]


def require(
    by: "User | AnonymousUser | Process",
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


def codes_with(
    user: "User | AnonymousUser", permission: Permission, prefix: str
) -> set[str] | None:
    """Codes of one kind (`P`, `N`, `I`) where `user` holds `permission`; None means all."""
    scopes = scopes_with(user, permission)
    return (
        None
        if scopes is None
        else {scope[2:] for scope in scopes if scope.startswith(f"{prefix}:")}
    )


def require_room(user: "User | AnonymousUser", permission: Permission) -> None:
    """Raise 404 when a room does not exist for this person: a stranger is told nothing."""
    if not can_somewhere(user, permission):
        raise Http404
