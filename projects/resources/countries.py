"""The table of countries as a file."""

from django.utils.translation import gettext_lazy

from pip_network.choices import Origin
from pip_network.files.importing import Choice, Text, Whole
from pip_network.files.importing.facts import FactResource
from projects.models import Country


class CountryResource(FactResource):
    model = Country
    key = ("iso2",)
    columns = (
        Text(
            "iso2", required=True, fixed=True, help=gettext_lazy("Two capital letters of ISO 3166")
        ),
        Text("currency", required=True, help=gettext_lazy("Three capital letters of ISO 4217")),
        Whole("decimals_shown", required=True),
        Choice("origin", Origin, required=True),
        Text("note"),
    )
