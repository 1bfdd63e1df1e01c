"""The targets behind a figure: of each project its own, with the approval that agreed it."""

from collections.abc import Mapping
from typing import Any

from monitoring.analysis import Figure, Trace
from monitoring.models import Target

from .figure_trace import about


def targets_behind(figure: Figure, defined: Mapping[str, Any], trace: Trace) -> list[Target]:
    """As of the figure's approval, by project; none where the figure has no target. One query."""
    if figure.target is None:
        return []
    alone = about(defined)
    rounds = {(row.project, row.round) for row in trace.rows}
    rows = (
        Target.objects.as_of(defined["as_of"])
        .filter(indicator=figure.indicator, value__isnull=False)
        .select_related("approved_in", "project", "proposed_by")
        .order_by("project", "round")
    )
    if alone:
        rows = rows.filter(project=alone)
    return [row for row in rows if (row.project_id, row.round) in rounds]
