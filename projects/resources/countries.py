"""The table of countries as a file."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from pip_network.choices import Origin
from pip_network.files.importing import Choice, PlannedRow, Text, Whole
from pip_network.files.importing.facts import FactResource
from pip_network.models import User
from projects import actions
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

    def save(self, rows: Sequence[PlannedRow[Country]], *, by: User, at: dt.datetime) -> None:
        super().save([row for row in rows if row.instance is None], by=by, at=at)
        for row in rows:
            if row.instance is not None:
                changes = {name: new for name, (_old, new) in row.changes.items()}
                actions.correct_country(country=row.instance, by=by, at=at, **changes)
