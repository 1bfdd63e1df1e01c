"""The table of networks as a file."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.files.importing import Choice, Code, Day, PlannedRow, TableResource, Text
from pip_network.models import User
from projects import actions
from projects.actions.networks import EDITABLE as OF_NETWORK
from projects.choices import Sector, Typology
from projects.models import Country, Network, Project
from projects.resources.changes import changes_of, refuse_change


class NetworkResource(TableResource):
    model = Network
    key = ("code",)
    columns = (
        Text("code", required=True, fixed=True),
        Code("project", Project.objects.all, required=True, fixed=True),
        Text("name", required=True),
        Choice("typology", Typology, required=True),
        Choice("sector", Sector, required=True),
        Code("country", Country.objects.all, required=True),
        Text("place"),
        Day("constituted_on", required=True),
        Day("dissolved_on"),
    )
    explanation = gettext_lazy(
        "A code that the registry knows changes that network; another one registers a new "
        "network. A day of dissolution dissolves it: "
        "firms that are still in it leave on that day."
    )

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("project", "country")

    def check(self, rows: Sequence[PlannedRow[Network]], *, at: dt.datetime) -> None:
        for row in rows:
            refuse_change(
                row, "dissolved_on", _("The day of dissolution does not change by import.")
            )

    def save(self, rows: Sequence[PlannedRow[Network]], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            network, values = row.instance, dict(row.values)
            dissolved_on = values.pop("dissolved_on", None)
            if network is None:
                network = actions.create_network(**values, by=by, at=at)
            elif changes := changes_of(row, OF_NETWORK):
                actions.update_network(network=network, **changes, by=by, at=at)
            if "dissolved_on" in row.changes and dissolved_on:
                actions.dissolve_network(network=network, dissolved_on=dissolved_on, by=by, at=at)
