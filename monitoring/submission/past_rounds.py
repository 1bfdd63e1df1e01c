"""Opening semesters that are over, for a project that moves in with what it has."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.calendar.rounds import codes_of, ensure_rounds
from monitoring.models import Round, Submission
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.errors import Invalid
from pip_network.web.reasons import require_reason
from projects import semesters
from projects.models import Project

from .opening import open_submission


@transaction.atomic
def open_past_rounds(
    project: Project,
    *,
    first: str,
    last: str,
    reason: str,
    by: User | Process,
    at: dt.datetime,
) -> list[Submission]:
    """Open the submissions of a project's past rounds from `first` to `last`, but those that exist
    already; they are never late.

    Raises Invalid where no round of its calendar in between is over and not opened yet; Forbidden.
    """
    require(by, Permission.MANAGE_REGISTRY)
    reason = require_reason(reason)
    if first > last:
        raise Invalid(_("The first semester comes after the last one."), place="last")
    existing = set(Submission.objects.filter(project=project).values_list("round_id", flat=True))
    present = semesters.of(project.day(at))
    codes = [code for code in codes_of(project) if first <= code <= last and code < present]
    missing = [code for code in codes if code not in existing]
    if not missing:
        raise Invalid(_("All these semesters are open already, or not over yet."), place="first")
    rounds = {row.code: row for row in Round.objects.filter(code__in=missing)}
    for code in missing:
        if code not in rounds:
            [rounds[code]] = ensure_rounds(code, code)
    opened = []
    for code in missing:
        submission = open_submission(project, rounds[code], by=by, at=at)
        submission.moved_in = reason
        submission.save(update_fields=["moved_in"])
        audit.record(verb="submission.moved_in", on=submission.key, by=by, at=at, reason=reason)
        opened.append(submission)
    return opened


def entered_at(submission: Submission, at: dt.datetime) -> dt.datetime:
    """When what a workbook brings was entered: now; of a past round that was opened afterwards, on
    its due day, so that its baselines count as captured then.
    """
    if not submission.moved_in:
        return at
    return min(at, dt.datetime.combine(submission.round.due_on, dt.time(12), dt.UTC))
