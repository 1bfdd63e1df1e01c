"""Networks: new, edit, dissolve, reinstate."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects import actions
from projects.forms import DissolveForm, NetworkForm, NewNetworkForm, RegistryForm
from projects.models import Network, Project

from .page import Page, answer, require_registry, sent


def fetch(request: HttpRequest, code: str) -> Network:
    network = get_object_or_404(Network.objects.select_related("project", "country"), code=code)
    require_registry(request.user)
    return network


def page_of(network: Network, **about) -> Page:
    return Page(
        over=str(network),
        back=(network.get_absolute_url(), network.code),
        trail=(reverse("networks"), _("Networks")),
        keys=[f"N:{network.code}"],
        **about,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.current(), code=code)
    require_registry(request.user)
    return answer(
        request,
        Page(
            title=_("New network"),
            over=str(project),
            back=(project.get_absolute_url(), project.code),
            trail=(reverse("projects"), _("Projects")),
            button=_("Register the network"),
            lede=_(
                "Its first questions come with the first semester that closes after its "
                "constitution."
            ),
        ),
        NewNetworkForm(sent(request), project=project),
        lambda given: actions.create_network(
            project=project, **given, by=request.user, at=timezone.now()
        ),
        done=lambda network: network.get_absolute_url(),
        said=_("The network is registered."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    network = fetch(request, code)
    return answer(
        request,
        page_of(
            network,
            title=_("Edit the network"),
            button=_("Save"),
            lede=_(
                "Changes hold from the next submission on: what was approved keeps what it froze."
            ),
        ),
        NetworkForm(sent(request), instance=network),
        lambda given: actions.update_network(
            network=network, **given, by=request.user, at=timezone.now()
        ),
        done=network.get_absolute_url(),
        said=_("The network is saved."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dissolve(request: HttpRequest, code: str) -> HttpResponse:
    network = fetch(request, code)
    members = network.memberships.filter(left_on__isnull=True).count()
    return answer(
        request,
        page_of(
            network,
            title=_("Dissolve the network"),
            button=_("Dissolve the network"),
            danger=True,
            will=[
                _("Firms that leave with it on that day, for that reason: %(count)s.")
                % {"count": members},
                _(
                    "It stays in every figure: its support counts as ended and its unsubsidised "
                    "work as none."
                ),
                _("A slip can be taken back until an approved round says so."),
            ],
        ),
        DissolveForm(sent(request)),
        lambda given: actions.dissolve_network(
            network=network, **given, by=request.user, at=timezone.now()
        ),
        done=network.get_absolute_url(),
        said=_("The network is dissolved."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reinstate(request: HttpRequest, code: str) -> HttpResponse:
    network = fetch(request, code)
    return answer(
        request,
        page_of(
            network,
            title=_("Take the dissolution back"),
            button=_("Take the dissolution back"),
            will=[
                _(
                    "The network works again, and the firms that left with it are in it again, as "
                    "if nothing had been."
                )
            ],
        ),
        RegistryForm(sent(request)),
        lambda _given: actions.reinstate_network(
            network=network, by=request.user, at=timezone.now()
        ),
        done=network.get_absolute_url(),
        said=_("The dissolution is taken back."),
    )
