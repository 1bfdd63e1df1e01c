"""What pages of the registry show from this room besides figures: how the semesters of a project
stand, and which indicators say most about a typology.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from monitoring.definitions.words import current_version
from monitoring.models import Indicator, Submission
from pip_network.models import User
from pip_network.people.access import Permission, can
from projects.models import Network, Project

from .featured import of_typology
from .tables import states

SEMESTERS = 8  # the latest


def state_of_project(request: HttpRequest, project: Project) -> dict | None:
    """Its latest semesters, for those who may see its monitoring, wholly or through one of its
    networks.
    """
    user = request.user
    return _states(user, project.pk) if user.is_authenticated else None


def state_of_network(request: HttpRequest, network: Network) -> dict | None:
    """The semesters of its project, each opening the sheet of this network."""
    user = request.user
    if not user.is_authenticated or not can(user, Permission.VIEW_MONITORING, network.scope_keys):
        return None
    return _states(user, network.project_id, network=network.pk)


def _states(user: User, project: str, network: str = "") -> dict | None:
    submissions = list(
        Submission.objects.visible_to(user)
        .filter(project=project)
        .select_related("project", "round")
        .order_by("-round")[:SEMESTERS]
    )
    if not submissions:
        return None
    codes = [submission.round_id for submission in submissions]
    [(_project, cells)] = states([project], codes, submissions, timezone.now())
    return {"rows": list(zip(submissions, cells, strict=True)), "network": network}


def featured(request: HttpRequest, kind: Any) -> dict | None:
    """Indicators that a typology features, in that order, as the catalogue in force defines them."""
    indicators = Indicator.objects.filter(catalogue=current_version()).exclude(featured="")
    rows = of_typology(indicators.select_related("unit"), str(kind.code))
    if not rows:
        return None
    user = request.user
    reads = user.is_authenticated and can(user, Permission.VIEW_PORTFOLIO)
    return {"rows": rows, "reads": reads, "code": kind.code}
