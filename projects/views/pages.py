"""One page each: a project, a network, a country, an institution."""

from operator import itemgetter

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pip_network.access import Permission as P
from pip_network.access import Role, can, can_somewhere
from pip_network.models import Institution, RoleAssignment
from projects.counts import current_networks, networks_with_counts, projects_with_counts
from projects.models import Country, Membership, Network, Project
from projects.tables import typology_words

FIRMS_PER_PAGE = 50
SHOWN = 50  # rows of a list inside a page; the list itself has them all


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(projects_with_counts().select_related("family", "executing_institution"), code=code)
    networks = list(networks_with_counts().filter(project=found).select_related("country").order_by("code"))
    scopes = {f"P:{found.code}", *(f"N:{network.code}" for network in networks)}
    return render(
        request,
        "projects/project.html",
        {
            "project": found,
            "countries": sorted(found.countries.all(), key=lambda country: country.name),
            "typology": typology_words(found),
            "networks": networks,
            "total": found.amount_fomin + found.amount_local,
            **split_bar(found),
            "events": events(found, networks),
            "may_monitor": can(request.user, P.VIEW_MONITORING, scopes),
            "people": people(request.user, scopes),
        },
    )


def split_bar(project: Project) -> dict[str, int]:
    """A bar of 441 units: MIF's part, a gap of 2, the counterpart's."""
    total = project.amount_fomin + project.amount_local
    first = round(439 * project.amount_fomin / total) if total else 0
    return {"fomin_width": first, "counterpart_x": first + 2, "counterpart_width": 439 - first if total else 0}


def events(project: Project, networks: list[Network]) -> list[tuple]:
    """(day, what happened) of a project, in order."""
    found = [(project.starts_on, "0", _("The project starts")), (project.ends_on, "9", _("The project ends"))]
    for network in networks:
        found.append((network.constituted_on, network.code, _("Constituted: %(network)s") % {"network": network.name}))
        if network.dissolved_on:
            found.append((network.dissolved_on, network.code, _("Dissolved: %(network)s") % {"network": network.name}))
    return [(day, words) for day, _key, words in sorted(found, key=itemgetter(0, 1))]


def people(user, scopes: set[str]) -> list[tuple[str, str]] | None:
    """(role, name) of those who hold a role on `scopes` today; None for readers outside the learning network."""
    if not can_somewhere(user, P.VIEW_INTERNAL):
        return None
    held = RoleAssignment.objects.current(timezone.localdate()).filter(scope__in=scopes).select_related("person")
    order = list(Role)
    rows = {(order.index(Role(one.role)), one.person.name, one.person_id) for one in held}
    return [(order[place].label, name) for place, name, _id in sorted(rows)]


@require_safe
def network(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(networks_with_counts().select_related("project", "country"), code=code)
    members = Membership.objects.filter(network=found)
    counts = members.aggregate(
        active=Count("firm", filter=Q(left_on__isnull=True, firm__closed_on__isnull=True), distinct=True),
        left=Count("firm", filter=Q(left_on__isnull=False, firm__closed_on__isnull=True), distinct=True),
        closed=Count("firm", filter=Q(firm__closed_on__isnull=False), distinct=True),
    )
    counts["gone"] = counts["left"] + counts["closed"]
    page = None
    if can(request.user, P.VIEW_FIRM_NAMES, found.scope_keys):
        rows = members.select_related("firm").order_by("firm__name", "firm_id", "joined_on", "id")
        page = Paginator(rows, FIRMS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "projects/network.html",
        {"network": found, "counts": counts, "page": page, "people": people(request.user, found.scope_keys)},
    )


@require_safe
def country(request: HttpRequest, iso2: str) -> HttpResponse:
    found = get_object_or_404(Country, iso2=iso2.upper())
    projects = (
        projects_with_counts()
        .filter(countries=found)
        .annotate(total=F("amount_fomin") + F("amount_local"))
        .select_related("executing_institution")
        .order_by("code")
    )
    networks = networks_with_counts().filter(country=found).select_related("project").order_by("code")
    return render(
        request,
        "projects/country.html",
        {
            "country": found,
            "projects": projects[:SHOWN],
            "networks": networks[:SHOWN],
            "network_count": current_networks().filter(country=found).count(),
            "shown": SHOWN,
        },
    )


@require_safe
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Institution, slug=slug)
    projects = projects_with_counts().filter(executing_institution=found).order_by("code")
    sources = [part.strip() for part in found.source.split(";") if part.strip()]
    return render(
        request, "projects/institution.html", {"institution": found, "projects": projects[:SHOWN], "sources": sources}
    )
