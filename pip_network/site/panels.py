"""What a page shows from rooms above its own: a literal table, read from top to bottom.

(place, order, template, function). The function gets (request, subject) and returns the template's
context, or None when there is nothing to show to this reader.
"""

from collections.abc import Callable, Iterator

from django.http import HttpRequest

from knowledge import panels as library
from monitoring import portfolio
from monitoring.entry import firm_panel

Panel = Callable[[HttpRequest, object], dict | None]

PANELS: tuple[tuple[str, int, str, Panel], ...] = (
    ("firm", 10, "monitoring/entry/_firm_panel.html", firm_panel.submissions_of),
    ("project", 10, "monitoring/portfolio/figures_panel.html", portfolio.panel_for_project),
    ("project", 20, "monitoring/portfolio/states_panel.html", portfolio.state_of_project),
    ("project", 30, "knowledge/_works_panel.html", library.works_of_project),
    ("network", 10, "monitoring/portfolio/figures_panel.html", portfolio.panel_for_network),
    ("network", 20, "monitoring/portfolio/states_panel.html", portfolio.state_of_network),
    ("country", 10, "knowledge/_works_panel.html", library.works_of_country),
    ("institution", 10, "knowledge/_works_panel.html", library.works_of_institution),
    ("typology", 10, "monitoring/portfolio/featured_panel.html", portfolio.featured),
    ("workshop", 10, "knowledge/_workshop_works.html", library.works_of_workshop),
)


def at(place: str) -> Iterator[tuple[str, Panel]]:
    """Template and function of each panel of `place`, in order."""
    for _place, _order, template, function in sorted(
        (p for p in PANELS if p[0] == place), key=lambda p: p[1]
    ):
        yield template, function
