"""What the page of a project shows of its targets, to who sees its figures."""

from django.http import HttpRequest

from monitoring.choices import TargetState
from pip_network.people.access import Permission, can
from projects.choices import PROGRAMME
from projects.models import Project

from .standing import Standing


def of_project(request: HttpRequest, project: Project) -> dict | None:
    """How many are agreed and how many wait, with the way to their page; None for who sees neither."""
    user = request.user
    may_see = user.is_authenticated and can(user, Permission.VIEW_MONITORING, project.scope_keys)
    if not may_see or project.family_id != PROGRAMME:
        return None
    standing = Standing.of(project)
    states = [row.state for row in standing.proposed.values()]
    return {
        "project": project,
        "agreed": sum(row.value is not None for row in standing.agreed.values()),
        "waiting": states.count(TargetState.PROPOSED),
        "returned": states.count(TargetState.RETURNED),
        "may_propose": can(user, Permission.PROPOSE_TARGETS, project.scope_keys),
    }
