"""What the project page shows from this room: its featured indicators, each opening to its trace."""

from django.http import HttpRequest

from monitoring.analysis import Figure
from monitoring.models import Indicator
from monitoring.reports import text, wording
from pip_network import access
from pip_network.access import Permission
from projects.models import Project

from .sets import latest
from .tables import FEATURED_ANYWHERE, cell


def panel_for_project(request: HttpRequest, project: Project) -> dict | None:
    """Figures of one project, for its own people and for those who read the portfolio; None for everybody else."""
    user = request.user
    reads = access.can(user, Permission.VIEW_PORTFOLIO)
    own = access.can(user, Permission.ORDER_OWN_REPORT, project.scope_keys)
    if not (reads or own):
        return None
    kept = latest()
    if kept is None:
        return None
    names = {row.code: row for row in Indicator.objects.order_by("catalogue_id")}
    found = (
        kept.by_project.get(code, "main", {"project": project.code}) for code in FEATURED_ANYWHERE if code in names
    )
    figures = sorted((one for one in found if one and (one.eligible or one.value)), key=lambda one: one.order)
    if not figures:
        return None
    return {"kept": kept, "rows": [row(one, names[one.indicator]) for one in figures]}


def row(figure: Figure, indicator: Indicator) -> dict:
    panel = figure.panel
    return {
        "figure": figure,
        "indicator": indicator,
        "cell": cell(figure),
        "change": text.figure_change(figure) if panel else "",
        "verdict": wording.verdict_words(wording.verdict(panel)),
        "why": text.reason(panel.reason) if panel else "",
    }
