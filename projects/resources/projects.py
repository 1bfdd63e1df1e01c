"""The tables of projects and of their families as files."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from pip_network.files.importing import Amount, Code, Codes, Day, PlannedRow, TableResource, Text
from pip_network.files.importing.facts import FactResource
from pip_network.models import Institution, User
from projects import actions
from projects.actions.projects import EDITABLE as OF_PROJECT
from projects.actions.projects import default_zone
from projects.models import Country, Project, ProjectFamily
from projects.resources.changes import changes_of


class ProjectFamilyResource(FactResource):
    model = ProjectFamily
    key = ("code",)
    columns = (
        Text("code", required=True, fixed=True),
        Text("name_es", required=True),
        Text("name_en", required=True),
        Text("name_pt", required=True),
    )


class ProjectResource(TableResource):
    model = Project
    key = ("code",)
    columns = (
        Text("code", required=True, fixed=True),
        Code("family", ProjectFamily.objects.all, required=True),
        Text("name", required=True),
        Text("summary"),
        Code("executing_institution", Institution.objects.all, key="slug", required=True),
        Codes("countries", Country.objects.all, required=True),
        Text("typology_label"),
        Day("starts_on", required=True),
        Day("ends_on", required=True),
        Text(
            "time_zone",
            help=gettext_lazy(
                "Such as America/Lima; blank: that of the country of its executing institution"
            ),
        ),
        Amount("amount_fomin", required=True),
        Amount("amount_local", required=True),
    )
    explanation = gettext_lazy(
        "A code that the registry knows changes that project; another one registers a new project."
    )

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("family", "executing_institution").prefetch_related(
            "countries"
        )

    def fill_blanks(self, rows: Sequence[PlannedRow[Project]]) -> None:
        """A blank time zone is that of the country from which the project is executed."""
        for row in rows:
            if row.values.get("time_zone") != "":
                continue
            executing = self._value(row, "executing_institution")
            if executing is not None:
                row.values["time_zone"] = default_zone(executing, self._value(row, "countries"))

    def _value(self, row: PlannedRow[Project], name: str) -> Any:
        """What the file says, or the registry where the file has no such column."""
        if name in row.values:
            return row.values[name]
        (column,) = (column for column in self.columns if column.name == name)
        return column.blank() if row.instance is None else column.value_of(row.instance)

    def save(self, rows: Sequence[PlannedRow[Project]], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None:
                actions.create_project(**row.values, by=by, at=at)
            else:
                changes = changes_of(row, (*OF_PROJECT, "countries"))
                actions.update_project(project=row.instance, **changes, by=by, at=at)
