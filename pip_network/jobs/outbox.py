"""Mail as rows: written in the transaction of what it tells of, sent by the worker, tried again,
readable afterwards.

A worker that dies between sending and marking sends the same message once more: a doubled letter is
better than a lost one. It has the Message-ID of the first, by which mail systems know it again.

A letter of a kind that its reader has stopped is not written. Was it written before she stopped
them, its row stays and says so; it is never sent, whatever she chooses later.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from email.mime.text import MIMEText
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network import audit
from pip_network.choices import STOPPABLE, MailKind
from pip_network.jobs import broker, stopping
from pip_network.models import Invitation, Mail, User
from pip_network.models.outbox import HEADERS
from pip_network.people.access import Permission, Process, require
from pip_network.running import logs
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update

log = logging.getLogger(__name__)

TASK = "pip_network.tasks.send_outbox"
ATTEMPTS = 8
LEASE = dt.timedelta(minutes=5)
STATES = {
    "waiting": gettext_lazy("Waits to be sent"),
    "failed": gettext_lazy("Given up: not sent"),
    "stopped": gettext_lazy("Not sent: its reader wants no letters of this kind"),
    "sent": gettext_lazy("Handed to the mail server"),
}


def send(
    *,
    to: str,
    subject: str,
    body: str,
    kind: MailKind,
    at: dt.datetime,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    calendar: str = "",
) -> Mail | None:
    """Write one message to one address; the worker sends it after the commit. None when its reader
    has stopped letters of this kind, or her account is closed.

    `key` names the fact that it tells that address: the first message of a key stands, a second one
    is not written. Line breaks in the subject become spaces. `headers` are among HEADERS, each of
    one line; `calendar` is the text of one .ics file, which goes with it. What may be stopped says
    at its foot and in its headers how, and goes to people with an account only.
    """
    person = stopping.person_at(to)
    if not stopping.reaches(person, kind):
        return None
    headers, foot = {**_checked(headers or {})}, ""
    if kind in STOPPABLE:
        if person is None:
            raise ValueError(f"Nobody with an account at the address of a letter: {kind}")
        address = stopping.address_of(person, kind)
        headers |= _one_click(address)
        foot = _foot(person, kind, address)
    told = {
        "to": to,
        "kind": kind,
        "subject": " ".join(subject.split())[:200],
        "body": body + foot,
        "headers": headers,
        "calendar": calendar,
        "created_at": at,
    }
    mail, is_new = (
        (Mail.objects.create(**told), True)
        if key is None
        else Mail.objects.get_or_create(key=key, defaults=told)
    )
    if is_new:
        transaction.on_commit(_wake, robust=True)
    return mail


def deliver(*, at: dt.datetime) -> int:
    """Send all that waits; returns how many went out.

    A refused message is tried again later, ATTEMPTS times in all.
    """
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=at)
    sent = 0
    waiting = Mail.objects.filter(free, sent_at__isnull=True, stopped_at__isnull=True)
    for mail in waiting.filter(attempts__lt=ATTEMPTS).order_by("created_at", "id"):
        unchanged = waiting.filter(pk=mail.pk, attempts=mail.attempts)
        # Without an error a lease is a worker's; with one it is the pause before the next attempt.
        if not unchanged.update(attempts=F("attempts") + 1, lease_until=at + LEASE, error=""):
            continue  # another worker was first
        sent += _deliver_one(mail, at)
    return sent


@transaction.atomic
def retry_mail(*, mail: Mail, by: User | Process, at: dt.datetime) -> Mail:
    """Send again what was refused: its attempts are counted anew and the worker is woken.

    Raises Forbidden; Conflict when it has been sent, is being sent or waits for its first attempt,
    and when the key in it opens nothing any more.
    """
    refusal = _("Only the administration sends a message again.")
    require(by, Permission.MANAGE_PEOPLE, refusal=refusal)
    row = for_update(Mail.objects.all()).get(pk=mail.pk)
    if refusal := why_not_again(row, at) or _dead_key(row, at):
        raise Conflict(refusal)
    attempts = row.attempts
    row.attempts, row.lease_until, row.error = 0, None, ""
    row.save(update_fields=["attempts", "lease_until", "error"])
    audit.record(verb="mail.retried", on=f"mail:{row.pk}", by=by, at=at, attempts=attempts)
    transaction.on_commit(_wake, robust=True)
    return row


def why_not_again(mail: Mail, at: dt.datetime) -> str:
    """A sentence, or "" when the row itself says nothing against sending it again."""
    if mail.sent_at is not None:
        return _("This message has been sent already.")
    if mail.stopped_at is not None:
        return _("Its reader had stopped letters of this kind: it is not sent any more.")
    if _is_held(mail, at):
        return _("A worker is sending this message right now: look again in a few minutes.")
    return (
        ""
        if mail.attempts
        else _("This message waits for its first attempt: it is sent by itself.")
    )


def in_state(state: str, at: dt.datetime) -> QuerySet[Mail]:
    """The messages in one of STATES. Given up: all attempts used, and no worker at the last one."""
    if state == "sent":
        return Mail.objects.filter(sent_at__isnull=False)
    if state == "stopped":
        return Mail.objects.filter(stopped_at__isnull=False)
    given_up = Q(attempts__gte=ATTEMPTS) & (
        Q(lease_until__isnull=True) | Q(lease_until__lte=at) | ~Q(error="")
    )
    unsent = Mail.objects.filter(sent_at__isnull=True, stopped_at__isnull=True)
    return unsent.filter(given_up) if state == "failed" else unsent.exclude(given_up)


def state_of(mail: Mail, at: dt.datetime) -> str:
    """As `in_state`, of one message."""
    if mail.sent_at is not None:
        return "sent"
    if mail.stopped_at is not None:
        return "stopped"
    return "failed" if mail.attempts >= ATTEMPTS and not _is_held(mail, at) else "waiting"


def _is_held(mail: Mail, at: dt.datetime) -> bool:
    return mail.lease_until is not None and mail.lease_until > at and not mail.error


def _dead_key(mail: Mail, at: dt.datetime) -> str:
    """Letters hold keys that open an account for a while: one that opens nothing any more is not
    sent again.
    """
    for place, key in logs.KEY.findall(mail.body):
        if "mail" in place:
            continue  # the foot: it opens nothing
        if "invitation" in place:
            invitation = Invitation.objects.of_key(key).first()
            if invitation is None or invitation.state(at) != "pending":
                return _(
                    "The invitation in this letter has expired or is of no use any more: send a "
                    "new invitation."
                )
        elif not _opens_a_reset(key):
            return _(
                "The key in this letter has expired or has been used: send a new letter from the "
                "person's page."
            )
    return ""


def _opens_a_reset(key: str) -> bool:
    """The library's own question, by the clock of this machine."""
    number, _dash, token = key.partition("-")
    try:
        person = User.objects.filter(pk=url_str_to_user_pk(number)).first()
    except (ValueError, OverflowError):
        return False
    return person is not None and default_token_generator.check_token(person, token)


