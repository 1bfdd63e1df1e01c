"""Remarks as threads on cells: written by reviewers, answered by those who enter, resolved by
reviewers.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from monitoring.entry.forms import RemarkForm
from monitoring.entry.views.fetch import sight
from monitoring.entry.views.panel import panel_context
from monitoring.models import Remark
from monitoring.sheet.cells import CellKey
from monitoring.sheet.roster import roster
from monitoring.sheet.sheet import load_sheet
from monitoring.submission import review
from pip_network.web.errors import Invalid
from pip_network.web.htmx import render_page


@login_required
@require_POST
def remark(request: HttpRequest, project: str, round_code: str) -> HttpResponse:
    """A new remark on a cell; only who reviews this project may."""
    seen = sight(request.user, project, round_code)
    key = _key(request)
    sheet = load_sheet(seen.submission, subject=key.subject, with_findings=False)
    seen.unit(sheet.units(), key.subject)
    if key not in sheet.asked:
        raise Http404
    review.remark(seen.submission.pk, _text(request), key=key, by=request.user, at=timezone.now())
    return _back(request, project, round_code, key)


@login_required
@require_POST
def answer(request: HttpRequest, project: str, round_code: str, number: int) -> HttpResponse:
    seen, one = _thread(request, project, round_code, number)
    review.answer(one.pk, text=_text(request), by=request.user, at=timezone.now())
    return _back(request, project, round_code, _key_of(one))


@login_required
@require_POST
def resolve(request: HttpRequest, project: str, round_code: str, number: int) -> HttpResponse:
    seen, one = _thread(request, project, round_code, number)
    review.resolve(one.pk, by=request.user, at=timezone.now())
    return _back(request, project, round_code, _key_of(one))


def _key(request: HttpRequest) -> CellKey:
    try:
        return CellKey.parse(request.POST.get("cell", ""))
    except ValueError as error:
        raise Http404 from error


def _key_of(one: Remark) -> CellKey:
    return CellKey(one.subject, one.kind, one.variable_code)


def _text(request: HttpRequest) -> str:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        raise Invalid(" ".join(form.errors["text"]), place="text")
    return form.cleaned_data["text"]


def _thread(request: HttpRequest, project: str, round_code: str, number: int):
    seen = sight(request.user, project, round_code)
    one = get_object_or_404(Remark, pk=number, submission=seen.submission, answers__isnull=True)
    seen.unit(roster(seen.submission, subjects={one.subject}).units, one.subject)
    return seen, one


def _back(request: HttpRequest, project: str, round_code: str, key: CellKey) -> HttpResponse:
    """To where the remark was written: the page that asked, or the cell's own (its panel, when the
    sheet asks).
    """
    target = request.POST.get("next", "")
    if not request.htmx and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    ):
        return redirect(target)
    if request.htmx:
        context = panel_context(sight(request.user, project, round_code), key)
        return render_page(
            request, "monitoring/entry/cell.html", context, fragment="monitoring/entry/_cell.html"
        )
    return redirect("cell-panel", project, round_code, *key)
