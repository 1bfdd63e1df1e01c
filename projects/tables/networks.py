"""The list of networks as a table."""

import datetime as dt

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.web.tables import Day, Labelled, Number, PortalTable, linked
from projects.choices import Sector, Typology
from projects.models import Network
from projects.models.country import country_names
from projects.tables.cells import CODE, file_column


class NetworkTable(PortalTable):
    name = tables.Column(verbose_name=_("Network"), order_by=("folded", "code"))
    code = tables.Column(verbose_name=_("Code"), attrs=CODE)
    place = file_column(_("Place"))
    project = tables.Column(verbose_name=_("Project"), order_by=("project_id", "code"))
    project_name = file_column(_("Name of the project"), "project__name")
    typology = Labelled(lambda: Typology.choices, key="code", verbose_name=_("Typology"))
    sector = Labelled(lambda: Sector.choices, key="code", verbose_name=_("Sector"))
    country = Labelled(country_names, key="code", verbose_name=_("Country"))
    firms = Number(
        verbose_name=_("Active firms"), accessor="firm_count", order_by=("firm_count", "code")
    )
    constituted_on = Day(verbose_name=_("Constituted"), order_by=("constituted_on", "code"))
    dissolved_on = file_column(_("Dissolved"))
    origin = file_column(_("Origin"))

    def render_name(self, record: Network) -> str:
        return linked(record, record.name, record.place)

    def value_name(self, record: Network) -> str:
        return record.name

    def render_typology(self, record: Network) -> str:
        return linked(TypologyAddress(record.typology), record.get_typology_display())

    def value_typology(self, record: Network) -> str:
        return record.get_typology_display()

    def render_project(self, record: Network) -> str:
        return linked(record.project, record.project.code)

    def value_project(self, record: Network) -> str:
        return record.project.code

    def render_country(self, record: Network) -> str:
        return linked(record.country, record.country.name)

    def value_country(self, record: Network) -> str:
        return record.country.name

    def render_constituted_on(self, record: Network, value: dt.date) -> str:
        day = Day().render(value)
        if record.dissolved_on is None:
            return day
        return format_html(
            "{}<small>{}</small>",
            day,
            _now("dissolved %(day)s") % {"day": Day().render(record.dissolved_on)},
        )

    def value_constituted_on(self, value: dt.date) -> dt.date:
        return value

    def value_dissolved_on(self, value: dt.date) -> dt.date:
        return value


class TypologyAddress:
    """A typology as something that has a page."""

    def __init__(self, code: str) -> None:
        self.code = code

    def get_absolute_url(self) -> str:
        return f"/typologies/{self.code}/"