def _deliver_one(mail: Mail, at: dt.datetime) -> bool:
    row = Mail.objects.filter(pk=mail.pk)
    if not stopping.reaches(stopping.person_at(mail.to), mail.kind):
        row.update(stopped_at=at, lease_until=None, error="")
        return False
    try:
        _message(mail).send()
    except Exception as error:  # smtplib and sockets raise many kinds; each is written on the row
        log.warning("message %s was not sent", mail.pk, exc_info=True)
        row.update(
            error=f"{type(error).__name__}: {error}", lease_until=at + _pause(mail.attempts + 1)
        )
        return False
    row.update(sent_at=at, lease_until=None, error="")
    return True


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage(mail.subject, mail.body, None, [mail.to], headers=_headers(mail))
    if mail.calendar:
        part = MIMEText(mail.calendar, "calendar", "utf-8")
        part.set_param("method", "PUBLISH")
        part.add_header("Content-Disposition", "attachment", filename="calendar.ics")
        message.attach(part)
    return message


def _headers(mail: Mail) -> dict[str, str]:
    """No note of absence answers it, and what is sent twice is known to be one letter."""
    mark = salted_hmac("outbox.message", str(mail.pk)).hexdigest()[:8]
    return {
        **mail.headers,
        "Message-ID": f"<m{mail.pk}.{mark}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _checked(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        if name not in HEADERS or len(value.splitlines()) != 1:
            raise ValueError(f"No header of a letter: {name}")
    return headers


def _one_click(address: str) -> dict[str, str]:
    """The two headers of RFC 8058: a mail program stops these letters by one POST, unasked."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _foot(person: User, kind: MailKind, address: str) -> str:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        words = {"kind": kind.label, "address": address, "portal": settings.PUBLIC_URL}
        return render_to_string("letters/foot.txt", words)


def _pause(attempts: int) -> dt.timedelta:
    """1, 2, 4, ... minutes, at most an hour."""
    return min(dt.timedelta(minutes=2 ** (attempts - 1)), dt.timedelta(hours=1))


def _wake() -> None:
    """When the broker is away the timetable sends what waits."""
    broker.hint(TASK)
