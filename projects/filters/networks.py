"""What the list of networks is narrowed by."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pip_network.web.filters import choice, search_field
from projects import searching
from projects.choices import Sector, Typology
from projects.filters.registry import (
    ARCHIVED,
    RegistryFilter,
    mine,
    other_families,
)
from projects.models import Network
from projects.models.country import country_names


class NetworkFilter(RegistryFilter):
    family_path = "project__family"
    q = search_field(searching.NETWORKS)
    family = choice(_("Family"), other_families, _("Productive integration"), method="of_family")
    country = choice(_("Country"), country_names, _("Any"))
    typology = choice(_("Typology"), Typology.choices, _("Any"))
    sector = choice(_("Sector"), Sector.choices, _("Any"))
    state = choice(
        _("State"),
        [("active", _("Working")), ("dissolved", _("Dissolved")), (ARCHIVED, _("Archived"))],
        _("Any"),
        method="in_state",
    )
    mine = mine()

    class Meta:
        model = Network
        fields: tuple[str, ...] = ()

    def in_state(self, queryset: QuerySet, _name: str, state: str) -> QuerySet:
        if state == ARCHIVED:
            return queryset
        return queryset.filter(dissolved_on__isnull=state == "active")
