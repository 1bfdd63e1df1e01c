"""A later day for one project. Lateness stays measured by the first."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.calendar.actions import FARTHEST, REASON_LENGTH
from monitoring.models import Submission
from monitoring.submission.moves import append_event, locked
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web import formats
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.reasons import require_reason

from . import letters


@transaction.atomic
def extend(
    submission_id: int, *, until: dt.date, reason: str, by: User, at: dt.datetime
) -> Submission:
    """Ask for a submission by a later day, and tell its people.

    Raises Invalid (place: until, reason), Conflict when it was handed in, Forbidden.
    """
    at = at.replace(microsecond=0)
    submission = locked(submission_id)
    require(by, Permission.REVIEW, {f"P:{submission.project_id}"})
    if not submission.never_handed_in:
        raise Conflict(_("It was handed in: there is no due day to extend any more."))
    _check(submission, until, at)
    reason = require_reason(reason, most=REASON_LENGTH)
    before = submission.due_by
    submission.extended_to, submission.due_changed_at = until, at
    submission.due_changes += 1
    submission.save(update_fields=["extended_to", "due_changes", "due_changed_at"])
    append_event(
        submission,
        "extended",
        by=by,
        at=at,
        note=reason,
        changes={"extended_to": [before.isoformat(), until.isoformat()]},
    )
    letters.extended(submission, submission.events.order_by("-pk")[0], at=at)
    return submission


def _check(submission: Submission, until: dt.date, at: dt.datetime) -> None:
    today = submission.project.day(at)
    if until <= submission.due_by:
        raise Invalid(
            _("It is asked for by %(day)s: set a later day.")
            % {"day": formats.long_date(submission.due_by)},
            place="until",
        )
    if until < today:
        raise Invalid(_("This day is past: set today or later."), place="until")
    if until - max(submission.due_on, today) > FARTHEST:
        raise Invalid(_("This day is more than two years away: correct the year."), place="until")
