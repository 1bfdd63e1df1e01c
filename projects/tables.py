"""The registry's lists as tables. Each column sorts with a tie-break, so that both databases give
one order.

Columns that are not shown on the page stand in its small print; a file has them in columns of their
own.
"""

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.web.tables import Day, Money, Number, PortalTable, by_day, linked

CODE = {"td": {"class": "nb"}}
MARKS = {
    "active": "st-ok",
    "running": "st-ok",
    "left": "st-draft",
    "ahead": "st-draft",
}  # all others: st-none


def file_column(label, accessor: str | None = None, **extra) -> tables.Column:
    """A column of the file alone."""
    return tables.Column(
        verbose_name=label, accessor=accessor, visible=False, orderable=False, **extra
    )


def country_names(countries):
    return format_html_join(
        ", ", '<a href="{}">{}</a>', sorted((c.get_absolute_url(), c.name) for c in countries)
    )


def state_mark(key: str, label: str, note: str = ""):
    mark = format_html('<span class="st {}">{}</span>', MARKS.get(key, "st-none"), label)
    return format_html('{} <span class="muted nb">{}</span>', mark, note) if note else mark


class ProjectTable(PortalTable):
    name = tables.Column(verbose_name=_("Project"), order_by=("folded", "code"))
    code = tables.Column(verbose_name=_("Code"), attrs=CODE)
    family = file_column(_("Family"), "family__name")
    institution = file_column(_("Executing institution"), "executing_institution__name")
    countries = tables.Column(verbose_name=_("Countries"), orderable=False)
    typology = tables.Column(
        verbose_name=_("Typology"),
        accessor="typology_label",
        order_by=("typology_label", "code"),
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
    state = file_column(_("State"), "code")
    origin = file_column(_("Origin"))

    def render_name(self, record):
        return linked(record, record.name, record.executing_institution.name)

    def value_name(self, record):
        return record.name

    def render_countries(self, record):
        return country_names(record.countries.all())

    def value_countries(self, record):
        return ", ".join(sorted(country.name for country in record.countries.all()))

    def render_typology(self, record):
        return typology_text(record)

    def render_state(self, record):
        return project_state(record)[1]


def typology_text(project) -> str:
    """As the project names it; otherwise what its networks are."""
    labels = {
        network.get_typology_display()
        for network in project.networks.all()
        if network.archived_at is None
    }
    return project.typology_label or ", ".join(sorted(labels))


def project_state(project) -> tuple[str, str]:
    """(key, word): archived, not begun, running or closed today."""
    today = timezone.localdate()
    if project.archived_at is not None:
        return "archived", _now("Archived")
    if today < project.starts_on:
        return "ahead", _now("Not begun")
    return ("running", _now("Running")) if today <= project.ends_on else ("closed", _now("Ended"))


class NetworkTable(PortalTable):
    name = tables.Column(verbose_name=_("Network"), order_by=("folded", "code"))
    code = tables.Column(verbose_name=_("Code"), attrs=CODE)
    place = file_column(_("Place"))
    project = tables.Column(verbose_name=_("Project"), order_by=("project_id", "code"))
    project_name = file_column(_("Name of the project"), "project__name")
    typology = tables.Column(verbose_name=_("Typology"), order_by=("typology", "code"))
    sector = tables.Column(verbose_name=_("Sector"), order_by=("sector", "code"))
    country = tables.Column(verbose_name=_("Country"), order_by=("country_id", "code"))
    firms = Number(
        verbose_name=_("Active firms"), accessor="firm_count", order_by=("firm_count", "code")
    )
    constituted_on = Day(verbose_name=_("Constituted"), order_by=("constituted_on", "code"))
    dissolved_on = file_column(_("Dissolved"))
    origin = file_column(_("Origin"))

    def render_name(self, record):
        return linked(record, record.name, record.place)

    def value_name(self, record):
        return record.name

    def render_typology(self, record):
        return linked(TypologyAddress(record.typology), record.get_typology_display())

    def value_typology(self, record):
        return record.get_typology_display()

    def render_project(self, record):
        return linked(record.project, record.project.code)

    def value_project(self, record):
        return record.project.code

    def render_country(self, record):
        return linked(record.country, record.country.name)

    def value_country(self, record):
        return record.country.name

    def render_constituted_on(self, record, value):
        day = Day().render(value)
        if record.dissolved_on is None:
            return day
        return format_html(
            "{}<small>{}</small>",
            day,
            _now("dissolved %(day)s") % {"day": Day().render(record.dissolved_on)},
        )

    def value_constituted_on(self, value):
        return value

    def value_dissolved_on(self, value):
        return value


class TypologyAddress:
    """A typology as something that has a page."""

    def __init__(self, code: str) -> None:
        self.code = code

    def get_absolute_url(self) -> str:
        return f"/typologies/{self.code}/"


class FirmTable(PortalTable):
    """`record.visible_memberships`: those of the networks whose firms the reader may see by name."""

    name = tables.Column(verbose_name=_("Firm"), order_by=("folded", "code"), empty_values=())
    code = tables.Column(verbose_name=_("Code"), attrs=CODE)
    tax_id = tables.Column(verbose_name=_("Tax identification"), order_by=("tax_id", "code"))
    country = tables.Column(verbose_name=_("Country"), order_by=("country_id", "code"))
    sector = tables.Column(verbose_name=_("Sector"), order_by=("sector", "code"))
    owner_sex = tables.Column(verbose_name=_("Sex of the owner"), order_by=("owner_sex", "code"))
    networks = tables.Column(verbose_name=_("Networks"), accessor="code", orderable=False)
    registered_on = Day(verbose_name=_("Registered"), order_by=("registered_on", "code"))
    state = tables.Column(verbose_name=_("State"), accessor="code")

    def order_state(self, queryset, descending):
        return by_day(queryset, "closed_on", "code", descending)

    def render_name(self, record):
        label = record.name or format_html('<span class="nil">{}</span>', firm_state(record)[1])
        return linked(record, label)

    def value_name(self, record):
        return record.name

    def render_country(self, record):
        return record.country.name

    def render_networks(self, record):
        stays = (
            (stay.network.get_absolute_url(), stay.network_id)
            for stay in record.visible_memberships
            if stay.left_on is None
        )
        return format_html_join(", ", '<a class="nb" href="{}">{}</a>', sorted(set(stays)))

    def value_networks(self, record):
        return ", ".join(
            sorted({stay.network_id for stay in record.visible_memberships if stay.left_on is None})
        )

    def render_state(self, record):
        key, label = firm_state(record)
        return state_mark(key, label, Day().render(record.closed_on) if key == "closed" else "")

    def value_state(self, record):
        return firm_state(record)[1]


def firm_state(firm) -> tuple[str, str]:
    """(key, word) as the reader sees it, through the networks whose firms are hers to see."""
    if firm.merged_into_id is not None:
        return "archived", _now("Goes on as %(code)s") % {"code": firm.merged_into_id}
    if firm.archived_at is not None:
        return "archived", _now("Archived")
    if firm.closed_on is not None:
        return "closed", _now("Closed")
    if firm.anonymised_at is not None:
        return "anonymised", _now("Anonymised")
    if any(stay.left_on is None for stay in firm.visible_memberships):
        return "active", _now("Active")
    return ("left", _now("Left")) if firm.visible_memberships else ("none", _now("In no network"))


class InstitutionTable(PortalTable):
    name = tables.Column(verbose_name=_("Institution"), order_by=("folded", "id"))
    acronym = file_column(_("Acronym"))
    country = tables.Column(verbose_name=_("Country or reach"), order_by=("country", "id"))
    kind = tables.Column(verbose_name=_("Kind"), order_by=("kind", "id"))
    relation = tables.Column(verbose_name=_("Relation to the network"), order_by=("relation", "id"))
    projects = Number(
        verbose_name=_("Projects"), accessor="project_count", order_by=("project_count", "id")
    )
    origin = tables.TemplateColumn(
        "{% origin record %}", verbose_name=_("Origin"), order_by=("origin", "id")
    )
    source = file_column(_("Source"))

    def render_name(self, record):
        acronym_in_name = not record.acronym or record.acronym in record.name
        return linked(record, record.name, "" if acronym_in_name else record.acronym)

    def value_name(self, record):
        return record.name

    def render_country(self, value):
        return format_html('<span lang="es">{}</span>', value)

    def value_country(self, value):
        return value

    def render_kind(self, value):
        return format_html('<span lang="es">{}</span>', value)

    def value_kind(self, value):
        return value

    def value_origin(self, record):
        return record.get_origin_display()


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

    def render_name(self, record):
        return linked(record, record.name)

    def value_name(self, record):
        return record.name
