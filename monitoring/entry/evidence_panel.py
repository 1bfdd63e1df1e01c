"""Evidence on pages of other rooms."""

from typing import Any

from django.http import HttpRequest

from monitoring.entry.views.evidence_lines import can_take_away, lines_of
from monitoring.entry.views.fetch import fetch_sight
from monitoring.evidence.pieces import pieces_of
from monitoring.models import Submission
from pip_network.models import User


def of_submission(request: HttpRequest, submission: Submission) -> dict[str, Any] | None:
    """All that is attached, for the page of its review; None when there is nothing."""
    user = request.user
    pieces = pieces_of(submission)
    if not pieces or not isinstance(user, User):
        return None
    sight = fetch_sight(user, submission.project_id, submission.round_id)
    lines = lines_of(sight, pieces=pieces)
    if not lines:
        return None
    return {
        "lines": lines,
        "submission": sight.submission,
        "can_take_away": can_take_away(sight),
        "next": f"{request.path}#evidence",
    }
