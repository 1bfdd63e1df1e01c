"""The list of countries as a table."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from pip_network.web.tables import Number, PortalTable, linked
from projects.models import Country
from projects.tables.cells import file_column


class CountryTable(PortalTable):
    name = tables.Column(verbose_name=_("Country"), order_by=("name_order", "iso2"))
    iso2 = file_column(_("ISO code"))
    projects = Number(
        verbose_name=_("Projects"), accessor="project_count", order_by=("project_count", "iso2")
    )
    networks = Number(
        verbose_name=_("Networks"), accessor="network_count", order_by=("network_count", "iso2")
    )
    firms = Number(
        verbose_name=_("Active firms"), accessor="firm_count", order_by=("firm_count", "iso2")
    )
    currency = tables.Column(verbose_name=_("Currency"), order_by=("currency", "iso2"))
    origin = file_column(_("Origin"))

    def render_name(self, record: Country) -> str:
        return linked(record, record.name)

    def value_name(self, record: Country) -> str:
        return record.name
