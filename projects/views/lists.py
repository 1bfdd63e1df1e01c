"""The registry's lists: projects, networks, countries, institutions."""

from django.db.models import Count, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pip_network.htmx import render_page
from pip_network.listing import listing
from pip_network.models import Institution
from pip_network.text import Folded, fold
from projects.counts import active_memberships, counted, current_networks, networks_with_counts, projects_with_counts
from projects.filters import InstitutionFilter, NetworkFilter, ProjectFilter
from projects.latin_america import map_of
from projects.models import Country, Project
from projects.tables import InstitutionTable, NetworkTable, ProjectTable


def registry_projects() -> QuerySet[Project]:
    """Projects with all that a row of a list shows."""
    return (
        projects_with_counts()
        .select_related("executing_institution")
        .prefetch_related("countries", "networks")
        .order_by("code")
    )


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    rows = registry_projects().annotate(folded=Folded("name"))
    return render_page(request, "projects/project_list.html", listing(request, ProjectFilter, ProjectTable, rows))


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    rows = networks_with_counts().select_related("project", "country").annotate(folded=Folded("name")).order_by("code")
    return render_page(
        request, "projects/network_list.html", listing(request, NetworkFilter, NetworkTable, rows, per_page=50)
    )


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    current = Q(projects__archived_at__isnull=True)
    rows = Institution.objects.annotate(
        folded=Folded("name"), project_count=Count("projects", filter=current, distinct=True)
    ).order_by("folded", "id")
    return render_page(
        request,
        "projects/institution_list.html",
        listing(request, InstitutionFilter, InstitutionTable, rows, per_page=50),
    )


def countries_with_counts() -> list[Country]:
    """By name in the reader's language: names are not in the database."""
    rows = Country.objects.annotate(
        project_count=counted(Project.objects.current(), "pk", countries=OuterRef("pk")),
        network_count=counted(current_networks(), "pk", country=OuterRef("pk")),
        firm_count=counted(active_memberships(), "firm", network__country=OuterRef("pk")),
    )
    return sorted(rows, key=lambda country: fold(country.name))


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    rows = countries_with_counts()
    return render_page(request, "projects/country_list.html", {"countries": rows, "map": map_of(rows)})
