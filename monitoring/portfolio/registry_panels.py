"""What pages of the registry show from this room besides figures: how the semesters of a project
stand, and which indicators say most about a typology.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from monitoring.definitions.words import current_version
from monitoring.models import Indicator, Submission
from pip_network.people.access import Permission, can
from projects.models import Network, Project

from .featured import of_typology
from .tables import states

SEMESTERS = 8  # the latest


def state_of_project(request: HttpRequest, project: Project) -> dict | None:
    """Its latest semesters, for those who may see its monitoring, wholly or through one of its
    networks.
    """
    return _states(request, project.pk)


def state_of_network(request: HttpRequest, network: Network) -> dict | None:
    """The semesters of its project, each opening the sheet of this network."""
    if not can(request.user, Permission.VIEW_MONITORING, network.scope_keys):
        return None
    return _states(request, network.project_id, network=network.pk)


def _states(request: HttpRequest, project: str, network: str = "") -> dict | None:
    submissions = list(
        Submission.objects.visible_to(request.user)
        .filter(project=project)
        .select_related("round")
        .order_by("-round")[:SEMESTERS]
    )
    if not submissions:
        return None
    codes = [submission.round_id for submission in submissions]
    [(_project, cells)] = states([project], codes, submissions, timezone.localdate())
    return {"rows": list(zip(submissions, cells, strict=True)), "network": network}


def featured(request: HttpRequest, kind: Any) -> dict | None:
    """Indicators that a typology features, in that order, as the catalogue in force defines them."""
    indicators = Indicator.objects.filter(catalogue=current_version()).exclude(featured="")
    rows = of_typology(indicators.select_related("unit"), str(kind.code))
    if not rows:
        return None
    return {"rows": rows, "reads": can(request.user, Permission.VIEW_PORTFOLIO), "code": kind.code}
