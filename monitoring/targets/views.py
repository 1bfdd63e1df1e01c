"""The page of a project's targets, the form of one indicator, and the decisions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from monitoring.models import TargetProposal
from pip_network.models import User
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.acts import Act, carry_out, sent
from pip_network.web.sent_from import sent_from
from pip_network.web.signed_in import SignedInRequest
from projects.models import Project

from . import acts, page
from .asked import catalogue_in_force
from .forms import DecideForm, ProposeForm
from .history import history_of
from .past import past_of
from .standing import Standing


def fetch(user: User, code: str) -> Project:
    """Fetch = authorise: a project of the programme whose figures this person sees, or 404."""
    require_room(user, P.VIEW_MONITORING)
    projects = Project.objects.of_programme().where(user, P.VIEW_MONITORING)
    return get_object_or_404(projects, code=code)


@never_cache
@login_required
@require_GET
def targets(request: SignedInRequest, project: str) -> HttpResponse:
    """All targets of a project beside what its indicators were."""
    found = fetch(request.user, project)
    return render(request, "monitoring/targets/page.html", _page(request, found))


def _page(request: SignedInRequest, project: Project, form: Any = None) -> dict[str, Any]:
    built = page.build(project)
    proposals = [one.proposal for one in built.waiting]
    return {
        "project": project,
        "page": built,
        "may_propose": acts.PROPOSE.is_offered(request.user, project),
        "may_agree": acts.AGREE.is_offered(request.user, project),
        "form": DecideForm(proposals=proposals) if form is None else form,
        "chosen": set(form.data.getlist("chosen")) if form is not None else set(),
        "all": "all" in request.GET or not any(line.has_targets for line in built.lines),
    }


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, project: str, indicator: str) -> HttpResponse:
    """The targets of one indicator, round by round; who may not propose reads them."""
    found = fetch(request.user, project)
    catalogue, standing = catalogue_in_force(), Standing.of(found, indicator)
    used = {indicator} if standing.agreed or standing.proposed else set()
    named = page.names(catalogue, used).get(indicator)
    if named is None:
        raise Http404
    columns = page.columns(found, [named], standing)
    line = page.line(found, named, catalogue, standing, history_of(found), columns)
    cells = [cell for cell in line.cells if cell.is_asked or not cell.is_empty]
    form = ProposeForm(
        sent(request),
        indicator=indicator,
        rounds=[cell.round for cell in cells if cell.is_asked or cell.target or cell.proposal],
        standing=standing,
    )
    if request.method == "POST":
        acts.PROPOSE.require(request.user, found)
    return carry_out(
        request,
        acts.PROPOSE,
        {"project": found, "indicator": indicator},
        form=form,
        template="monitoring/targets/indicator.html",
        context=lambda form: {
            "project": found,
            "line": line,
            "crumb": (resolve_url("targets", found.pk), _("Targets")),
            "rows": [(cell, _field(form, cell.round)) for cell in cells],
            "may_propose": acts.PROPOSE.is_offered(request.user, found),
            "act": acts.PROPOSE,
            "past": past_of(found, named),
        },
        after=resolve_url("targets", found.pk),
    )


def _field(form: ProposeForm, code: str) -> Any:
    name = f"value-{code}"
    return form[name] if name in form.fields else None


@login_required
@sent_from("targets")
def agree(request: SignedInRequest, project: str) -> HttpResponse:
    """Write the chosen proposals into the record."""
    return _decide(request, project, acts.AGREE)


@login_required
@sent_from("targets")
def send_back(request: SignedInRequest, project: str) -> HttpResponse:
    """Give the chosen proposals back with a remark."""
    return _decide(request, project, acts.SEND_BACK)


def _decide(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    project = fetch(request.user, code)
    act.require(request.user, project)
    rows = TargetProposal.objects.waiting().filter(project=project)
    return carry_out(
        request,
        act,
        {"project": project},
        form=DecideForm(request.POST, proposals=list(rows)),
        template="monitoring/targets/page.html",
        context=lambda form: _page(request, project, form),
        after=resolve_url("targets", project.pk),
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, project: str, number: int) -> HttpResponse:
    """Take a proposal back."""
    found = fetch(request.user, project)
    if request.method == "GET":
        return redirect("targets", found.pk)
    acts.WITHDRAW.require(request.user, TargetProposal(project=found))
    row = get_object_or_404(TargetProposal, pk=number, project=found)
    back = resolve_url("targets", found.pk)
    return carry_out(request, acts.WITHDRAW, {"proposal": row}, after=back, back=back)
