"""The list of institutions as a table."""

import django_tables2 as tables
from django.db.models import Expression, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Origin, Relation
from pip_network.models import Institution
from pip_network.web.orders import ordered, place_of
from pip_network.web.tables import Labelled, Number, PortalTable, linked
from projects.tables.cells import file_column


class InstitutionTable(PortalTable):
    name = tables.Column(verbose_name=_("Institution"), order_by=("folded", "id"))
    acronym = file_column(_("Acronym"))
    country = tables.Column(verbose_name=_("Country or reach"))
    kind = tables.Column(verbose_name=_("Kind"))
    relation = Labelled(
        lambda: Relation.choices, key="id", verbose_name=_("Relation to the network")
    )
    projects = Number(
        verbose_name=_("Projects"), accessor="project_count", order_by=("project_count", "id")
    )
    origin = tables.TemplateColumn(
        "{% origin record %}", verbose_name=_("Origin"), order_by=("origin", "id")
    )
    source = file_column(_("Source"))

    def order_country(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return ordered(queryset, _place_of_text(queryset, "country"), descending, "id")

    def order_kind(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return ordered(queryset, _place_of_text(queryset, "kind"), descending, "id")

    def order_origin(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return ordered(queryset, place_of("origin", Origin.choices), descending, "id")

    def render_name(self, record: Institution) -> str:
        acronym_in_name = not record.acronym or record.acronym in record.name
        return linked(record, record.name, "" if acronym_in_name else record.acronym)

    def value_name(self, record: Institution) -> str:
        return record.name

    def render_country(self, value: str) -> str:
        return format_html('<span lang="es">{}</span>', value)

    def value_country(self, value: str) -> str:
        return value

    def render_kind(self, value: str) -> str:
        return format_html('<span lang="es">{}</span>', value)

    def value_kind(self, value: str) -> str:
        return value

    def value_origin(self, record: Institution) -> str:
        return record.get_origin_display()


def _place_of_text(queryset: QuerySet, column: str) -> Expression:
    """Of a column of a few texts, the same for many rows."""
    texts = queryset.order_by().values_list(column, flat=True).distinct()
    return place_of(column, [(text, text) for text in texts])
