"""What the administration does with people.

Each act tells the person by letter, in her language.
"""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.models import Institution, RoleAssignment, User
from pip_network.people import roles, scopes
from pip_network.people.access import Permission, Process, Role, person_of, require
from pip_network.web.days import day_of
from pip_network.web.edits import clean_fields
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.reasons import require_reason
from pip_network.web.text import require_seen


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    scope: str,
    since: dt.date,
    reason: str,
    by: User | Process,
    at: dt.datetime,
) -> RoleAssignment:
    """As `roles.give_role`, with a letter."""
    require(by, Permission.MANAGE_PEOPLE)
    reason = require_reason(reason)
    assignment = roles.give_role(
        person=person, role=role, scope=scope, since=since, reason=reason, by=by, at=at
    )
    _write_role_given(person, role, scope, since, at)
    return assignment


@transaction.atomic
def end_role(
    *,
    assignment: RoleAssignment,
    until: dt.date,
    reason: str,
    successor: User | None = None,
    by: User | Process,
    at: dt.datetime,
) -> RoleAssignment:
    """As `roles.end_role`, with a letter to who leaves and one to who follows."""
    require(by, Permission.MANAGE_PEOPLE)
    reason = require_reason(reason)
    ended = roles.end_role(
        assignment=assignment, until=until, reason=reason, successor=successor, by=by, at=at
    )
    _write_letter(
        ended.person,
        "role_ended",
        MailKind.ROLE,
        at,
        **_role_and_place(ended.role, ended.scope),
        day=until,
    )
    if successor is not None:
        _write_role_given(successor, Role(ended.role), ended.scope, until, at)
    return ended


@transaction.atomic
def switch_off(
    *,
    person: User,
    reason: str,
    successors: Mapping[str, User],
    by: User | Process,
    at: dt.datetime,
) -> User:
    """The account is closed and her sessions end; her roles end with it, each with who follows
    (`successors` by scope).

    Raises Invalid for one's own account, for the last administration and for a project without a
    successor.
    """
    require(by, Permission.MANAGE_PEOPLE)
    if person_of(by) == person:
        raise Invalid(_("Nobody switches her own account off."))
    reason = require_reason(reason)
    row = roles.lock_people([person, *successors.values()])[person.pk]
    if not row.is_active:
        raise Conflict(_("This account is off already."))
    today = day_of(at)
    for assignment in RoleAssignment.objects.filter(person=row, until__isnull=True).order_by("pk"):
        successor = successors.get(assignment.scope) if assignment.role == Role.DIRECTOR else None
        roles.end_role(
            assignment=assignment,
            until=max(today, assignment.since),
            reason=reason,
            successor=successor,
            by=by,
            at=at,
        )
        if successor is not None:
            _write_role_given(
                successor, Role(assignment.role), assignment.scope, max(today, assignment.since), at
            )
    row.is_active, row.off_since, row.off_reason = False, at, reason
    row.save(update_fields=["is_active", "off_since", "off_reason"])
    _end_sessions(row)
    audit.record(verb="person.switched_off", on=f"U:{row.pk}", by=by, at=at)
    _write_letter(row, "switched_off", MailKind.CLOSING, at)
    return row


@transaction.atomic
def switch_on(*, person: User, by: User | Process, at: dt.datetime) -> User:
    """She may sign in again. Her roles stay ended: what she is to do now is given anew."""
    require(by, Permission.MANAGE_PEOPLE)
    row = roles.lock_people([person])[person.pk]
    if row.is_active:
        raise Conflict(_("This account is on already."))
    row.is_active, row.off_since, row.off_reason = True, None, ""
    row.save(update_fields=["is_active", "off_since", "off_reason"])
    audit.record(verb="person.switched_on", on=f"U:{row.pk}", by=by, at=at)
    _write_letter(row, "switched_on", MailKind.ACCOUNT, at)
    return row


@transaction.atomic
def end_sessions(*, person: User, by: User | Process, at: dt.datetime) -> int:
    """Ends all her sessions, wherever they are open; returns how many.

    Who ends her own needs no letter.
    """
    require(by, Permission.MANAGE_PEOPLE)
    ended = _end_sessions(person)
    audit.record(verb="person.sessions_ended", on=f"U:{person.pk}", by=by, at=at, sessions=ended)
    if person_of(by) != person:
        _write_letter(person, "sessions_ended", MailKind.ACCOUNT, at)
    return ended


@transaction.atomic
def change_person(
    *, person: User, name: str, institution: Institution | None, by: User | Process, at: dt.datetime
) -> User:
    """Name and institution. The trail says which of them changed, not from what to what."""
    require(by, Permission.MANAGE_PEOPLE)
    row = roles.lock_people([person])[person.pk]
    before = (row.name, row.institution_id)
    row.name, row.institution = name.strip(), institution
    clean_fields(row, exclude=["password"])
    changed = [
        field
        for field, old, new in zip(
            ("name", "institution"), before, (row.name, row.institution_id), strict=True
        )
        if old != new
    ]
    if changed:
        row.save(update_fields=["name", "institution"])
        audit.record(verb="person.changed", on=f"U:{row.pk}", by=by, at=at, fields=changed)
    return row


@transaction.atomic
def change_account(*, name: str, language: str, time_zone: str, by: User, at: dt.datetime) -> User:
    """What a person changes of her own account: no permission, for `by` is whose account it is."""
    before = (by.name, by.language, by.time_zone)
    require_seen(name, "name")
    by.name, by.language, by.time_zone = name.strip(), language, time_zone
    changed = [
        field
        for field, old in zip(("name", "language", "time_zone"), before, strict=True)
        if getattr(by, field) != old
    ]
    if changed:
        by.save(update_fields=changed)
        audit.record(verb="person.changed", on=f"U:{by.pk}", by=by, at=at, fields=changed)
    return by


def _end_sessions(person: User) -> int:
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)


def _write_role_given(
    person: User, role: Role, scope: str, since: dt.date, at: dt.datetime
) -> None:
    _write_letter(
        person, "role_given", MailKind.ROLE, at, **_role_and_place(role, scope), day=since
    )


def _role_and_place(role: str, scope: str) -> dict:
    return {"role": Role(role).label, "place": partial(scopes.label, scope)}


def _write_letter(
    person: User, letter: str, kind: MailKind, at: dt.datetime, **context: Any
) -> None:
    letters.write(
        letter,
        to=person.email,
        language=person.language,
        kind=kind,
        at=at,
        person=person,
        **context,
    )
