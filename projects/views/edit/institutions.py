"""Institutions: new, edit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.models import Institution
from pip_network.people import institutions
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from projects.forms import InstitutionForm

from .page import Page, answer, require_registry, sent


def fetch(request: HttpRequest, slug: str) -> Institution:
    institution = get_object_or_404(Institution, slug=slug)
    require_registry(request.user)
    return institution


def _trail() -> tuple[str, str]:
    return reverse("institutions"), _("Institutions")


def page_of(institution: Institution, **about) -> Page:
    return Page(
        over=institution.name,
        back=(institution.get_absolute_url(), institution.name),
        trail=_trail(),
        keys=[f"I:{institution.pk}"],
        **about,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require_room(request.user, P.MANAGE_REGISTRY)
    return answer(
        request,
        Page(title=_("New institution"), back=_trail(), button=_("Register the institution")),
        InstitutionForm(sent(request)),
        lambda given: institutions.create_institution(**given, by=request.user, at=timezone.now()),
        done=lambda institution: institution.get_absolute_url(),
        said=_("The institution is registered."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    institution = fetch(request, slug)
    return answer(
        request,
        page_of(institution, title=_("Edit the institution"), button=_("Save")),
        InstitutionForm(sent(request), instance=institution),
        lambda given: institutions.update_institution(
            institution=institution, **given, by=request.user, at=timezone.now()
        ),
        done=institution.get_absolute_url(),
        said=_("The institution is saved."),
    )
