"""Institutions: a new one, and all that is done with one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.acts import Act
from pip_network.web.signed_in import SignedInRequest
from projects.acts import institutions as acts

from .page import Page, write


def trail() -> tuple[str, str]:
    return reverse("institutions"), _("Institutions")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    require_room(request.user, P.MANAGE_REGISTRY)
    return write(request, Page(acts.NEW, back=trail()), {}, after=lambda institution: institution)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedInRequest, slug: str, act: Act) -> HttpResponse:
    """One of `acts.ACTS`."""
    institution = get_object_or_404(Institution, slug=slug)
    act.require(request.user, institution)
    page = Page(
        act,
        over=institution.name,
        back=(institution.get_absolute_url(), institution.name),
        trail=trail(),
        keys=[f"I:{institution.pk}"],
    )
    return write(request, page, {"institution": institution}, after=act.after(institution))
