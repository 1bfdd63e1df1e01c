"""What the list of projects is narrowed by."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network.models import Institution
from pip_network.web.filters import choice, search_field
from projects import searching
from projects.choices import Sector, Typology
from projects.filters.registry import (
    ARCHIVED,
    RegistryFilter,
    mine,
    other_families,
)
from projects.models import Network, Project
from projects.models.country import country_names
from projects.models.project import ProjectQuerySet


def executing_institutions() -> list[tuple[int, str]]:
    executing = Project.objects.current().values("executing_institution")
    institutions = Institution.objects.filter(pk__in=executing)
    return list(institutions.order_by("folded", "pk").values_list("pk", "name"))


class ProjectFilter(RegistryFilter):
    family_path = "family"
    q = search_field(searching.PROJECTS)
    family = choice(_("Family"), other_families, _("Productive integration"), method="of_family")
    country = choice(_("Country"), country_names, _("Any"), field_name="countries")
    typology = choice(_("Typology"), Typology.choices, _("Any"), method="of_networks")
    sector = choice(_("Sector"), Sector.choices, _("Any"), method="of_networks")
    institution = choice(
        _("Executing institution"),
        executing_institutions,
        _("Any"),
        field_name="executing_institution",
    )
    state = choice(
        _("State"),
        [
            ("running", _("Running")),
            ("closed", _("Ended")),
            ("ahead", _("Not begun")),
            (ARCHIVED, _("Archived")),
        ],
        _("Any"),
        method="in_state",
    )
    mine = mine()

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def of_networks(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(
            pk__in=Network.objects.current().filter(**{name: value}).values("project")
        )

    def in_state(self, queryset: ProjectQuerySet, _name: str, state: str) -> QuerySet:
        if state == ARCHIVED:
            return queryset
        where: dict[str, Callable[[dt.date], Q]] = {
            "running": lambda day: Q(starts_on__lte=day, ends_on__gte=day),
            "closed": lambda day: Q(ends_on__lt=day),
            "ahead": lambda day: Q(starts_on__gt=day),
        }
        return queryset.by_day(timezone.now(), where[state])
