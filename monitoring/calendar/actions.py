"""The calendar of the network: creating rounds, and setting other days for one."""

import datetime as dt
import re

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from monitoring.calendar.rounds import ensure_rounds
from monitoring.choices import Status
from monitoring.models import Round, Submission
from pip_network import audit
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission, Process
from pip_network.web import formats
from pip_network.web.days import day_of
from pip_network.web.edits import apply_changes, require_unchanged
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update, lock
from pip_network.web.reasons import require_reason
from projects import semesters

__all__ = ["DAYS", "ensure_rounds", "open_rounds", "reschedule_round"]

CODE = re.compile(r"\d{4}-S[12]", re.ASCII)
YEARS = range(1950, 2101)
MOST = 40  # rounds at once: twenty years; more is a slip of the hand
DAYS = ("opens_on", "due_on")
REASON_LENGTH = 400
FARTHEST = dt.timedelta(days=731)  # two years; more is a slip in the year


@transaction.atomic
def open_rounds(first: str, last: str, *, by: User | Process, at: dt.datetime) -> list[Round]:
    """Create the rounds from `first` to `last` that do not exist, with their ordinary days; returns
    those created.

    Raises Invalid (place: first, last), Conflict when somebody creates them at the same moment,
    Forbidden.
    """
    access.require(by, Permission.MANAGE_CALENDAR)
    for place, code in (("first", first), ("last", last)):
        if not CODE.fullmatch(code) or int(code[:4]) not in YEARS:
            raise Invalid(
                _("A round is named by its year and semester, like 2006-S1."), place=place
            )
    if last < first:
        raise Invalid(
            _("The last round comes before the first one: write them in their order."), place="last"
        )
    codes = semesters.between(first, last)
    if len(codes) > MOST:
        raise Invalid(_("At most %(most)s rounds at once.") % {"most": MOST}, place="last")
    existing = set(Round.objects.filter(code__in=codes).values_list("code", flat=True))
    missing = [Round.of(int(code[:4]), int(code[-1])) for code in codes if code not in existing]
    if not missing:
        raise Invalid(
            _("All these rounds exist already: name others, or go back to the list."), place="first"
        )
    try:
        with transaction.atomic():
            Round.objects.bulk_create(missing)
    except IntegrityError as error:
        raise Conflict(
            _("Somebody else created rounds at the same moment: look at the list.")
        ) from error
    audit.record_many(
        [("round.created", f"round:{row.code}", _days_of(row)) for row in missing], by=by, at=at
    )
    return missing


@transaction.atomic
def reschedule_round(
    *,
    round: Round,
    opens_on: dt.date,
    due_on: dt.date,
    reason: str,
    by: User | Process,
    at: dt.datetime,
    stamp: str = "",
) -> int:
    """Set other days for a round; returns on how many submissions a new due day was written.

    Lateness is judged by the due day that stands on each submission. A new one is written on those
    that were never handed in; those that were keep theirs, so that what was measured as late, or in
    time, stays so.

    `stamp`: of the row when the form was opened. Raises Invalid (place: the field), Conflict
    when somebody else changed it meanwhile, Forbidden.
    """
    access.require(by, Permission.MANAGE_CALENDAR)
    row = lock(round)
    require_unchanged(row, DAYS, stamp)
    changed = apply_changes(row, {"opens_on": opens_on, "due_on": due_on}, DAYS)
    _check(row, changed, day_of(at))
    reason = require_reason(reason, most=REASON_LENGTH)
    if "due_on" in changed:
        row.due_changes, row.due_changed_at = row.due_changes + 1, at.replace(microsecond=0)
    row.save(update_fields=[*changed, "due_changes", "due_changed_at"])
    moved = _move(row) if "due_on" in changed else 0
    key = f"round:{row.code}"
    audit.record(
        verb="round.rescheduled",
        on=key,
        by=by,
        at=at,
        changes=changed,
        reason=reason,
        submissions=moved,
    )
    return moved


def _check(row: Round, changed: dict[str, list], today: dt.date) -> None:
    if not changed:
        raise Invalid(_("These are the days that it has: nothing changes."))
    if row.opens_on < row.starts_on:
        raise Invalid(
            _("Entry cannot open before the semester begins: set %(day)s or later.")
            % {"day": formats.long_date(row.starts_on)},
            place="opens_on",
        )
    if row.due_on <= row.ends_on:
        raise Invalid(
            _("It cannot be due before the semester ends: set a day after %(day)s.")
            % {"day": formats.long_date(row.ends_on)},
            place="due_on",
        )
    if "due_on" in changed and row.due_on - max(row.ends_on, today) > FARTHEST:
        raise Invalid(
            _(
                "This day is more than two years after the semester and after today: correct the "
                "year."
            ),
            place="due_on",
        )
    if row.opens_on > row.due_on:
        raise Invalid(
            _(
                "Entry cannot open after the day it is due: set an earlier opening or a later due "
                "day."
            ),
            place="opens_on",
        )
    if "due_on" in changed and row.due_on < today:
        raise Invalid(
            _(
                "This day is past: it would make people late who can do nothing about it any "
                "more. Set today or later."
            ),
            place="due_on",
        )


def _move(row: Round) -> int:
    """The new due day onto the submissions never handed in.

    Each is held first, like for every write inside it.
    """
    waiting = Submission.objects.filter(
        round=row, status=Status.DRAFT, first_submitted_at__isnull=True
    )
    numbers = [submission.pk for submission in for_update(waiting)]
    return Submission.objects.filter(pk__in=numbers).update(
        due_on=row.due_on, due_changes=F("due_changes") + 1, due_changed_at=row.due_changed_at
    )


def _days_of(row: Round) -> dict[str, str]:
    return {name: getattr(row, name).isoformat() for name in DAYS}
