"""Who follows: a project is never without a director and the network never without administration."""

import datetime as dt
from typing import cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network.models import RoleAssignment, User
from pip_network.people.access import Process, Role, person_of
from pip_network.web.days import today
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update


def needs_successor(assignment: RoleAssignment) -> bool:
    """Would the project be without a director if this role ended today?

    For pages; `end_role` asks again under a lock.
    """
    if assignment.role != Role.DIRECTOR or assignment.until is not None:
        return False
    directors = RoleAssignment.objects.filter(
        role=assignment.role,
        scope=assignment.scope,
        until__isnull=True,
        since__lte=today(),
        person__is_active=True,
    )
    return not directors.exclude(pk=assignment.pk).exists()


def lock_other_holders(assignment: RoleAssignment) -> list[RoleAssignment]:
    """Who else holds this role there without an end, locked until the end of the transaction.

    Raises Conflict when `assignment` itself has ended.
    """
    holders = list(
        for_update(
            RoleAssignment.objects.select_related("person").filter(
                role=assignment.role, scope=assignment.scope, until__isnull=True
            )
        )
    )
    if assignment.pk not in {row.pk for row in holders}:
        # What is not among the open ones any more has its end.
        ended = cast(dt.date, RoleAssignment.objects.get(pk=assignment.pk).until)
        raise Conflict(_("This role ended on %(day)s.") % {"day": date_format(ended)})
    return [row for row in holders if row.pk != assignment.pk]


def keep_administration(
    assignment: RoleAssignment,
    other_holders: list[RoleAssignment],
    until: dt.date,
    by: User | Process,
) -> None:
    """Raises Invalid when nobody of the administration is left on `until`, and for one's own role."""
    if person_of(by) == assignment.person:
        raise Invalid(
            _(
                "Nobody ends her own administration: ask another person of the administration to "
                "do it."
            )
        )
    if not _holds_on(until, other_holders):
        raise Invalid(
            _(
                "This is the last person of the administration. Give the role to somebody else "
                "first, then end this one."
            )
        )


def keep_director(
    assignment: RoleAssignment,
    other_holders: list[RoleAssignment],
    until: dt.date,
    successor: User | None,
) -> None:
    """Raises Invalid when nobody directs the project on `until`: neither another nor `successor`."""
    if successor is None:
        if not _holds_on(until, other_holders):
            raise Invalid(
                _(
                    "%(project)s would be without a director. Choose who directs it from that day "
                    "on."
                )
                % {"project": assignment.scope[2:]},
                place="successor",
            )
    elif successor.pk == assignment.person_id:
        raise Invalid(
            _("Choose somebody else: the role of this person is what ends."), place="successor"
        )


def _holds_on(day: dt.date, holders: list[RoleAssignment]) -> bool:
    """Does any of them hold the role that day?"""
    return any(holder.person.is_active and holder.since <= day for holder in holders)
