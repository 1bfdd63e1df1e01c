"""How the submissions of a round stand to its due day, and what another day would mean for them."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.choices import Status
from monitoring.models import Round, Submission
from pip_network.web import formats

ORDER = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.APPROVED)


def in_order(row: Round, today: dt.date) -> list[Submission]:
    """What waits first, late ones before all; then what was handed in."""
    submissions = list(row.submissions.current().select_related("project").order_by("project"))
    return sorted(
        submissions,
        key=lambda submission: (
            not is_late(submission, today),
            ORDER.index(Status.APPROVED if submission.is_approved else Status(submission.status)),
        ),
    )


def is_late(submission: Submission, today: dt.date) -> bool:
    """Like SubmissionQuerySet.late."""
    return submission.is_open and submission.revision == 1 and submission.due_on < today


def mark(submission: Submission, today: dt.date) -> str:
    """What stands beside a submission about its time."""
    if submission.first_submitted_at is not None:
        days = (formats.local_day(submission.first_submitted_at) - submission.due_on).days
        if days > 0:
            return ngettext("handed in %(n)s day late", "handed in %(n)s days late", days) % {
                "n": days
            }
        return _("handed in in time")
    if is_late(submission, today):
        days = (today - submission.due_on).days
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return ""


def consequences(row: Any, today: dt.date) -> list[str]:
    """What another day means for this round's submissions, as they stand now.

    `row`: the round `with_progress`.
    """
    sentences = [
        _of_waiting(row, today),
        _of_handed_in(row, row.handed_in_late),
        _(
            "Submissions opened later get the new days. Nobody is told by mail: the due day "
            "stands on each project's page."
        ),
    ]
    return [sentence for sentence in sentences if sentence]


def _of_waiting(row: Round, today: dt.date) -> str:
    never_handed_in = row.submissions.current().filter(
        status=Status.DRAFT, first_submitted_at__isnull=True
    )
    waiting = never_handed_in.count()
    if not waiting:
        return _(
            "No submission of this round waits to be handed in: a new due day changes none of them."
        )
    return ngettext(
        "One submission was never handed in (late today: %(late)s). The new due day is "
        "written on it: from then on it "
        "is late when that day has passed, and no longer because of the old one.",
        "%(count)s submissions were never handed in (late today: %(late)s). The new due day "
        "is written on them: from "
        "then on they are late when that day has passed, and no longer because of the old one.",
        waiting,
    ) % {"count": waiting, "late": never_handed_in.late(today).count()}


def _of_handed_in(row: Round, late: int) -> str:
    handed_in = row.submissions.current().filter(first_submitted_at__isnull=False).count()
    if not handed_in:
        return ""
    return ngettext(
        "One submission was handed in and keeps the due day that it had (late: %(late)s). "
        "What was measured stays: "
        "being late is not forgiven, and being in time is not taken away.",
        "%(count)s submissions were handed in and keep the due day that they had (late: "
        "%(late)s). What was measured "
        "stays: being late is not forgiven, and being in time is not taken away.",
        handed_in,
    ) % {"count": handed_in, "late": late}
