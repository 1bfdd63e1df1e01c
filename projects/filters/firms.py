"""What the list of firms is narrowed by."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission as P
from pip_network.web.days import today
from pip_network.web.filters import choice, search_field
from projects import searching
from projects.choices import OwnerSex, Sector
from projects.filters.registry import ARCHIVED, RegistryFilter
from projects.models import Firm, Membership, Network
from projects.models.country import country_names
from projects.models.firm import MembershipQuerySet


class FirmFilter(RegistryFilter):
    """Firms by what they are.

    Networks and projects that can be chosen are those whose names the reader may see.
    """

    q = search_field("with_words", label=_("Name, code or tax id"))
    project = choice(_("Project"), (), _("Any"), method="of_project")
    network = choice(_("Network"), (), _("Any"), method="of_network")
    country = choice(_("Country"), country_names, _("Any"))
    sector = choice(_("Sector"), Sector.choices, _("Any"))
    owner_sex = choice(_("Sex of the owner"), OwnerSex.choices, _("Any"))
    state = choice(
        _("State"),
        [
            ("active", _("Active")),
            ("left", _("Left")),
            ("closed", _("Closed")),
            ("anonymised", _("Anonymised")),
            (ARCHIVED, _("Archived")),
        ],
        _("Any"),
        method="in_state",
    )

    class Meta:
        model = Firm
        fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.visible_networks = Network.objects.where(
            self.request.user, P.VIEW_FIRM_NAMES
        ).current()
        networks = list(
            self.visible_networks.order_by("code").values_list(
                "code", "name", "project_id", "project__name"
            )
        )
        self.filters["network"].extra["choices"] = [
            (code, f"{code} {name}") for code, name, *_rest in networks
        ]
        projects = {code: f"{code} {name}" for *_rest, code, name in networks}
        self.filters["project"].extra["choices"] = list(projects.items())

    def with_words(self, queryset: QuerySet, _name: str, text: str) -> QuerySet:
        return searching.firms_in(self.visible_networks).search(queryset, text)

    def stays(self, **where: Any) -> MembershipQuerySet:
        """Those that a row tells of: an archived network is in no list."""
        return Membership.objects.filter(
            firm=OuterRef("pk"),
            network__in=self.visible_networks,
            **where,
        )

    def of_project(self, queryset: QuerySet, _name: str, code: str) -> QuerySet:
        return queryset.filter(Exists(self.stays(network__project=code)))

    def of_network(self, queryset: QuerySet, _name: str, code: str) -> QuerySet:
        return queryset.filter(Exists(self.stays(network=code)))

    def in_state(self, queryset: QuerySet, _name: str, state: str) -> QuerySet:
        now = Exists(self.stays().lasting(today()))
        where = {
            "active": Q(closed_on__isnull=True) & now,
            "left": Q(closed_on__isnull=True) & ~now & Exists(self.stays()),
            "closed": Q(closed_on__isnull=False),
            "anonymised": Q(anonymised_at__isnull=False),
        }
        return queryset.filter(where.get(state, Q()))
