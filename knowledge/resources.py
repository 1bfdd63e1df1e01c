"""The library's list as a file."""

from knowledge.models import Work
from pip_network.choices import Origin
from pip_network.files.importing import Choice, Text, Whole
from pip_network.files.importing.facts import FactResource


class WorkResource(FactResource):
    """Works, found by their numbers."""

    model = Work
    key = ("number",)
    columns = (
        Text("number", required=True, fixed=True),
        Text("title", required=True),
        Text("authors"),
        Text("year_text"),
        Whole("year"),
        Text("publisher"),
        Text("type"),
        Text("language_text"),
        Text("language"),
        Text("country"),
        Text("url"),
        Text("note"),
        Whole("product"),
        Choice("origin", Origin, required=True),
    )
