"""The page of a project: what it is, where, with whom, with how much, and how its time goes."""

from operator import itemgetter

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pip_network.folding import fold
from pip_network.people.access import Permission as P
from pip_network.people.access import can
from projects import lifelines
from projects.acts import acts_for
from projects.choices import PROGRAMME
from projects.counts import STANDING, networks_with_counts, with_counts
from projects.latin_america import locator
from projects.models import Network, Project
from projects.tables.cells import state_mark
from projects.tables.projects import project_state, typology_text
from projects.typologies import BY_CODE

from .shared import people


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    manages = can(request.user, P.MANAGE_REGISTRY)
    projects = Project.objects.all() if manages else Project.objects.current()
    project = get_object_or_404(
        with_counts(projects)
        .select_related("family", "executing_institution")
        .prefetch_related(STANDING),
        code=code,
    )
    networks = list(
        networks_with_counts().filter(project=project).select_related("country").order_by("code")
    )
    scopes = {f"P:{project.code}", *(f"N:{network.code}" for network in networks)}
    countries = sorted(project.countries.all(), key=lambda country: fold(country.name))
    return render(
        request,
        "projects/project.html",
        {
            "project": project,
            "in_programme": project.family_id == PROGRAMME,
            "state": state_mark(*project_state(project)),
            "countries": countries,
            "locator": locator(countries),
            "typology": typology_text(project),
            "kinds": [
                BY_CODE[code]
                for code in BY_CODE
                if any(network.typology == code for network in networks)
            ],
            "networks": networks,
            "total": project.amount_fomin + project.amount_local,
            **split_bar(project),
            "events": events(project, networks),
            "drawings": lifelines.draw(project, networks, today=project.day(timezone.now())),
            "predecessors": related(project.predecessors),
            "successors": related(project.successors),
            "may_monitor": can(request.user, P.VIEW_MONITORING, scopes)
            and project.family_id == PROGRAMME,
            "manages": manages,
            "acts": acts_for(request.user, project),
            "people": people(request.user, scopes),
        },
    )


def related(projects) -> list[Project]:
    rows = projects.current().select_related("executing_institution", "family")
    return list(rows.annotate(total=F("amount_fomin") + F("amount_local")).order_by("code"))


def split_bar(project: Project) -> dict[str, int]:
    """A bar of 441 units: MIF's part, a gap of 2, the counterpart's."""
    total = project.amount_fomin + project.amount_local
    first = round(439 * project.amount_fomin / total) if total else 0
    return {
        "fomin_width": first,
        "counterpart_x": first + 2,
        "counterpart_width": 439 - first if total else 0,
    }


def events(project: Project, networks: list[Network]) -> list[tuple]:
    """(day, what happened) of a project, in order."""
    rows = [
        (project.starts_on, "0", _("The project starts")),
        (project.ends_on, "9", _("The project ends")),
    ]
    for network in networks:
        rows.append(
            (
                network.constituted_on,
                network.code,
                _("Constituted: %(network)s") % {"network": network.name},
            )
        )
        if network.dissolved_on:
            rows.append(
                (
                    network.dissolved_on,
                    network.code,
                    _("Dissolved: %(network)s") % {"network": network.name},
                )
            )
    return [(day, words) for day, _key, words in sorted(rows, key=itemgetter(0, 1))]
