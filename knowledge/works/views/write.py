"""Pages on which works are written: a proposal, and what is done with a work."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from knowledge.acting import TEMPLATE, around
from knowledge.models import Work
from knowledge.works import acts
from knowledge.works.fetching import fetched
from knowledge.works.forms import FileForm, ProposalForm, RecordForm
from pip_network.people.access import Permission, require_room
from pip_network.web.acts import Act, carry_out, sent
from pip_network.web.signed_in import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    """A new work, with its file if there is one."""
    require_room(request.user, Permission.PROPOSE_WORK)
    form = ProposalForm(sent(request), files_of(request), by=request.user)
    return carry_out(
        request,
        acts.PROPOSE,
        {},
        form=form,
        template=TEMPLATE,
        context=around(acts.PROPOSE, reverse("library")),
        after=lambda work: work,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """One of `acts.OF_WORK`."""
    require_room(request.user, Permission.PROPOSE_WORK)
    work = fetched(request.user, code)
    if work is None:
        raise Http404
    act.require(request.user, work)
    back = work.get_absolute_url()
    if act.at_once and request.method == "POST":
        return carry_out(request, act, {"work": work}, after=work, back=work)
    return carry_out(
        request,
        act,
        {"work": work},
        form=form_of(act, request, work),
        template=TEMPLATE,
        context=around(act, back, thing=work),
        after=work,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do_own(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """One of `acts.OF_PROPOSER`, with a work that she proposed herself."""
    require_room(request.user, Permission.PROPOSE_WORK)
    work = Work.objects.proposed_by(request.user).with_parts().filter(code=code.upper()).first()
    if work is None:
        raise Http404
    return carry_out(
        request,
        act,
        {"work": work},
        form=form_of(act, request, work),
        template=TEMPLATE,
        context=around(act, work.get_absolute_url(), thing=work),
        after=work,
    )


def form_of(act: Act, request: SignedInRequest, work: Any) -> Any:
    if act.form in (FileForm, ProposalForm):
        return act.form(sent(request), files_of(request), instance=work, by=request.user)
    if act.form is RecordForm:
        return RecordForm(sent(request), instance=work)
    return act.form(sent(request))


def files_of(request: SignedInRequest) -> Any:
    return request.FILES if request.method == "POST" else None
