"""Mail as rows: written in the transaction of what it tells of, sent by the worker, tried again, readable afterwards.

A worker that dies between sending and marking sends the same message once more: a doubled letter is better than a lost one.
"""

import datetime as dt
import logging

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q

from pip_network import broker
from pip_network.models import Mail

log = logging.getLogger(__name__)

ATTEMPTS = 8
LEASE = dt.timedelta(minutes=5)


def send(*, to: str, subject: str, body: str, at: dt.datetime) -> Mail:
    """Write one message to one address; the worker sends it after the commit. Line breaks in the subject become spaces."""
    mail = Mail.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body, created_at=at)
    transaction.on_commit(_wake, robust=True)
    return mail


def deliver(*, at: dt.datetime) -> int:
    """Send all that waits; returns how many went out. A refused message is tried again later, ATTEMPTS times in all."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=at)
    sent = 0
    for mail in Mail.objects.filter(free, sent_at__isnull=True, attempts__lt=ATTEMPTS).order_by("created_at", "id"):
        mine = Mail.objects.filter(pk=mail.pk, sent_at__isnull=True, attempts=mail.attempts)
        if not mine.update(attempts=F("attempts") + 1, lease_until=at + LEASE):
            continue  # another worker was first
        sent += _deliver_one(mail, at)
    return sent


def _deliver_one(mail: Mail, at: dt.datetime) -> bool:
    row = Mail.objects.filter(pk=mail.pk)
    try:
        send_mail(mail.subject, mail.body, None, [mail.to])
    except Exception as error:  # smtplib and sockets raise many kinds; each one is written on the row
        log.warning("message %s was not sent", mail.pk, exc_info=True)
        row.update(error=f"{type(error).__name__}: {error}", lease_until=at + _pause(mail.attempts + 1))
        return False
    row.update(sent_at=at, lease_until=None, error="")
    return True


def _pause(attempts: int) -> dt.timedelta:
    """1, 2, 4, ... minutes, at most an hour."""
    return min(dt.timedelta(minutes=2 ** (attempts - 1)), dt.timedelta(hours=1))


def _wake() -> None:
    """When the broker is away the timetable sends what waits."""
    broker.hint("pip_network.tasks.send_outbox")
