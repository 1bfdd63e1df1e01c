"""The start page of monitoring, the page of one submission, and the two steps that its director
takes.
"""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monitoring.calendar import lateness
from monitoring.choices import NarrativeTheme
from monitoring.entry import acts
from monitoring.entry.forms import SubmitForm
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.narrative import texts_of
from monitoring.entry.views.open_remarks import lines_on
from monitoring.entry.views.progress import obstacles, parts_of
from monitoring.entry.views.quality import parts_on_page
from monitoring.entry.views.start import matrix_for, openings_for, tasks_for
from monitoring.entry.views.threads import threads_of
from monitoring.models import Round, Submission
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Sheet
from monitoring.submission import workflow
from monitoring.submission.remark_lines import RemarkLine
from monitoring.targets.errands import errands_for
from pip_network.people.access import Permission as P
from pip_network.people.access import can_somewhere, require_room
from pip_network.web.acts import Act, carry_out
from pip_network.web.days import days_after
from pip_network.web.errors import Forbidden
from pip_network.web.sent_from import sent_from
from pip_network.web.signed_in import SignedInRequest
from projects.models import Project


@login_required
@require_GET
def monitoring(request: SignedInRequest) -> HttpResponse:
    """What to do next, then every project and round that this person may open."""
    require_room(request.user, P.VIEW_MONITORING)
    now = timezone.now()
    context = {
        "tasks": tasks_for(request.user, now),
        "errands": errands_for(request.user),
        "openings": openings_for(request.user, now),
        "matrix": matrix_for(request.user),
        "enters": can_somewhere(request.user, P.ENTER_NETWORK),
        "reviews": can_somewhere(request.user, P.VIEW_REVIEW_QUEUE),
    }
    return render(request, "monitoring/entry/start.html", context)


@never_cache
@login_required
@require_GET
def submission(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """One submission: how far it is, what is in its way, what has happened."""
    sight = fetch_sight(request.user, project, round_code)
    return render(
        request,
        "monitoring/entry/submission.html",
        _submission_context(sight, timezone.now()),
    )


def _submission_context(sight: Sight, now: dt.datetime, **more: Any) -> dict[str, Any]:
    submission = sight.submission
    sheet = load_sheet(submission)
    parts = parts_of(sight, sheet)
    remarks = lines_on(sight, sheet.roster, sheet.threads)
    steps = {step.name for step in workflow.available(submission, sight.user)}
    visible = [key for key in sheet.asked if sight.whole or _is_visible(sight, sheet, key)]
    return {
        "sight": sight,
        "submission": submission,
        "days_left": submission.days_left(now),
        "lateness": lateness.mark(submission, now),
        "counts": sheet.count(visible),
        "quality": parts_on_page(sight, sheet),
        "parts": parts,
        "obstacles": obstacles(sight, sheet) if submission.is_open else {},
        "steps": steps,
        "may_submit": "submit" in steps,
        "events": _events(submission),
        **_texts(sight),
        "remarks": remarks,
        "remarks_open": len(remarks),
        "unanswered": sum(not line.answered for line in remarks),
        "strays": _strays(submission, remarks),
        "can_answer": sight.whole and (sight.may_enter(None) or sight.may(P.REVIEW)),
        "can_remark": sight.may(P.REVIEW),
        "can_review": sight.may(P.REVIEW),
        "form": _submit_form(submission, now),
        **more,
    }


def _texts(sight: Sight) -> dict[str, Any]:
    """How many of the four texts are written; the fifth, what was learned, nobody has to write."""
    drafts = texts_of(sight) if sight.whole else {}
    written = {theme for theme, draft in drafts.items() if draft.text}
    return {
        "texts_written": len(written - {NarrativeTheme.LEARNED}),
        "tells_lesson": NarrativeTheme.LEARNED in written,
    }


def _submit_form(
    submission: Submission, now: dt.datetime, sent: QueryDict | None = None
) -> SubmitForm:
    """Before the semester has ended it asks whether that is meant."""
    ends_on = submission.round.ends_on
    ended = days_after(ends_on, now, submission.zone) > 0
    return SubmitForm(sent, ends_on=None if ended else ends_on)


def _strays(submission: Submission, lines: list[RemarkLine]) -> list[RemarkLine]:
    """Threads that have no other page than the submission's, with their answers."""
    strays = [line for line in lines if line.stray]
    if not strays:
        return []
    rows = threads_of(submission).in_bulk([line.remark.pk for line in strays])
    return [line._replace(remark=rows[line.remark.pk]) for line in strays]


def _is_visible(sight: Sight, sheet: Sheet, key: CellKey) -> bool:
    return sight.sees(sheet.roster.by_subject[key.subject])


def _events(submission: Submission) -> list[dict[str, Any]]:
    """The steps of a submission, newest first; an approval with its number."""
    numbers = dict(submission.approvals.values_list("revision", "number"))
    return [
        {
            "event": event,
            "number": numbers.get(event.revision) if event.verb == "approved" else None,
        }
        for event in submission.events.select_related("by").order_by("-at", "-id")
    ]


@login_required
@require_POST
def open_(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Begin a semester: its submission is opened with what the registry already knows."""
    require_room(request.user, P.VIEW_MONITORING)
    row = get_object_or_404(Project.objects.with_monitoring(request.user), code=project)
    semester = get_object_or_404(Round, code=round_code)
    about = {"project": row, "round": semester}
    return carry_out(request, acts.OPEN, about, after=lambda submission: submission)


@login_required
@sent_from("submission")
def submit(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Hand it in; what is missing is said on its page."""
    sight = fetch_sight(request.user, project, round_code)
    workflow.require_step(sight.submission, "submit", request.user)
    return carry_out(
        request,
        acts.SUBMIT,
        {"submission_id": sight.submission.pk},
        form=_submit_form(sight.submission, timezone.now(), request.POST),
        template="monitoring/entry/submission.html",
        context=lambda form: _submission_context(
            sight, timezone.now(), form=form, refused=form.refusal
        ),
        after=sight.submission,
    )


@login_required
@require_POST
def withdraw(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Take back what was handed in and nobody has begun to review."""
    sight = fetch_sight(request.user, project, round_code)
    return carry_out(
        request,
        acts.WITHDRAW,
        {"submission_id": sight.submission.pk},
        after=sight.submission,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Open an approved submission again, with its reason."""
    return _with_reason(request, project, round_code, acts.AMEND)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Give an amendment up, with its reason."""
    return _with_reason(request, project, round_code, acts.DISCARD)


def _with_reason(request: SignedInRequest, project: str, round_code: str, act: Act) -> HttpResponse:
    """The page of an act on an approved round, of the name of its step."""
    sight = fetch_sight(request.user, project, round_code)
    if not sight.may(P.AMEND):
        if not sight.whole:
            raise Http404
        raise Forbidden(_("You may read this submission, but not amend it."))
    workflow.require_step(sight.submission, act.name, request.user)
    return carry_out(
        request,
        act,
        {"submission_id": sight.submission.pk},
        form=act.form(request.POST or None),
        template=f"monitoring/entry/{act.name}.html",
        context=lambda _form: {"sight": sight, "submission": sight.submission},
        after=sight.submission,
    )
