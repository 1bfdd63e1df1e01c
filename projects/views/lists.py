"""The registry's lists: projects, networks, firms, countries, institutions.

Each is a page, and a file of what is seen.
"""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.days import today
from pip_network.web.listing import list_page
from pip_network.web.orders import place_of
from projects import counts
from projects.acts import acts_on_lists
from projects.choices import PROGRAMME
from projects.filters.countries import CountryFilter
from projects.filters.firms import FirmFilter
from projects.filters.institutions import InstitutionFilter
from projects.filters.networks import NetworkFilter
from projects.filters.projects import ProjectFilter
from projects.filters.registry import ALL
from projects.latin_america import map_of
from projects.models import Country, Firm, Membership, Network, Project
from projects.models.country import country_names
from projects.models.project import ProjectQuerySet
from projects.tables.countries import CountryTable
from projects.tables.firms import FirmTable
from projects.tables.institutions import InstitutionTable
from projects.tables.networks import NetworkTable
from projects.tables.projects import ProjectTable

# What a file is called; lower case, without accents.
NAMES = {
    "projects": _("projects"),
    "networks": _("networks"),
    "firms": _("firms"),
    "institutions": _("institutions"),
    "countries": _("countries"),
}


def full(projects: ProjectQuerySet) -> QuerySet[Project]:
    """Projects with all that a row of a list shows."""
    return (
        counts.with_counts(projects)
        .select_related("executing_institution", "family")
        .prefetch_related("countries", counts.STANDING)
        .order_by("code")
    )


def registry_projects() -> QuerySet[Project]:
    return full(Project.objects.current())


def family_context(request: HttpRequest) -> dict:
    """Whether the list shows the programme alone; and how many projects carry its work on, outside
    of its totals.
    """
    family = request.GET.get("family", "")
    return {
        "programme_only": not family or family == PROGRAMME,
        "all_families": family == ALL,
        "following": Project.objects.current().exclude(family=PROGRAMME).count(),
    }


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    rows = full(Project.objects.all())
    return list_page(
        request,
        "projects/project_list.html",
        ProjectFilter,
        ProjectTable,
        rows,
        name=str(NAMES["projects"]),
        context={**family_context(request), "act": acts_on_lists(request.user).get("projects")},
    )


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    rows = Network.objects.annotate(
        firm_count=counts.counted(counts.active_memberships(), "firm", network=OuterRef("pk"))
    )
    return list_page(
        request,
        "projects/network_list.html",
        NetworkFilter,
        NetworkTable,
        rows.select_related("project", "country").order_by("code"),
        name=str(NAMES["networks"]),
        per_page=50,
        context=family_context(request),
    )


@login_required
@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """Firms whose names the reader may see; who may see none is not told that the list exists."""
    require_room(request.user, P.VIEW_FIRM_NAMES)
    memberships = Membership.objects.filter(
        network__in=Network.objects.where(request.user, P.VIEW_FIRM_NAMES).current()
    )
    stays = memberships.filter(firm=OuterRef("pk"))
    rows = (
        Firm.objects.where(request.user, P.VIEW_FIRM_NAMES)
        .select_related("country")
        .prefetch_related(
            Prefetch(
                "memberships", memberships.select_related("network"), to_attr="visible_memberships"
            )
        )
        .annotate(in_network=Exists(stays.lasting(today())), was_in_network=Exists(stays))
        .order_by("folded", "code")
    )
    return list_page(
        request,
        "projects/firm_list.html",
        FirmFilter,
        FirmTable,
        rows,
        name=str(NAMES["firms"]),
        per_page=50,
        context={"act": acts_on_lists(request.user).get("firms")},
    )


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    rows = Institution.objects.annotate(
        project_count=counts.counted(
            Project.objects.current(), "pk", executing_institution=OuterRef("pk")
        )
    ).order_by("folded", "id")
    return list_page(
        request,
        "projects/institution_list.html",
        InstitutionFilter,
        InstitutionTable,
        rows,
        name=str(NAMES["institutions"]),
        per_page=50,
        context={"act": acts_on_lists(request.user).get("institutions")},
    )


def countries_by_name() -> QuerySet[Country]:
    """With their counts, in the order of their names in the reader's language: names are not in the
    database.
    """
    rows = counts.countries_with_counts()
    return rows.annotate(name_order=place_of("iso2", country_names())).order_by(
        "name_order", "iso2"
    )


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    rows = countries_by_name()
    return list_page(
        request,
        "projects/country_list.html",
        CountryFilter,
        CountryTable,
        rows,
        name=str(NAMES["countries"]),
        per_page=100,
        context={"map": map_of(list(rows))},
    )
