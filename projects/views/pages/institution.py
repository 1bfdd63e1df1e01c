"""The page of an institution: what it is, how it stands to the network, what it executes, where
that is known from.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_countries import countries

from pip_network.models import Institution, User
from pip_network.people.access import Permission as P
from pip_network.people.access import can, can_somewhere
from pip_network.web.signed_in import Reader
from projects import documented
from projects.acts import acts_for
from projects.counts import projects_with_counts
from projects.models import Country

from .shared import SHOWN


@require_safe
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    manages = can(request.user, P.MANAGE_REGISTRY)
    institutions = Institution.objects.all() if manages else Institution.objects.current()
    institution = get_object_or_404(institutions, slug=slug)
    projects = projects_with_counts().filter(executing_institution=institution).order_by("code")
    return render(
        request,
        "projects/institution.html",
        {
            "institution": institution,
            "projects": projects[:SHOWN],
            "sources": [part.strip() for part in institution.source.split(";") if part.strip()],
            "country": Country.objects.filter(iso2=institution.iso2).first()
            if institution.iso2
            else None,
            "country_name": str(countries.name(institution.iso2)) if institution.iso2 else "",
            "documented": documented.of_institution((institution.name, institution.acronym)),
            "manages": manages,
            "acts": acts_for(request.user, institution),
            "people": members(request.user, institution),
        },
    )


def members(user: Reader, institution: Institution) -> list[str] | None:
    """Names of those who belong to it and may sign in; None for readers outside the learning
    network.
    """
    if not can_somewhere(user, P.VIEW_INTERNAL):
        return None
    people = User.objects.filter(institution=institution, is_active=True).order_by("folded", "id")
    return list(people.values_list("name", flat=True)[:SHOWN])
