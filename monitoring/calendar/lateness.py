"""How the submissions of a round stand to its due day, and what another day would mean for them."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.choices import Status
from monitoring.models import Round, Submission

ORDER = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.APPROVED)


def with_progress(rounds: QuerySet[Round], at: dt.datetime) -> QuerySet[Round]:
    """How many current submissions of each round are where, as of a moment.

    `being_entered`, `in_review`, `approved` (under amendment too); `late`: not handed in although due;
    `handed_in_late`: that is measured.
    """
    submissions = Submission.objects.current().select_related("project")
    late = [row.pk for row in submissions if row.is_late(at)]
    handed_in_late = [row.pk for row in submissions if row.was_late]
    of = "submissions__"
    states = {
        "being_entered": Q(
            **{f"{of}status__in": [Status.DRAFT, Status.RETURNED], f"{of}revision": 1}
        ),
        "in_review": Q(**{f"{of}status": Status.SUBMITTED, f"{of}revision": 1}),
        "approved": Q(**{f"{of}status": Status.APPROVED}) | Q(**{f"{of}revision__gt": 1}),
        "late": Q(submissions__in=late),
        "handed_in_late": Q(submissions__in=handed_in_late),
    }
    current = Q(submissions__in=Submission.objects.current().values("pk"))
    return rounds.annotate(
        **{name: Count("submissions", filter=current & state) for name, state in states.items()}
    )


def in_order(row: Round, at: dt.datetime) -> list[Submission]:
    """What waits first, late ones before all; then what was handed in."""
    submissions = list(row.submissions.current().select_related("project").order_by("project"))
    return sorted(
        submissions,
        key=lambda submission: (
            not submission.is_late(at),
            ORDER.index(Status.APPROVED if submission.is_approved else Status(submission.status)),
        ),
    )


def mark(submission: Submission, at: dt.datetime) -> str:
    """What stands beside a submission about its time."""
    if submission.moved_in:
        return _("moved in afterwards")
    days = submission.days_late(at)
    if submission.first_submitted_at is not None:
        if days <= 0:
            return _("handed in in time")
        return ngettext("handed in %(n)s day late", "handed in %(n)s days late", days) % {"n": days}
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else ""


def consequences(row: Any, at: dt.datetime) -> list[str]:
    """What another day means for this round's submissions, as they stand now.

    `row`: the round `with_progress`.
    """
    sentences = [
        _of_waiting(row, at),
        _of_handed_in(row, row.handed_in_late),
        _(
            "Submissions opened later get the new days. The reminders of the portal go by them; that "
            "a day was moved is told to nobody by mail: it stands on each project's page."
        ),
    ]
    return [sentence for sentence in sentences if sentence]


def _of_waiting(row: Round, at: dt.datetime) -> str:
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
    ) % {"count": waiting, "late": never_handed_in.late(at).count()}


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
