"""Giving roles and ending them. A role is never deleted: its row gets the day from which it no
longer counts.

Who ends the last role of its kind names who follows, in the same act (`succession`).
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network import audit
from pip_network.models import RoleAssignment, User
from pip_network.people.access import (
    EVERYWHERE,
    SCOPES,
    Permission,
    Process,
    Role,
    person_of,
    require,
)
from pip_network.people.succession import keep_administration, keep_director, lock_other_holders
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock_all

Holding = tuple[User, Role, str]  # a person, her role, its scope
PLACES = {
    "P": gettext_lazy("a project"),
    "N": gettext_lazy("a network"),
    "I": gettext_lazy("an institution"),
    EVERYWHERE: gettext_lazy("the whole network"),
}


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    scope: str,
    since: dt.date | None = None,
    reason: str = "",
    by: User | Process,
    at: dt.datetime,
) -> RoleAssignment:
    """Give `person` a role from `since` (the day of `at` when not told) on.

    Raises Invalid when the role cannot be held in that scope or the account is off; Conflict when
    she holds it already.
    """
    return give_roles(holdings=[(person, role, scope)], since=since, reason=reason, by=by, at=at)[0]


@transaction.atomic
def give_roles(
    *,
    holdings: Sequence[Holding],
    since: dt.date | None = None,
    reason: str = "",
    by: User | Process,
    at: dt.datetime,
) -> list[RoleAssignment]:
    """Many (person, role, scope) at once, with the same rules as one; all or none."""
    require(by, Permission.MANAGE_PEOPLE)
    return hold_roles(holdings=holdings, since=since, reason=reason, giver=by, at=at)


def hold_roles(
    *,
    holdings: Sequence[Holding],
    since: dt.date | None = None,
    reason: str = "",
    giver: User | Process,
    at: dt.datetime,
) -> list[RoleAssignment]:
    """What giving writes, in the caller's transaction; the permission of `giver` was asked before.

    For an invitation that is accepted: who sent it was asked then, and may have left since.
    """
    _require_holdable(holdings)
    rows = [
        RoleAssignment(
            person=person,
            role=role.value,
            scope=scope,
            since=since or day_of(at),
            given_by=person_of(giver),
            reason=reason,
        )
        for person, role, scope in holdings
    ]
    RoleAssignment.objects.bulk_create(rows)
    audit.record_many(
        [
            ("role.given", f"U:{person.pk}", {"role": role.value, "scope": scope})
            for person, role, scope in holdings
        ],
        by=giver,
        at=at,
    )
    for person, _role, _scope in holdings:
        person.__dict__.pop("_assignments", None)
    return rows


def _require_holdable(holdings: Sequence[Holding]) -> None:
    """Raises Invalid or Conflict unless each can be held; the people stay locked."""
    people = lock_people(person for person, _role, _scope in holdings)
    held = set(
        RoleAssignment.objects.filter(person__in=people, until__isnull=True).values_list(
            "person_id", "role", "scope"
        )
    )
    for person, role, scope in holdings:
        check_scope(role, scope)
        _require_active(people[person.pk])
        if (person.pk, role.value, scope) in held:
            raise Conflict(_("%(person)s already holds this role there.") % {"person": person})
        held.add((person.pk, role.value, scope))


@transaction.atomic
def end_role(
    *,
    assignment: RoleAssignment,
    until: dt.date | None = None,
    reason: str = "",
    successor: User | None = None,
    by: User | Process,
    at: dt.datetime,
) -> RoleAssignment:
    """From `until` (the day of `at` when not told) on the role no longer counts; a `successor`
    holds it from that day.

    Raises Conflict when it had ended; Invalid for a day before it began, for the last director of a
    project without a successor, for the last administration and for one's own.
    """
    require(by, Permission.MANAGE_PEOPLE)
    until = until or day_of(at)
    lock_people([assignment.person, *([successor] if successor else [])])
    other_holders = lock_other_holders(assignment)
    _require_may_end(assignment, other_holders, until, successor, by)
    assignment.until, assignment.end_reason = until, reason
    assignment.ended_by = person_of(by)
    assignment.save(update_fields=["until", "end_reason", "ended_by"])
    audit.record(
        verb="role.ended",
        on=f"U:{assignment.person_id}",
        by=by,
        at=at,
        role=assignment.role,
        scope=assignment.scope,
        until=until.isoformat(),
    )
    assignment.person.__dict__.pop("_assignments", None)
    if successor is not None and successor.pk not in {holder.person_id for holder in other_holders}:
        role, scope = Role(assignment.role), assignment.scope
        give_role(
            person=successor, role=role, scope=scope, since=until, reason=reason, by=by, at=at
        )
    return assignment


def _require_may_end(
    assignment: RoleAssignment,
    other_holders: list[RoleAssignment],
    until: dt.date,
    successor: User | None,
    by: User | Process,
) -> None:
    if until < assignment.since:
        raise Invalid(
            _("The role began on %(day)s: it cannot end before.")
            % {"day": date_format(assignment.since)},
            place="until",
        )
    if assignment.role == Role.ADMINISTRATION:
        keep_administration(assignment, other_holders, until, by)
    if assignment.role == Role.DIRECTOR:
        keep_director(assignment, other_holders, until, successor)


def lock_people(people: Iterable[User]) -> dict[int, User]:
    """The rows of `people` as they are now, held until the end of the transaction; always in one
    order.
    """
    return lock_all(User.objects.filter(pk__in={person.pk for person in people}))


def check_scope(role: Role, scope: str) -> None:
    """Raises Invalid when the role cannot be held there."""
    kind, colon, code = scope.partition(":")
    well_formed = scope == EVERYWHERE or (colon and code)
    if not well_formed or kind not in SCOPES[role]:
        raise Invalid(
            _("%(role)s is held on: %(places)s.")
            % {"role": role.label, "places": ", ".join(str(PLACES[each]) for each in SCOPES[role])},
            place="scope",
        )


def _require_active(person: User) -> None:
    if not person.is_active:
        raise Invalid(
            _(
                "%(person)s may not sign in: an account that is off holds no new role. Switch it "
                "on first."
            )
            % {"person": person},
            place="person",
        )
