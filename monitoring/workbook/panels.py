"""What the page of a project offers to who keeps the registry: moving in what it has."""

from typing import Any

from django.http import HttpRequest

from projects.models import Project

from .acts import PAST_ROUNDS


def of_project(request: HttpRequest, project: Project) -> dict[str, Any] | None:
    """The button; nothing for anybody else."""
    if project.archived_at is not None or not PAST_ROUNDS.may(request.user, project):
        return None
    return {"project": project}
