"""Invitations: the only way to an account.

One letter, one use, seven days; its key is known to the letter alone.
"""

import datetime as dt
import secrets
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.models import Institution, Invitation, User
from pip_network.models.invitations import hash_of
from pip_network.people import roles, scopes
from pip_network.people.access import Permission, Process, Role, person_of, require
from pip_network.people.processes import INVITATION
from pip_network.web.edits import clean_fields
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update
from pip_network.web.reasons import require_reason
from pip_network.web.text import require_seen

KEY_BYTES = 32


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: Role,
    scope: str,
    reason: str,
    language: str,
    institution: Institution | None = None,
    by: User | Process,
    at: dt.datetime,
) -> Invitation:
    """Write down what the account will be and send the letter.

    Raises Conflict when the address has an account or an open invitation; Invalid when the role is
    not held there.
    """
    require(by, Permission.MANAGE_PEOPLE)
    reason = require_reason(reason)
    email = email.strip().lower()
    roles.check_scope(role, scope)
    if User.objects.filter(email=email).exists():
        raise Conflict(_("This address has an account: give the role there."), place="email")
    key = secrets.token_urlsafe(KEY_BYTES)
    row = Invitation(
        email=email,
        name=name.strip(),
        institution=institution,
        language=language,
        role=role.value,
        scope=scope,
        reason=reason,
        sent_by=person_of(by),
        **_fresh(key, at),
    )
    clean_fields(row, exclude=["key_hash"])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(
            _("This address has an open invitation: send it again instead."), place="email"
        ) from None
    _send(row, key, at)
    _record("sent", row, by, at, role=role.value, scope=scope)
    return row


@transaction.atomic
def send_again(*, invitation: Invitation, by: User | Process, at: dt.datetime) -> Invitation:
    """A new letter with seven new days; the key of the old one opens nothing any more."""
    require(by, Permission.MANAGE_PEOPLE)
    row = _open(invitation)
    key = secrets.token_urlsafe(KEY_BYTES)
    for field, value in _fresh(key, at).items():
        setattr(row, field, value)
    row.save(update_fields=["key_hash", "sent_at", "expires_at"])
    _send(row, key, at)
    _record("sent_again", row, by, at)
    return row


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User | Process, at: dt.datetime) -> Invitation:
    require(by, Permission.MANAGE_PEOPLE)
    row = _open(invitation)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _record("withdrawn", row, by, at)
    return row


@transaction.atomic
def accept(
    *, key_hash: str, name: str, password: str, language: str, time_zone: str = "", at: dt.datetime
) -> tuple[Invitation, User]:
    """Make the account and give its role. Of two at the same instant one makes it, the other gets a
    Conflict.

    Whoever holds the key of the letter may: the permission was asked of who sent it.

    Raises Conflict when the invitation is of no use (any more), Invalid for a password that is too
    weak.
    """
    row = for_update(Invitation.objects.filter(key_hash=key_hash)).first()
    if row is None or row.state(at) != "pending":
        raise Conflict(_("This invitation is of no use any more."))
    require_seen(name, "name")
    user = User(
        email=row.email,
        name=name.strip(),
        institution=row.institution,
        language=language,
        time_zone=time_zone,
        date_joined=at,
    )
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Invalid(" ".join(weak.messages), place="password1") from None
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # the account was made another way in the meantime
        raise Conflict(_("This invitation is of no use any more.")) from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    row.accepted_at, row.accepted_by = at, user
    row.save(update_fields=["accepted_at", "accepted_by"])
    roles_to_hold = [(user, Role(row.role), row.scope)]
    roles.hold_roles(
        holdings=roles_to_hold, reason=row.reason, giver=row.sent_by or INVITATION, at=at
    )
    _record("accepted", row, user, at)
    return row, user


def find(key_hash: str) -> Invitation | None:
    return Invitation.objects.filter(key_hash=key_hash).first()


def _fresh(key: str, at: dt.datetime) -> dict[str, Any]:
    return {
        "key_hash": hash_of(key),
        "sent_at": at,
        "expires_at": at + dt.timedelta(days=settings.INVITATION_DAYS),
    }


def _open(invitation: Invitation) -> Invitation:
    row = for_update(Invitation.objects.open().filter(pk=invitation.pk)).first()
    if row is None:
        raise Conflict(_("This invitation has been accepted or withdrawn."))
    return row


def _send(row: Invitation, key: str, at: dt.datetime) -> None:
    letters.write(
        "invitation",
        to=row.email,
        language=row.language,
        kind=MailKind.INVITATION,
        at=at,
        name=row.name,
        key=key,
        expires_at=row.expires_at,
        role=Role(row.role).label,
        days=settings.INVITATION_DAYS,
        place=partial(scopes.label, row.scope),
    )


def _record(
    event: str, row: Invitation, by: User | Process, at: dt.datetime, **details: Any
) -> None:
    audit.record(verb=f"invitation.{event}", on=f"invitation:{row.pk}", by=by, at=at, **details)
