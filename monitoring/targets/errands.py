"""Targets that wait for somebody: to be agreed to, or to be corrected."""

from typing import NamedTuple

from django.db.models import Count, QuerySet

from monitoring.choices import TargetState
from monitoring.models import TargetProposal
from pip_network.models import User
from pip_network.people.access import Permission, can_somewhere
from projects.models import Project


class Errand(NamedTuple):
    """What waits in one project."""

    project: Project
    state: str
    number: int

    @property
    def label(self) -> str:
        return str(TargetState(self.state).label)

    @property
    def is_returned(self) -> bool:
        return self.state == TargetState.RETURNED


def errands_for(user: User) -> list[Errand]:
    """Hers alone, by project; no query for who has none, else two."""
    found: list[tuple[str, str, int]] = []
    for permission, state in (
        (Permission.PROPOSE_TARGETS, TargetState.RETURNED),
        (Permission.AGREE_TARGETS, TargetState.PROPOSED),
    ):
        if can_somewhere(user, permission):
            projects = Project.objects.current().of_programme().where(user, permission)
            found += _counted(projects, state)
    named = Project.objects.in_bulk([code for code, _state, _count in found]) if found else {}
    return [Errand(named[code], state, count) for code, state, count in found]


def _counted(projects: QuerySet[Project], state: TargetState) -> list[tuple[str, str, int]]:
    rows = TargetProposal.objects.filter(state=state, project__in=projects).order_by("project")
    return list(rows.values_list("project_id", "state").annotate(count=Count("id")))
