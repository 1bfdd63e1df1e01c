"""Institutions as files."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.choices import Relation
from pip_network.files.importing import Choice, PlannedRow, TableResource, Text, refuse_twins
from pip_network.folding import fold
from pip_network.models import Institution, User
from pip_network.people import institutions


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
        for row in rows:
            if row.instance is None and row.values["slug"]:
                row.refuse(
                    _("No institution has this identifier: leave it blank to register a new one.")
                )
        new = [row for row in rows if row.instance is None and not row.reasons]
        if new:
            _refuse_registered_names(new)
            refuse_twins(
                [row for row in new if not row.reasons],
                lambda row: fold(row.values["name"]),
                _("Row %(row)s of the file is an institution of this name already."),
            )

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None:
                values = {name: value for name, value in row.values.items() if name != "slug"}
                institutions.create_institution(**values, by=by, at=at)
            else:
                changes = {name: new for name, (_old, new) in row.changes.items()}
                institutions.update_institution(institution=row.instance, **changes, by=by, at=at)


def _refuse_registered_names(rows: Sequence[PlannedRow]) -> None:
    registered = set(Institution.objects.values_list("folded", flat=True))
    for row in rows:
        if fold(row.values["name"]) in registered:
            row.refuse(
                _("An institution of this name is registered: give its identifier."),
                conflict=True,
            )
