"""What the pages of a project and of a figure show of data quality: internal, never in public."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from monitoring.choices import ApprovalKind
from monitoring.models import Approval
from monitoring.reports.figure_trace import open_figure
from pip_network.people.access import Permission, can
from projects.choices import PROGRAMME
from projects.models import Project

from . import words
from .of_record import head, last_places, parts_of_record
from .parts import together

SHOWN = 60


def of_project(request: HttpRequest, project: Project) -> dict[str, Any] | None:
    """Its last four approved submissions together; None for who does not see its monitoring."""
    user = request.user
    may_see = user.is_authenticated and can(user, Permission.VIEW_MONITORING, project.scope_keys)
    if not may_see or project.family_id != PROGRAMME:
        return None
    number = head()
    found = parts_of_record(last_places(project.code, number), number)
    if not found:
        return None
    parts = together(found.values())
    return {
        "lines": words.lines(parts),
        "mean": words.mean_percent(parts),
        "places": sorted(found),
        "project": project,
    }


def behind_figure(request: HttpRequest, defined: Mapping[str, Any]) -> dict[str, Any] | None:
    """The parts of each submission behind it, of the projects whose monitoring the reader sees;
    never a mean of them. The figure was computed for its page and comes from memory.
    """
    opened = open_figure(defined)
    if opened is None:
        return None
    approvals = Approval.objects.filter(
        number__in=opened.trace.approvals, kind=ApprovalKind.SUBMISSION
    )
    behind = approvals.order_by().values_list(
        "submission__project", "submission__round", "submission__project__name"
    )
    names = {
        (project, code): name
        for project, code, name in behind.distinct()
        if can(request.user, Permission.VIEW_MONITORING, f"P:{project}")
    }
    shown = sorted(names)[:SHOWN]
    found = parts_of_record(shown, defined["as_of"]) if shown else {}
    if not found:
        return None
    rows = [(place, names[place], words.lines(parts)) for place, parts in found.items()]
    return {"rows": rows, "heads": rows[0][2], "count": len(names), "most": SHOWN}
