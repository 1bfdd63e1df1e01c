"""The room of the reviewers: what waits, one submission read from what matters most, and the two
decisions.
"""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from monitoring.choices import NarrativeTheme, Status
from monitoring.entry import acts
from monitoring.entry.filters import QueueFilter
from monitoring.entry.forms import ReturnForm
from monitoring.entry.views.digest import digest
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.narrative import texts_of
from monitoring.entry.views.open_remarks import lines_on
from monitoring.entry.views.quality import parts_on_page
from monitoring.entry.views.since_return import since_return
from monitoring.entry.views.threads import threads_of
from monitoring.models import RecordHead, Submission
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.threads import Thread
from monitoring.submission import workflow
from monitoring.submission.remark_lines import RemarkLine
from monitoring.targets.errands import errands_for
from pip_network.models import User
from pip_network.people.access import Permission as P
from pip_network.people.access import can, require_room
from pip_network.web.acts import buttons, carry_out
from pip_network.web.days import day_in, days_after
from pip_network.web.htmx import render_page
from pip_network.web.sent_from import sent_from
from pip_network.web.signed_in import SignedInRequest

PER_PAGE = 50
UNITS_PER_PAGE = 20


@login_required
@require_GET
def review(request: SignedInRequest) -> HttpResponse:
    """Submissions that wait, hers first and the oldest first; then all others."""
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    now = timezone.now()
    rows = (
        Submission.objects.visible_to(request.user)
        .current()
        .select_related("project", "round", "submitted_by", "decided_by", "review_begun_by")
        .annotate(
            open_remarks=Count(
                "remarks",
                filter=Q(remarks__answers__isnull=True, remarks__resolved_at__isnull=True),
                distinct=True,
            ),
        )
    )
    narrowed = QueueFilter(request.GET, queryset=rows, request=request)
    rows = narrowed.qs
    submissions = rows.awaiting_review().order_by("submitted_at", "project")
    waiting = [_waiting_row(submission, request.user, now) for submission in submissions]
    waiting.sort(key=lambda row: not row["mine"])
    decided = rows.exclude(status=Status.SUBMITTED).order_by("-round", "project")
    page = Paginator(decided, PER_PAGE).get_page(request.GET.get("page"))
    errands = [one for one in errands_for(request.user) if not one.is_returned]
    context = {
        "waiting": waiting,
        "page": page,
        "filter": narrowed,
        "filtered": any(request.GET.get(name) for name in QueueFilter.base_filters),
        "errands": errands,
    }
    return render_page(request, "monitoring/entry/review/queue.html", context)


def _waiting_row(submission: Submission, user: User, now: dt.datetime) -> dict[str, Any]:
    handed_in = day_in(submission.zone, submission.submitted_at or now)
    return {
        "submission": submission,
        "mine": can(user, P.REVIEW, {f"P:{submission.project_id}"}),
        "days": days_after(handed_in, now, submission.zone),
        "days_late": max(0, submission.days_late(now)),
    }


@never_cache
@login_required
@require_GET
def review_submission(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """One submission, read from what matters most."""
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    sight = fetch_sight(request.user, project, round_code)
    return render(request, "monitoring/entry/review/page.html", _page(sight, request))


def _page(sight: Sight, request: SignedInRequest, **more: Any) -> dict[str, Any]:
    submission = sight.submission
    sheet = load_sheet(submission)
    threads = _threads(sight, sheet)
    remarks = [line for line in threads if line.remark.resolved_at is None]
    texts = texts_of(sight)
    steps = {step.name for step in workflow.available(submission, sight.user)}
    units = Paginator(sheet.units(), UNITS_PER_PAGE)
    page = units.get_page(request.GET.get("page"))
    return {
        "sight": sight,
        "submission": submission,
        **digest(sight, sheet, list(page)),
        "since_return": since_return(sight, sheet),
        "quality": parts_on_page(sight, sheet),
        "page": page,
        "threads": threads,
        "remarks": remarks,
        "answered": sum(line.answered for line in remarks),
        "themes": [(theme, texts.get(theme)) for theme in NarrativeTheme],
        "steps": steps,
        "can_review": sight.may(P.REVIEW),
        "due_acts": buttons(
            acts.ABOUT_DUE_DAY, sight.user, submission, submission.project_id, submission.round_id
        ),
        "is_author": submission.submitted_by_id == sight.user.pk,
        "next_number": _next_number(),
        "form": ReturnForm(),
        "refused": "",
        **more,
    }


def _next_number() -> int:
    head = RecordHead.objects.first()
    return (head.number if head else 0) + 1


def _threads(sight: Sight, sheet: Sheet) -> list[RemarkLine]:
    """All threads of this submission: those answered since first, then the other open ones, then
    those that were closed.
    """
    answered = {thread.remark.pk for thread in sheet.threads if thread.answered}
    threads = [Thread(row, row.pk in answered) for row in threads_of(sight.submission)]
    lines = lines_on(sight, sheet.roster, threads)
    return sorted(lines, key=lambda line: (line.remark.resolved_at is not None, not line.answered))


@login_required
@require_POST
def begin(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Begin to review it: the queue says so, and it cannot be withdrawn any more."""
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    sight = fetch_sight(request.user, project, round_code)
    page = resolve_url("review-submission", project, round_code)
    about = {"submission_id": sight.submission.pk}
    return carry_out(request, acts.BEGIN, about, after=page)


@login_required
@sent_from("review-submission")
def return_(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Give it back to its author, with a reason."""
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    sight = fetch_sight(request.user, project, round_code)
    workflow.require_step(sight.submission, "return", request.user)
    return carry_out(
        request,
        acts.RETURN,
        {"submission_id": sight.submission.pk},
        template="monitoring/entry/review/page.html",
        context=lambda form: _page(sight, request, form=form),
        after=lambda _returned: _next(request),
    )


@login_required
@sent_from("review-submission")
def approve(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Write it into the record; then on to the next that waits."""
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    sight = fetch_sight(request.user, project, round_code)
    return carry_out(
        request,
        acts.APPROVE,
        {"submission_id": sight.submission.pk},
        template="monitoring/entry/review/page.html",
        context=lambda form: _page(sight, request, refused=form.refusal, form=ReturnForm()),
        after=lambda _approval: _next(request),
    )


def _next(request: SignedInRequest) -> HttpResponse:
    """On to the oldest submission that waits for this reviewer; to the queue when none does."""
    for submission in (
        Submission.objects.visible_to(request.user)
        .current()
        .awaiting_review()
        .order_by("submitted_at", "project")
    ):
        if {"approve", "return"} & {
            step.name for step in workflow.available(submission, request.user)
        }:
            return redirect("review-submission", submission.project_id, submission.round_id)
    return redirect("review")
