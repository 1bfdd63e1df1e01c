"""What the pages of a project and of a network show from this room: featured indicators, each
opening to its trace.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.models import Indicator
from monitoring.reports import text, wording
from pip_network.people import access
from pip_network.people.access import Permission
from projects.models import Network, Project

from .featured import anywhere
from .kept_figures import indicators, latest, of_network
from .tables import cell


def panel_for_project(request: HttpRequest, project: Project) -> dict | None:
    """Figures of one project, for its own people and for those who read the portfolio; None for
    everybody else.
    """
    kept = latest() if _may_read(request.user, project) else None
    if kept is None:
        return None
    names = _names(kept.catalogue)
    candidates = (
        kept.by_project.get(indicator.code, "main", {"project": project.code})
        for indicator in anywhere(names.values())
    )
    figures = [figure for figure in candidates if figure and (figure.eligible or figure.value)]
    return _panel(_("Figures of the project"), kept.as_of, kept.round, figures, names)


def panel_for_network(request: HttpRequest, network: Network) -> dict | None:
    """Figures of one network, for those who see the figures of its project."""
    kept = of_network(network.code) if _may_read(request.user, network.project) else None
    if kept is None:
        return None
    names = _names(kept.catalogue)
    figures = [figure for figure in kept.figures if figure.indicator in names]
    return _panel(_("Figures of the network"), kept.as_of, kept.round, figures, names)


def _may_read(user, project: Project) -> bool:
    return access.can(user, Permission.VIEW_PORTFOLIO) or access.can(
        user, Permission.ORDER_OWN_REPORT, project.scope_keys
    )


def _names(version: int | None) -> dict[str, Indicator]:
    return {row.code: row for row in indicators(version)}


def _panel(
    title: str, as_of: int, round_code: str, figures: list[Figure], names: dict[str, Indicator]
) -> dict | None:
    if not figures:
        return None
    rows = [
        row(figure, names[figure.indicator])
        for figure in sorted(figures, key=lambda figure: figure.order)
    ]
    return {"title": title, "as_of": as_of, "round": round_code, "rows": rows}


def row(figure: Figure, indicator: Indicator) -> dict:
    """A figure with its change and what may be said of it."""
    panel = figure.panel
    return {
        "figure": figure,
        "indicator": indicator,
        "cell": cell(figure, indicator),
        "change": text.figure_change(figure, indicator) if panel else "",
        "verdict": wording.verdict_words(wording.verdict(panel)),
        "why": text.reason(panel.reason, indicator.rule) if panel else "",
    }
