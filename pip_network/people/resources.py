"""Institutions as files."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.choices import Relation
from pip_network.files.importing import Choice, PlannedRow, TableResource, Text
from pip_network.models import Institution, User
from pip_network.people import institutions
from pip_network.web.text import fold


class InstitutionResource(TableResource):
    model = Institution
    key = ("slug",)
    columns = (
        Text(
            "slug",
            fixed=True,
            help=gettext_lazy("Blank for a new institution: it is made of its name"),
        ),
        Text("name", required=True),
        Text("acronym"),
        Text("country"),
        Text("iso2", help=gettext_lazy("Two capital letters of ISO 3166, or blank")),
        Text("kind"),
        Choice("relation", Relation, required=True),
        Text("source"),
    )
    explanation = gettext_lazy(
        "An institution is known by its identifier; a row without one registers a new institution."
    )

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        registered_names = None
        for row in rows:
            if row.instance is None and row.values["slug"]:
                row.refuse(
                    _("No institution has this identifier: leave it blank to register a new one.")
                )
            if row.instance is None and not row.values["slug"]:
                if registered_names is None:
                    registered_names = {
                        fold(name) for name in Institution.objects.values_list("name", flat=True)
                    }
                if fold(row.values["name"]) in registered_names:
                    row.refuse(
                        _("An institution of this name is registered: give its identifier."),
                        conflict=True,
                    )
                registered_names.add(fold(row.values["name"]))

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None:
                values = {name: value for name, value in row.values.items() if name != "slug"}
                institutions.create_institution(**values, by=by, at=at)
            else:
                changes = {name: new for name, (_old, new) in row.changes.items()}
                institutions.update_institution(institution=row.instance, **changes, by=by, at=at)
