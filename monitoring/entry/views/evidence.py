"""Evidence: all of a submission, attaching, removing, handing a file out, taking one away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monitoring.choices import EvidencePlace
from monitoring.entry import evidence_acts as acts
from monitoring.entry.forms.evidence import AttachForm, TakeAwayForm
from monitoring.entry.views.evidence_lines import (
    can_take_away,
    lines_of,
    may_enter_at,
    parsed,
    seen,
    told,
)
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.panel import panel_context
from monitoring.evidence.places import Spot, spot_of
from monitoring.models import Evidence, EvidenceDraft
from pip_network.files.stored import answer
from pip_network.files.stored.serving import Withheld
from pip_network.web.acts import Act, carry_out
from pip_network.web.errors import Forbidden
from pip_network.web.own_addresses import own_address
from pip_network.web.signed_in import SignedInRequest


@never_cache
@login_required
@require_GET
def evidence(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """All that is attached to what this person sees of a submission."""
    sight = fetch_sight(request.user, project, round_code)
    context = {"sight": sight, "submission": sight.submission, "lines": lines_of(sight)}
    context["can_take_away"] = can_take_away(sight)
    return render(request, "monitoring/entry/evidence/page.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def attach(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """The form of its own page: a file or an address beside one thing (`beside`)."""
    sight = fetch_sight(request.user, project, round_code)
    beside = request.POST.get("beside", "") or request.GET.get("beside", "")
    place = parsed(sight, beside)
    if not may_enter_at(sight, place):
        raise Forbidden(_("You may read what is attached here, but not attach anything now."))
    sent = request.method == "POST"
    form = AttachForm(
        request.POST if sent else None, request.FILES if sent else None, by=request.user
    )
    return carry_out(
        request,
        acts.ATTACH,
        {"submission_id": sight.submission.pk, "spot": place.spot},
        form=form,
        template=f"monitoring/entry/evidence/{'_refused' if request.htmx else 'attach'}.html",
        context=lambda _form: {
            "sight": sight,
            "submission": sight.submission,
            "beside": place.spot,
            "told": told(sight, place),
            "back": _back(request, sight, place.spot),
        },
        after=lambda _row: _after(request, sight, place.spot),
    )


@login_required
@require_POST
def withdraw(request: SignedInRequest, project: str, round_code: str, number: int) -> HttpResponse:
    """Remove a piece while the submission is open."""
    return _change(request, project, round_code, number, acts.WITHDRAW)


@login_required
@require_POST
def put_back(request: SignedInRequest, project: str, round_code: str, number: int) -> HttpResponse:
    """Undo the removal."""
    return _change(request, project, round_code, number, acts.PUT_BACK)


def _change(
    request: SignedInRequest, project: str, round_code: str, number: int, act: Act
) -> HttpResponse:
    sight = fetch_sight(request.user, project, round_code)
    row = EvidenceDraft.objects.filter(pk=number, submission=sight.submission).first()
    if row is None:
        raise Http404
    spot = seen(sight, spot_of(row)).spot
    return carry_out(
        request,
        act,
        {"number": row.pk},
        after=lambda _row: _after(request, sight, spot),
        back=None if request.htmx else _back(request, sight, spot),
    )


def _after(request: SignedInRequest, sight: Sight, spot: Spot) -> HttpResponse:
    """Where it goes on; the sheet gets the panel of the cell, which says what it is now."""
    if not request.htmx or spot.key is None:
        return redirect(_back(request, sight, spot))
    list(messages.get_messages(request))  # the panel shows it; no later page says it again
    return render(request, "monitoring/entry/_cell.html", panel_context(sight, spot.key))


@login_required
@require_GET
def file(request: SignedInRequest, project: str, round_code: str, key: UUID) -> FileResponse:
    """Its bytes, as an attachment; only to who may see what it stands beside."""
    sight = fetch_sight(request.user, project, round_code)
    row = _row(sight, key)
    place = seen(sight, spot_of(row))
    removed = isinstance(row, EvidenceDraft) and row.withdrawn_at is not None
    if not row.is_file or (removed and not may_enter_at(sight, place)):
        raise Http404
    if row.stored is None:
        raise Withheld(_("This file was taken away; its hash and the reason stay."), status=410)
    return answer(row.stored)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def take_away(request: SignedInRequest, project: str, round_code: str, key: UUID) -> HttpResponse:
    """Take the file of an approved piece away, with a reason."""
    sight = fetch_sight(request.user, project, round_code)
    row = _approved(sight, key)
    if row is None:
        raise Http404
    place = seen(sight, spot_of(row))
    acts.TAKE_AWAY.require(request.user, row)
    return carry_out(
        request,
        acts.TAKE_AWAY,
        {"number": row.pk},
        form=TakeAwayForm(request.POST if request.method == "POST" else None),
        template="monitoring/entry/evidence/take_away.html",
        context=lambda _form: {
            "sight": sight,
            "submission": sight.submission,
            "piece": row,
            "told": told(sight, place),
            "back": _page(sight),
        },
        after=_page(sight),
    )


def _row(sight: Sight, key: UUID) -> EvidenceDraft | Evidence:
    """The working piece of that key, else that of the record. Raises Http404."""
    drafts = EvidenceDraft.objects.filter(submission=sight.submission, key=key)
    found = drafts.select_related("stored").first() or _approved(sight, key)
    if found is None:
        raise Http404
    return found


def _approved(sight: Sight, key: UUID) -> Evidence | None:
    rows = Evidence.objects.filter(
        project=sight.submission.project_id, round=sight.submission.round_id, key=key
    )
    return rows.select_related("stored").order_by("-id").first()


def _page(sight: Sight) -> str:
    return reverse("evidence", args=[sight.submission.project_id, sight.submission.round_id])


def _back(request: SignedInRequest, sight: Sight, spot: Spot) -> str:
    """To the page that asked, else to what the piece stands beside."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    if target := own_address(request, asked):
        return target
    place = (sight.submission.project_id, sight.submission.round_id)
    if spot.key is not None:
        return reverse("cell-panel", args=[*place, *spot.key])
    if spot.place == EvidencePlace.NARRATIVE or spot.theme:
        return f"{reverse('narrative', args=place)}#{spot.theme}"
    return sight.submission.get_absolute_url()
