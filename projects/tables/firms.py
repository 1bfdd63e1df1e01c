"""The list of firms as a table."""

from typing import TYPE_CHECKING, TypeAlias, TypedDict

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.web.tables import Day, PortalTable, by_day, linked
from projects.models import Firm, Membership
from projects.tables.cells import CODE, state_mark

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class VisibleMemberships(TypedDict):
    """What a list reads along of a firm: its stays in networks whose firms the reader may see."""

    visible_memberships: list[Membership]


ListedFirm: TypeAlias = "WithAnnotations[Firm, VisibleMemberships]"


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

    def order_state(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return by_day(queryset, "closed_on", "code", descending)

    def render_name(self, record: ListedFirm) -> str:
        label = record.name or format_html('<span class="nil">{}</span>', firm_state(record)[1])
        return linked(record, label)

    def value_name(self, record: ListedFirm) -> str:
        return record.name

    def render_country(self, record: ListedFirm) -> str:
        return record.country.name

    def render_networks(self, record: ListedFirm) -> str:
        stays = (
            (stay.network.get_absolute_url(), stay.network_id)
            for stay in record.visible_memberships
            if stay.left_on is None
        )
        return format_html_join(", ", '<a class="nb" href="{}">{}</a>', sorted(set(stays)))

    def value_networks(self, record: ListedFirm) -> str:
        return ", ".join(
            sorted({stay.network_id for stay in record.visible_memberships if stay.left_on is None})
        )

    def render_state(self, record: ListedFirm) -> str:
        key, label = firm_state(record)
        return state_mark(key, label, Day().render(record.closed_on) if key == "closed" else "")

    def value_state(self, record: ListedFirm) -> str:
        return firm_state(record)[1]


def firm_state(firm: ListedFirm) -> tuple[str, str]:
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
