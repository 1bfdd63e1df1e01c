"""On the page of a firm: the submissions that ask of it, newest first."""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from monitoring.models import Submission
from projects.models import Firm

SHOWN = 12


def submissions_of(request: HttpRequest, firm: object) -> dict[str, Any] | None:
    """Those of its projects whose round closes after it joined, of what the reader may see; None
    when there is none.
    """
    if not isinstance(firm, Firm) or not request.user.is_authenticated:
        return None
    first: dict[str, dt.date] = {}
    for project, joined_on in firm.memberships.order_by("joined_on").values_list(
        "network__project", "joined_on"
    ):
        first.setdefault(project, joined_on)
    rows = (
        Submission.objects.visible_to(request.user)
        .current()
        .filter(project__in=first)
        .select_related("project", "round")
    )
    submissions = [
        row
        for row in rows.order_by("-round", "project")
        if row.round.ends_on >= first[row.project_id]
    ]
    return (
        {
            "submissions": submissions[:SHOWN],
            "subject_key": f"F:{firm.code}",
        }
        if submissions
        else None
    )
