"""The address of one's own calendar: made, renewed, closed. Whoever has it reads the calendar."""

import datetime as dt

from django.db import transaction

from pip_network import audit
from pip_network.models import CalendarKey, User
from pip_network.models.invitations import hash_of


@transaction.atomic
def open_calendar(*, by: User, at: dt.datetime) -> str:
    """Returns the key, which is told this once; an earlier one opens nothing any more."""
    key = CalendarKey.new()
    at = at.replace(microsecond=0)
    CalendarKey.objects.update_or_create(
        person=by, defaults={"key_hash": hash_of(key), "made_at": at}
    )
    audit.record(verb="person.calendar_opened", on=f"U:{by.pk}", by=by, at=at)
    return key


@transaction.atomic
def close_calendar(*, by: User, at: dt.datetime) -> None:
    """The address opens nothing any more; once more changes nothing."""
    deleted, _rows = CalendarKey.objects.filter(person=by).delete()
    if deleted:
        audit.record(verb="person.calendar_closed", on=f"U:{by.pk}", by=by, at=at)
