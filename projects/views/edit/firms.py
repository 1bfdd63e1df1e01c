"""Firms: register one into a network, and all that is done with one but its memberships."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.people.access import Permission as P
from pip_network.web.acts import Act, sent
from pip_network.web.again import confirm_identity
from pip_network.web.own_addresses import own_address
from pip_network.web.signed_in import SignedInRequest
from projects.acts import firms as acts
from projects.fetching import managed_firm
from projects.forms import NewFirmForm
from projects.models import Firm, Network

from .page import Page, write


def firm_page(act: Act, firm: Firm, **about: Any) -> Page:
    """Names stand in no address and in no title of a window: codes do."""
    defaults = {
        "over": f"{firm.code} {firm.name}".strip(),
        "back": (firm.get_absolute_url(), firm.code),
        "trail": (reverse("firms"), _("Firms")),
        "keys": [f"F:{firm.code}"],
    }
    return Page(act, **{**defaults, **about})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Register a firm into the network `code`; then on to where one came from, such as its sheet."""
    rows = Network.objects.current().select_related("project")
    network = get_object_or_404(rows, code=code)
    acts.REGISTER.require(request.user, network)
    came_from = own_address(request, request.GET.get("next", ""))
    page = Page(
        acts.REGISTER,
        over=str(network),
        back=(came_from or network.get_absolute_url(), network.code),
        trail=(reverse("networks"), _("Networks")),
    )

    def alike(form: NewFirmForm) -> dict[str, Any]:
        """Firms that it may be, which are shown before anything is stored."""
        if form.alike:
            page.button = _("It is none of these: register it")
        return {"alike": form.alike}

    form = acts.REGISTER.form(sent(request), network=network)
    about = {"network": network}
    return write(request, page, about, form=form, more=alike, after=lambda firm: came_from or firm)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """One of the acts that need no password again."""
    firm = managed_firm(request.user, code)
    return write(request, firm_page(act, firm), {"firm": firm}, after=act.after(firm))


@confirm_identity(room=P.MANAGE_REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def anonymise(request: SignedInRequest, code: str) -> HttpResponse:
    firm = managed_firm(request.user, code)
    return write(request, firm_page(acts.ANONYMISE, firm), {"firm": firm}, after=firm)
