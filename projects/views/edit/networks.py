"""Networks: a new one, and all that is done with one but its firms."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.web.acts import Act, Words, sent
from pip_network.web.signed_in import SignedInRequest
from projects.acts import networks as acts
from projects.acts.projects import NEW_NETWORK
from projects.models import Network, Project

from .page import Page, write
from .projects import trail as trail_of_projects


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, code: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.current(), code=code)
    NEW_NETWORK.require(request.user, project)
    page = Page(
        NEW_NETWORK,
        over=str(project),
        back=(project.get_absolute_url(), project.code),
        trail=trail_of_projects(),
    )
    form = NEW_NETWORK.form(sent(request), project=project)
    return write(request, page, {"project": project}, form=form, after=lambda network: network)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """One of `acts.ACTS` whose page is the network's own."""
    rows = Network.objects.select_related("project", "country")
    network = get_object_or_404(rows, code=code)
    act.require(request.user, network)
    page = Page(
        act,
        over=str(network),
        back=(network.get_absolute_url(), network.code),
        trail=(reverse("networks"), _("Networks")),
        keys=[f"N:{network.code}"],
        will=consequences(act, network),
    )
    return write(request, page, {"network": network}, after=act.after(network))


def consequences(act: Act, network: Network) -> list[Words]:
    """What the act says, after who leaves with it."""
    if act is not acts.DISSOLVE:
        return list(act.will)
    members = network.memberships.current().filter(left_on__isnull=True).count()
    leave = _("Firms that leave with it on that day, for that reason: %(count)s.")
    return [leave % {"count": members}, *act.will]
