"""The list of projects as a table."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.folding import fold
from pip_network.web.orders import ordered, place_of, sorted_by_name
from pip_network.web.tables import Day, Money, Number, PortalTable, linked
from projects.models import Country, Project
from projects.tables.cells import CODE, file_column


class ProjectTable(PortalTable):
    name = tables.Column(verbose_name=_("Project"), order_by=("folded", "code"))
    code = tables.Column(verbose_name=_("Code"), attrs=CODE)
    family = file_column(_("Family"), "family__name")
    institution = file_column(_("Executing institution"), "executing_institution__name")
    countries = tables.Column(verbose_name=_("Countries"), orderable=False)
    typology = tables.Column(
        verbose_name=_("Typology"),
        accessor="typology_label",
        empty_values=(),
    )
    networks = Number(
        verbose_name=_("Networks"), accessor="network_count", order_by=("network_count", "code")
    )
    firms = Number(
        verbose_name=_("Active firms"), accessor="firm_count", order_by=("firm_count", "code")
    )
    fomin = Money(
        verbose_name=_("MIF [US$]"), accessor="amount_fomin", order_by=("amount_fomin", "code")
    )
    local = Money(
        verbose_name=_("Counterpart [US$]"),
        accessor="amount_local",
        order_by=("amount_local", "code"),
    )
    starts_on = Day(verbose_name=_("Start"), order_by=("starts_on", "code"))
    ends_on = Day(verbose_name=_("End"), order_by=("ends_on", "code"))
    time_zone = file_column(_("Time zone"))
    state = file_column(_("State"), "code")
    origin = file_column(_("Origin"))

    def order_typology(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        """By what is shown, which two columns and the networks say together."""
        shown = [(project.pk, typology_text(project)) for project in queryset]
        return ordered(queryset, place_of("pk", shown), descending, "code")

    def render_name(self, record: Project) -> str:
        return linked(record, record.name, record.executing_institution.name)

    def value_name(self, record: Project) -> str:
        return record.name

    def render_countries(self, record: Project) -> str:
        return country_names(record.countries.all())

    def value_countries(self, record: Project) -> str:
        return ", ".join(sorted((country.name for country in record.countries.all()), key=fold))

    def render_typology(self, record: Project) -> str:
        return typology_text(record)

    def render_state(self, record: Project) -> str:
        return project_state(record)[1]


def country_names(countries: Iterable[Country]) -> SafeString:
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        sorted_by_name((country.get_absolute_url(), country.name) for country in countries),
    )


def typology_text(project: Any) -> str:
    """As the project names it; otherwise what its `standing_networks` are."""
    labels = {str(network.get_typology_display()) for network in project.standing_networks}
    return project.typology_label or ", ".join(sorted(labels, key=fold))


def project_state(project: Project) -> tuple[str, str]:
    """(key, word): archived, not begun, running or closed today."""
    today = project.day(timezone.now())
    if project.archived_at is not None:
        return "archived", _now("Archived")
    if today < project.starts_on:
        return "ahead", _now("Not begun")
    return ("running", _now("Running")) if today <= project.ends_on else ("closed", _now("Ended"))
