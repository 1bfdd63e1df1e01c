"""What the page of a project, and of one of its firms, offers to who knows the firms by name."""

from typing import Any

from django.http import HttpRequest

from projects.choices import PROGRAMME
from projects.models import Firm, Project

from .acts import ORDER


def of_project(request: HttpRequest, project: Project) -> dict[str, Any] | None:
    """The way to the pages; nothing for anybody else."""
    if project.archived_at is not None or project.family_id != PROGRAMME:
        return None
    user = request.user
    if not user.is_authenticated or not ORDER.may(user, project):
        return None
    return {"project": project}


def of_firm(request: HttpRequest, firm: object) -> dict[str, Any] | None:
    """Its page in each of its projects that are hers."""
    user = request.user
    if not isinstance(firm, Firm) or not user.is_authenticated or firm.anonymised_at is not None:
        return None
    rows = Project.objects.of_programme().current().filter(networks__memberships__firm=firm)
    projects = [row for row in rows.distinct().order_by("code") if ORDER.may(user, row)]
    return {"projects": projects, "subject": f"F:{firm.code}"} if projects else None
