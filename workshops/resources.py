"""Workshops as files."""

from django.utils.translation import gettext_lazy

from pip_network.choices import Origin
from pip_network.files.importing import Choice, Day, Text, Whole
from pip_network.files.importing.facts import FactResource
from workshops.models import Workshop


class WorkshopResource(FactResource):
    """Workshops, found by their slugs."""

    model = Workshop
    key = ("slug",)
    columns = (
        Text("slug", required=True, fixed=True),
        Whole("number", required=True),
        Whole("year", required=True),
        Text("city", required=True),
        Text("country", required=True, help=gettext_lazy("Two capital letters of ISO 3166")),
        Day("starts_on"),
        Day("ends_on"),
        Text("theme_es", required=True),
        Text("theme_en", required=True),
        Text("theme_pt", required=True),
        Choice("origin", Origin, required=True),
        Text("source", required=True),
    )
    explanation = gettext_lazy("A day that no source publishes stays blank: the page says so.")
