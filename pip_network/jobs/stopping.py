"""Which letters a person does not want, and the address in each of them that says so for her.

The address holds who and which kind, signed and without an end: a letter may be read years later.
It names no mailbox, and opens nothing: whoever has it stops or resumes letters of one kind.
"""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import STOPPABLE, MailKind
from pip_network.models import MailChoice, User
from pip_network.people.access import Process, person_of
from pip_network.people.processes import LETTER
from pip_network.web.errors import Forbidden, Invalid

SALT = "outbox.stopping"


class Addressed(NamedTuple):
    """What the address in a letter is about."""

    person: User
    kind: MailKind


def person_at(address: str) -> User | None:
    """Whose account has this e-mail address."""
    return User.objects.filter(email__iexact=address).first()


def reaches(person: User | None, kind: str) -> bool:
    """Does a letter of this kind go to her? To a closed account only the one that says so."""
    if person is None:
        return True
    if not person.is_active:
        return kind == MailKind.CLOSING
    return kind not in STOPPABLE or not person.mail_choices.filter(kind=kind).exists()


def address_of(person: User, kind: MailKind) -> str:
    """Of the page that stops letters of this kind to her."""
    token = _signer().sign_object([person.pk, kind.value])
    return f"{settings.PUBLIC_URL}{reverse('mail-off', args=[token])}"


def addressed(token: str) -> Addressed | None:
    """None for what was not signed here, or is about nobody or a kind that nobody stops."""
    try:
        number, value = _signer().unsign_object(token)
        number, kind = int(number), MailKind(value)
    except (BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(pk=number).first()
    return Addressed(person, kind) if person is not None and kind in STOPPABLE else None


@transaction.atomic
def stop(*, person: User, kind: MailKind, by: User | Process, at: dt.datetime) -> None:
    """No letters of this kind to her from now on; once more changes nothing.

    Raises Forbidden for the letters of others, Invalid for a kind that nobody stops.
    """
    _require_own(person, kind, by)
    _row, is_new = MailChoice.objects.get_or_create(
        person=person, kind=kind, defaults={"off_since": at}
    )
    if is_new:
        audit.record(verb="mail.stopped", on=f"U:{person.pk}", by=by, at=at, kind=kind.value)


@transaction.atomic
def resume(*, person: User, kind: MailKind, by: User | Process, at: dt.datetime) -> None:
    """She gets them again: those that are written from now on. Raises as `stop`."""
    _require_own(person, kind, by)
    deleted, _rows = MailChoice.objects.filter(person=person, kind=kind).delete()
    if deleted:
        audit.record(verb="mail.resumed", on=f"U:{person.pk}", by=by, at=at, kind=kind.value)


@transaction.atomic
def choose(*, kinds: Mapping[MailKind, bool], by: User, at: dt.datetime) -> None:
    """What a person chooses on the page of her account: `by` is whose letters they are."""
    for kind, wanted in kinds.items():
        (resume if wanted else stop)(person=by, kind=kind, by=by, at=at)


def _require_own(person: User, kind: MailKind, by: User | Process) -> None:
    if by != LETTER and person_of(by) != person:
        raise Forbidden(_("Everybody chooses her own letters."))
    if kind not in STOPPABLE:
        raise Invalid(_("Letters of this kind are always sent."))


def _signer() -> Signer:
    # No colon, at which some programs end an address.
    return Signer(salt=SALT, sep=".")
