"""The list of firms as a table."""

from typing import TYPE_CHECKING, TypeAlias, TypedDict

import django_tables2 as tables
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.models.archiving import not_archived
from pip_network.web.orders import sorted_by_name
from pip_network.web.tables import Day, Labelled, PortalTable, by_day, linked
from projects.choices import OwnerSex, Sector
from projects.models import Firm, Membership
from projects.models.country import country_names
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
    tax_id = tables.Column(verbose_name=_("Tax identification"), order_by=("tax_key", "code"))
    country = Labelled(country_names, key="code", verbose_name=_("Country"))
    sector = Labelled(lambda: Sector.choices, key="code", verbose_name=_("Sector"))
    owner_sex = Labelled(lambda: OwnerSex.choices, key="code", verbose_name=_("Sex of the owner"))
    networks = tables.Column(verbose_name=_("Networks"), accessor="code", orderable=False)
    registered_on = Day(verbose_name=_("Registered"), order_by=("registered_on", "code"))
    state = tables.Column(verbose_name=_("State"), accessor="code")

    def order_state(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        """By the word that is shown, as `firm_state` says it, then by the day beside it."""
        by_days, _modified = by_day(queryset, "closed_on", "code", descending)
        place = place_of_state()
        return by_days.order_by(
            place.desc() if descending else place.asc(), *by_days.query.order_by
        ), True

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
            if not stay.has_left
        )
        return format_html_join(", ", '<a class="nb" href="{}">{}</a>', sorted(set(stays)))

    def value_networks(self, record: ListedFirm) -> str:
        return ", ".join(
            sorted({stay.network_id for stay in record.visible_memberships if not stay.has_left})
        )

    def render_state(self, record: ListedFirm) -> str:
        key, label = firm_state(record)
        return state_mark(key, label, Day().render(record.closed_on) if key == "closed" else "")

    def value_state(self, record: ListedFirm) -> str:
        return firm_state(record)[1]


def place_of_state() -> Case:
    """In SQL, the place of the word of `firm_state` among all such words; `in_network` and
    `was_in_network` are the list's.
    """
    states = {
        "merged": (Q(merged_into__isnull=False), _now("Goes on as %(code)s")),
        "archived": (~not_archived(""), _now("Archived")),
        "closed": (Q(closed_on__isnull=False), _now("Closed")),
        "anonymised": (Q(anonymised_at__isnull=False), _now("Anonymised")),
        "active": (Q(in_network=True), _now("Active")),
        "left": (Q(was_in_network=True), _now("Left")),
        "none": (Q(in_network=False), _now("In no network")),
    }
    names = sorted_by_name((key, word) for key, (_where, word) in states.items())
    places = {key: place for place, (key, _word) in enumerate(names)}
    return Case(*(When(where, then=Value(places[key])) for key, (where, _word) in states.items()))


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
    if not all(stay.has_left for stay in firm.visible_memberships):
        return "active", _now("Active")
    return ("left", _now("Left")) if firm.visible_memberships else ("none", _now("In no network"))
