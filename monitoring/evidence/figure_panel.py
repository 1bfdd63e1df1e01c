"""The evidence of the rows behind a figure, for who may see those rows."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from monitoring.analysis import Trace
from monitoring.choices import EvidencePlace, Kind
from monitoring.models import Evidence
from monitoring.reports.figure_trace import about_network, open_figure
from pip_network.people.access import Permission, can
from pip_network.web.signed_in import Reader
from projects.models import Network

SHOWN = 50
ON_CELLS = (EvidencePlace.CELL, EvidencePlace.EXPLANATION, EvidencePlace.REMARK)
Cell = tuple[str, str, str, str]  # project, subject, kind, variable


def behind_figure(request: HttpRequest, defined: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was attached to the cells of its rows when it was approved; None when there is nothing
    for this reader. The figure was computed for its page and comes from memory.
    """
    opened = open_figure(defined)
    if opened is None:
        return None
    projects = _seen(request.user, defined, {row.project for row in opened.trace.rows})
    if not projects:
        return None
    cells = _cells(opened.trace)
    rows = (
        Evidence.objects.as_of(defined["as_of"])
        .filter(
            project__in=projects,
            place__in=ON_CELLS,
            variable_code__in=opened.trace.indicator.variables,
        )
        .select_related("stored", "project", "taken_away_by")
        .order_by("project", "subject", "round", "id")
    )
    pieces = [row for row in rows if row.subject and _is_behind(row, cells)]
    if not pieces:
        return None
    return {"pieces": pieces[:SHOWN], "count": len(pieces), "most": SHOWN}


def _is_behind(row: Evidence, cells: Mapping[Cell, set[str]]) -> bool:
    periods = cells.get((row.project_id, row.subject, row.kind, row.variable_code), set())
    return bool(periods) and (row.kind == Kind.BASELINE or row.round_id in periods)


def _cells(trace: Trace) -> dict[Cell, set[str]]:
    """The cells behind the figure, each with its rounds: the one of its row, and its own period."""
    found: defaultdict[Cell, set[str]] = defaultdict(set)
    for row in trace.rows:
        for kind, cells in ((Kind.REGULAR, row.cells), (Kind.BASELINE, row.baseline)):
            for cell in cells:
                key = (row.project, row.subject, kind.value, cell.variable)
                found[key] |= {row.round, cell.period}
    return dict(found)


def _seen(user: Reader, defined: Mapping[str, Any], projects: set[str]) -> set[str]:
    """Of these projects those whose rows this person may see: all of a project, or those of her own
    network in a figure that is about it alone.
    """
    whole = {code for code in projects if _may(user, f"P:{code}")}
    network = about_network(defined)
    if network and _may(user, f"N:{network}"):
        whole |= set(Network.objects.filter(code=network).values_list("project_id", flat=True))
    return whole & projects


def _may(user: Reader, scope: str) -> bool:
    return can(user, Permission.VIEW_MONITORING, scope)
