"""Remarks as threads on cells: written by reviewers, answered by those who enter, resolved by
reviewers.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from monitoring.entry import acts
from monitoring.entry.views.fetch import fetch_sight
from monitoring.entry.views.panel import panel_context
from monitoring.models import Remark
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.roster import load_roster
from pip_network.web.acts import carry_out
from pip_network.web.htmx import render_page
from pip_network.web.signed_in import SignedInRequest


@login_required
@require_POST
def remark(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """A new remark on a cell; only who reviews this project may."""
    sight = fetch_sight(request.user, project, round_code)
    key = _key(request)
    sheet = load_sheet(sight.submission, subject=key.subject, with_findings=False)
    sight.unit(sheet.units(), key.subject)
    if key not in sheet.asked:
        raise Http404
    return carry_out(
        request,
        acts.REMARK,
        {"submission_id": sight.submission.pk, "key": key},
        after=lambda _remark: _back(request, project, round_code, key),
    )


@login_required
@require_POST
def answer(request: SignedInRequest, project: str, round_code: str, number: int) -> HttpResponse:
    """An answer to a remark, of who reviews or who enters the cell."""
    thread = _thread(request, project, round_code, number)
    return carry_out(
        request,
        acts.ANSWER,
        {"remark_id": thread.pk},
        after=lambda _remark: _back(request, project, round_code, _key_of(thread)),
    )


@login_required
@require_POST
def resolve(request: SignedInRequest, project: str, round_code: str, number: int) -> HttpResponse:
    """Close a remark; only who reviews this project may."""
    thread = _thread(request, project, round_code, number)
    return carry_out(
        request,
        acts.RESOLVE,
        {"remark_id": thread.pk},
        after=lambda _remark: _back(request, project, round_code, _key_of(thread)),
    )


def _key(request: SignedInRequest) -> CellKey:
    try:
        return CellKey.parse(request.POST.get("cell", ""))
    except ValueError as error:
        raise Http404 from error


def _key_of(thread: Remark) -> CellKey:
    return CellKey(thread.subject, thread.kind, thread.variable_code)


def _thread(request: SignedInRequest, project: str, round_code: str, number: int) -> Remark:
    sight = fetch_sight(request.user, project, round_code)
    thread = get_object_or_404(Remark, pk=number, submission=sight.submission, answers__isnull=True)
    sight.unit(load_roster(sight.submission, subjects={thread.subject}).units, thread.subject)
    return thread


def _back(request: SignedInRequest, project: str, round_code: str, key: CellKey) -> HttpResponse:
    """To where the remark was written: the page that asked, or the cell's own (its panel, when the
    sheet asks).
    """
    target = request.POST.get("next", "")
    if not request.htmx and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    ):
        return redirect(target)
    if request.htmx:
        context = panel_context(fetch_sight(request.user, project, round_code), key)
        return render_page(
            request, "monitoring/entry/cell.html", context, fragment="monitoring/entry/_cell.html"
        )
    return redirect("cell-panel", project, round_code, *key)
