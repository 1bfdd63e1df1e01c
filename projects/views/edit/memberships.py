"""Memberships: join, move, leave, and mend a slip."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.web.acts import sent
from pip_network.web.signed_in import SignedInRequest
from projects.actions.corrections import frozen_joining, frozen_leaving
from projects.acts import memberships as acts
from projects.fetching import managed_firm, managed_networks
from projects.models import Firm, Membership, Network

from .firms import firm_page
from .page import write


def _fetch(request: SignedInRequest, code: str, pk: int) -> tuple[Firm, Membership]:
    """A membership in a network whose firms the person keeps."""
    firm = managed_firm(request.user, code)
    membership = get_object_or_404(firm.memberships.select_related("network__project"), pk=pk)
    if not can(request.user, P.MANAGE_FIRMS, membership.network.scope_keys):
        raise Http404
    membership.firm = firm
    return firm, membership


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, code: str) -> HttpResponse:
    firm = managed_firm(request.user, code)
    networks = managed_networks(request.user)
    present = Network.objects.filter(memberships__firm=firm, memberships__left_on__isnull=True)
    form = acts.JOIN.form(
        sent(request),
        networks=networks.exclude(pk__in=present.values("pk")).order_by("code"),
        present=networks.filter(pk__in=present.values("pk")).order_by("code"),
    )
    return write(request, firm_page(acts.JOIN, firm), {"firm": firm}, form=form, after=firm)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    firm, membership = _fetch(request, code, pk)
    title = _("The firm left %(network)s") % {"network": membership.network_id}
    about = {"firm": firm, "network": membership.network}
    page = firm_page(acts.LEAVE, firm, title=title)
    return write(request, page, about, of=membership, after=firm)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Another day of joining or leaving, as far as no approved round froze it."""
    firm, membership = _fetch(request, code, pk)
    joining, leaving = frozen_joining(membership), membership.left_on and frozen_leaving(membership)
    fixed = []
    notes = []
    if joining:
        fixed.append("joined_on")
        notes.append(
            _("The day of joining stands in the approved round %(round)s: it stays.")
            % {"round": joining}
        )
    if membership.left_on is None:
        fixed += ["left_on", "leaving_reason"]
    elif leaving:
        fixed.append("left_on")
        notes.append(
            _("The leaving stands in the approved round %(round)s: its day stays.")
            % {"round": leaving}
        )
    title = _("Correct the membership in %(network)s") % {"network": membership.network_id}
    more = {
        "membership": membership,
        "may_take_back_leaving": membership.left_on is not None and not leaving,
        "may_take_back_joining": not joining,
        "nothing_to_correct": {"joined_on", "left_on", "leaving_reason"} <= set(fixed),
    }
    return write(
        request,
        firm_page(acts.CORRECT, firm, title=title, will=notes),
        {"membership": membership},
        form=acts.CORRECT.form(sent(request), instance=membership, fixed=tuple(fixed)),
        template="projects/edit/membership.html",
        more=lambda _form: more,
        after=firm,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The firm never left."""
    firm, membership = _fetch(request, code, pk)
    never = _("The firm is in %(network)s as if it had never left.")
    will = [never % {"network": membership.network}]
    return write(
        request, firm_page(acts.STAY, firm, will=will), {"membership": membership}, after=firm
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unjoin(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The firm never joined."""
    firm, membership = _fetch(request, code, pk)
    never = _(
        "The firm was never in %(network)s: the membership goes, the trail keeps that it was there."
    )
    will = [never % {"network": membership.network}]
    return write(
        request, firm_page(acts.UNJOIN, firm, will=will), {"membership": membership}, after=firm
    )
