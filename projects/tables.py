"""The registry's lists as tables. Each column sorts with a tie-break, so that both databases give one order."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from pip_network import formats

NUM = {"th": {"class": "num"}, "td": {"class": "num"}}


class RegistryTable(tables.Table):
    class Meta:
        template_name = "ui/table.html"
        order_by_field = "sort"


class Number(tables.Column):
    def __init__(self, **extra):
        super().__init__(attrs=NUM, initial_sort_descending=True, **extra)

    def render(self, value):
        return formats.number(value)


class Money(Number):
    def render(self, value):
        return formats.number(value, 0)


class Day(tables.Column):
    def __init__(self, **extra):
        super().__init__(attrs={"td": {"class": "nb"}}, **extra)

    def render(self, value):
        return formats.short_date(value)


def linked(thing, words, small: str = ""):
    link = format_html('<a href="{}">{}</a>', thing.get_absolute_url(), words)
    return format_html("{}<small>{}</small>", link, small) if small else link


def country_names(countries):
    return format_html_join(", ", '<a href="{}">{}</a>', sorted((c.get_absolute_url(), c.name) for c in countries))


class ProjectTable(RegistryTable):
    name = tables.Column(verbose_name=_("Project"), order_by=("folded", "code"))
    code = tables.Column(verbose_name=_("Code"), attrs={"td": {"class": "nb"}})
    countries = tables.Column(verbose_name=_("Countries"), orderable=False)
    typology = tables.Column(
        verbose_name=_("Typology"), accessor="typology_label", order_by=("typology_label", "code"), empty_values=()
    )
    networks = Number(verbose_name=_("Networks"), accessor="network_count", order_by=("network_count", "code"))
    firms = Number(verbose_name=_("Active firms"), accessor="firm_count", order_by=("firm_count", "code"))
    fomin = Money(verbose_name=_("MIF, US$"), accessor="amount_fomin", order_by=("amount_fomin", "code"))
    local = Money(verbose_name=_("Counterpart, US$"), accessor="amount_local", order_by=("amount_local", "code"))
    starts_on = Day(verbose_name=_("Start"), order_by=("starts_on", "code"))

    def render_name(self, record):
        return linked(record, record.name, record.executing_institution.name)

    def render_countries(self, record):
        return country_names(record.countries.all())

    def render_typology(self, record):
        return typology_words(record)


def typology_words(project) -> str:
    """As the project names it; otherwise what its networks are."""
    found = {network.get_typology_display() for network in project.networks.all() if network.archived_at is None}
    return project.typology_label or ", ".join(sorted(found))


class NetworkTable(RegistryTable):
    name = tables.Column(verbose_name=_("Network"), order_by=("folded", "code"))
    code = tables.Column(verbose_name=_("Code"), attrs={"td": {"class": "nb"}})
    project = tables.Column(verbose_name=_("Project"), order_by=("project_id", "code"))
    typology = tables.Column(verbose_name=_("Typology"), order_by=("typology", "code"))
    sector = tables.Column(verbose_name=_("Sector"), order_by=("sector", "code"))
    country = tables.Column(verbose_name=_("Country"), order_by=("country_id", "code"))
    firms = Number(verbose_name=_("Active firms"), accessor="firm_count", order_by=("firm_count", "code"))
    constituted_on = Day(verbose_name=_("Constituted"), order_by=("constituted_on", "code"))

    def render_name(self, record):
        return linked(record, record.name, record.place)

    def render_project(self, record):
        return linked(record.project, record.project.code)

    def render_country(self, record):
        return linked(record.country, record.country.name)


class InstitutionTable(RegistryTable):
    name = tables.Column(verbose_name=_("Institution"), order_by=("folded", "id"))
    country = tables.Column(verbose_name=_("Country or reach"), order_by=("country", "id"))
    kind = tables.Column(verbose_name=_("Kind"), order_by=("kind", "id"))
    relation = tables.Column(verbose_name=_("Relation to the network"), order_by=("relation", "id"))
    projects = Number(verbose_name=_("Projects"), accessor="project_count", order_by=("project_count", "id"))
    origin = tables.TemplateColumn(
        "{{ record.origin|origin_mark }}", verbose_name=_("Origin"), order_by=("origin", "id")
    )

    def render_name(self, record):
        return linked_institution(record)


def linked_institution(institution):
    link = format_html('<a href="{}">{}</a>', reverse("institution", args=[institution.slug]), institution.name)
    said = not institution.acronym or institution.acronym in institution.name
    return link if said else format_html("{}<small>{}</small>", link, institution.acronym)
