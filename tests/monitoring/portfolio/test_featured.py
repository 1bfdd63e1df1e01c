"""A public figure reads the same wherever it stands."""

from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from monitoring import publication
from pip_network.site.home.pages import themes
from tests import factories
from tests.monitoring.publication.publishing import publish


def test_the_page_of_an_indicator_gives_its_figure_as_the_page_of_figures_does(client, world):
    for number in range(6):
        factories.firm(f"MANY{number:05d}", world.n1)
    world.approved("2004-S1")
    world.approved("2004-S2")
    publish(world)
    with translation.override("es"):
        figures = [one for _theme, rows in themes(publication.shown()) for one in rows]
    units = set()
    for figure in figures:
        page = client.get(reverse("indicator", args=[figure.indicator.code])).content.decode()
        words = escape(figure.value or figure.reason)
        assert f">{words}<" in page or f">{words} <small" in page, figure.indicator.code
        units.add(figure.indicator.unit_id if figure.value else "none")
    assert units > {"none", "percent", "usd"}
