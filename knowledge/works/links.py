"""Whether the address of a source answers, as somebody saw it: the portal asks no other site."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import State
from knowledge.models import Work
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock

from . import changing, rules


@transaction.atomic
def check_link(
    *, work: Work, answers: bool, day: dt.date, by: User | Process, at: dt.datetime
) -> Work:
    """Note what was found at the address of its source on a day.

    Raises Invalid for a day to come, Conflict without an address, Forbidden.
    """
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, *rules.OPEN, State.PUBLISHED)
    if not work.source_url:
        raise Conflict(_("The record has no address to check."))
    require_past(day, at)
    work.link_answers, work.link_checked_on = answers, day
    work.save(update_fields=["link_answers", "link_checked_on"])
    told: dict[str, Any] = {"answers": answers, "day": day.isoformat()}
    audit.record(verb="work.link_checked", **told, **changing.told_on(work, by, at))
    return work


def require_past(day: dt.date, at: dt.datetime) -> None:
    """The reader's own day may be one ahead of the portal's. Raises Invalid."""
    if day > day_of(at + dt.timedelta(hours=14)):
        raise Invalid(_("This day has not come yet."), place="day")
