"""The page of a country: its projects, networks and institutions, and what sources document there."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pip_network.models import Institution
from projects import documented
from projects.choices import PROGRAMME
from projects.counts import countries_with_counts, networks_with_counts, projects_with_counts
from projects.latin_america import locator

from .shared import SHOWN


@require_safe
def country(request: HttpRequest, iso2: str) -> HttpResponse:
    country = get_object_or_404(countries_with_counts(), iso2=iso2.upper())
    projects = (
        projects_with_counts()
        .filter(countries=country)
        .annotate(total=F("amount_fomin") + F("amount_local"))
        .select_related("executing_institution")
        .order_by("code")
    )
    networks = (
        networks_with_counts()
        .filter(country=country, project__family=PROGRAMME)
        .select_related("project")
    )
    here = Institution.objects.current().filter(iso2=country.iso2)
    institutions = list(
        here.order_by("folded", "id")
    )  # all: their number stands above the first of them
    return render(
        request,
        "projects/country.html",
        {
            "country": country,
            "locator": locator([country]),
            "projects": projects.of_programme()[:SHOWN],
            "following": projects.exclude(family=PROGRAMME)[:SHOWN],
            "networks": networks.order_by("code")[:SHOWN],
            "institutions": institutions[:SHOWN],
            "institution_count": len(institutions),
            "documented": documented.in_country(country.iso2),
            "shown": SHOWN,
        },
    )
