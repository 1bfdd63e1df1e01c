"""Remarks as threads on cells: written by reviewers, answered by those who enter, resolved by
reviewers.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from monitoring.choices import NarrativeTheme
from monitoring.entry import acts
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.panel import panel_context
from monitoring.models import Remark
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.roster import load_roster
from pip_network.web.acts import carry_out
from pip_network.web.htmx import render_page
from pip_network.web.own_addresses import own_address
from pip_network.web.signed_in import SignedInRequest


@login_required
@require_POST
def remark(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """A new remark on a cell or on a text of the narrative; only who reviews this project may."""
    sight = fetch_sight(request.user, project, round_code)
    theme = request.POST.get("theme", "")
    if theme and (theme not in NarrativeTheme or not sight.whole):
        raise Http404
    about = {"theme": theme} if theme else {"key": _asked_key(request, sight)}
    return carry_out(
        request,
        acts.REMARK,
        {"submission_id": sight.submission.pk, **about},
        after=lambda row: _back(request, sight, row),
    )


def _asked_key(request: SignedInRequest, sight: Sight) -> CellKey:
    key = _key(request)
    sheet = load_sheet(sight.submission, subject=key.subject, with_findings=False)
    sight.unit(sheet.units(), key.subject)
    if key not in sheet.asked:
        raise Http404
    return key


@login_required
@require_POST
def answer(request: SignedInRequest, project: str, round_code: str, number: int) -> HttpResponse:
    """An answer to a remark, of who reviews or who enters the cell."""
    sight, thread = _thread(request, project, round_code, number)
    return carry_out(
        request,
        acts.ANSWER,
        {"remark_id": thread.pk},
        after=lambda _answer: _back(request, sight, thread),
    )


@login_required
@require_POST
def resolve(request: SignedInRequest, project: str, round_code: str, number: int) -> HttpResponse:
    """Close a remark; only who reviews this project may."""
    sight, thread = _thread(request, project, round_code, number)
    return carry_out(
        request,
        acts.RESOLVE,
        {"remark_id": thread.pk},
        after=lambda _resolved: _back(request, sight, thread),
    )


def _key(request: SignedInRequest) -> CellKey:
    try:
        return CellKey.parse(request.POST.get("cell", ""))
    except ValueError as error:
        raise Http404 from error


def _thread(
    request: SignedInRequest, project: str, round_code: str, number: int
) -> tuple[Sight, Remark]:
    """A thread on what this person sees."""
    sight = fetch_sight(request.user, project, round_code)
    thread = get_object_or_404(Remark, pk=number, submission=sight.submission, answers__isnull=True)
    if not sight.whole:
        units = load_roster(sight.submission, subjects={thread.subject}).units
        sight.unit(units, thread.subject)
    return sight, thread


def _back(request: SignedInRequest, sight: Sight, thread: Remark) -> HttpResponse:
    """To where it was written: the page that asked, or the place of what it is about (its panel,
    when the sheet asks).
    """
    target = own_address(request, request.POST.get("next", ""))
    if target and not request.htmx:
        return redirect(target)
    submission = sight.submission
    place = (submission.project_id, submission.round_id)
    if not thread.subject:
        return redirect(
            f"{reverse('narrative', args=place)}#{thread.theme}"
            if thread.theme
            else f"{submission.get_absolute_url()}#thread-{thread.pk}"
        )
    key = CellKey(thread.subject, thread.kind, thread.variable_code)
    if request.htmx:
        return render_page(
            request,
            "monitoring/entry/cell.html",
            panel_context(sight, key),
            fragment="monitoring/entry/_cell.html",
        )
    return redirect("cell-panel", *place, *key)
