"""Giving roles and ending them. A role is never deleted: its row gets a last day."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.access import EVERYWHERE, Role
from pip_network.errors import Conflict, Invalid
from pip_network.models import RoleAssignment, User

# Where each role can be held: everywhere, or the kind of thing its scope names (P project, N network, I institution).
SCOPES: dict[Role, tuple[str, ...]] = {
    Role.DIRECTOR: ("P",),
    Role.COORDINATOR: ("N",),
    Role.SPECIALIST: ("P", EVERYWHERE),
    Role.INSTITUTION: ("I",),
    Role.EXPERT: (EVERYWHERE,),
    Role.ADMINISTRATION: (EVERYWHERE,),
}


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    scope: str,
    since: dt.date | None = None,
    reason: str = "",
    by: User | str,
    at: dt.datetime,
) -> RoleAssignment:
    """Give `person` a role from `since` (the day of `at` when not told) on.

    Raises Invalid when the role cannot be held in that scope or the account is off; Conflict when she holds it already.
    """
    return give_roles(given=[(person, role, scope)], since=since, reason=reason, by=by, at=at)[0]


@transaction.atomic
def give_roles(
    *,
    given: Sequence[tuple[User, Role, str]],
    since: dt.date | None = None,
    reason: str = "",
    by: User | str,
    at: dt.datetime,
) -> list[RoleAssignment]:
    """Many (person, role, scope) at once, with the same rules as one; all or none."""
    people = {person.pk for person, _role, _scope in given}
    held = set(
        RoleAssignment.objects.filter(person__in=people, until__isnull=True).values_list("person_id", "role", "scope")
    )
    for person, role, scope in given:
        _check(person, role, scope)
        if (person.pk, role.value, scope) in held:
            raise Conflict(_("%(person)s already holds this role there.") % {"person": person})
        held.add((person.pk, role.value, scope))
    giver = by if isinstance(by, User) else None
    rows = [
        RoleAssignment(
            person=person, role=role.value, scope=scope, since=since or at.date(), given_by=giver, reason=reason
        )
        for person, role, scope in given
    ]
    RoleAssignment.objects.bulk_create(rows)
    audit.record_many(
        [("role.given", f"U:{person.pk}", {"role": role.value, "scope": scope}) for person, role, scope in given],
        by=by,
        at=at,
    )
    for person, _role, _scope in given:
        person.__dict__.pop("_assignments", None)
    return rows


@transaction.atomic
def end_role(
    *, assignment: RoleAssignment, until: dt.date | None = None, reason: str = "", by: User | str, at: dt.datetime
) -> RoleAssignment:
    """The role is held up to and including `until` (the day of `at` when not told).

    Raises Conflict when it had ended, Invalid for a day before it began.
    """
    until = until or at.date()
    if assignment.until is not None:
        raise Conflict(_("This role ended on %(day)s.") % {"day": date_format(assignment.until)})
    if until < assignment.since:
        raise Invalid(
            _("The role began on %(day)s: it cannot end before.") % {"day": date_format(assignment.since)},
            place="until",
        )
    assignment.until = until
    assignment.reason = reason or assignment.reason
    assignment.save(update_fields=["until", "reason"])
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
    return assignment


def _check(person: User, role: Role, scope: str) -> None:
    kind, colon, code = scope.partition(":")
    well_formed = scope == EVERYWHERE or (colon and code)
    if not well_formed or kind not in SCOPES[role]:
        raise Invalid(_("The role cannot be held in %(scope)s.") % {"scope": scope or "?"}, place="scope")
    if not person.is_active:
        raise Invalid(
            _("%(person)s may not sign in: an account that is off holds no new role.") % {"person": person},
            place="person",
        )
