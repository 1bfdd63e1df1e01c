"""What the filters of the registry's lists share: their choices, the archive, families, one's own."""

import django_filters as df
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission as P
from pip_network.people.access import assignments, can
from pip_network.web.filters import choice
from pip_network.web.orders import sorted_by_name
from projects.choices import PROGRAMME
from projects.models import ProjectFamily
from projects.models.network import NetworkQuerySet
from projects.models.project import ProjectQuerySet

ALL, ARCHIVED, MINE = "all", "archived", "mine"


def other_families() -> list[tuple[str, str | Promise]]:
    """The programme's own family needs no choice: it is what a list shows unless asked otherwise."""
    families = ProjectFamily.objects.exclude(code=PROGRAMME)
    named = sorted_by_name((family.code, family.name) for family in families)
    return [*named, (ALL, _("All families"))]


class RegistryFilter(df.FilterSet):
    """Filters whose choices depend on the reader; without a request, those of the public.

    What is archived is out of every list, except for those who manage the registry and ask for it.
    """

    archiving = True
    # how a row reaches its family, when a list shows the programme's alone unless asked otherwise
    family_path = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if "mine" in self.filters and not (
            user and any(scope[:2] in ("P:", "N:") for _r, scope in assignments(user))
        ):
            del self.filters["mine"]
        if self.archiving and not (user and can(user, P.MANAGE_REGISTRY)):
            state = self.filters["state"]
            state.extra["choices"] = [
                pair for pair in state.extra["choices"] if pair[0] != ARCHIVED
            ]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows, chosen = super().filter_queryset(queryset), self.form.cleaned_data
        if self.archiving:
            rows = rows.archived() if chosen.get("state") == ARCHIVED else rows.current()
        if self.family_path and not chosen.get("family"):
            rows = rows.filter(**{self.family_path: PROGRAMME})
        return rows

    def of_family(self, queryset: QuerySet, _name: str, family: str) -> QuerySet:
        return queryset if family == ALL else queryset.filter(**{self.family_path: family})

    def of_mine(
        self, queryset: ProjectQuerySet | NetworkQuerySet, _name: str, _value: str
    ) -> QuerySet:
        return queryset.held_by(self.request.user)


def mine() -> df.ChoiceFilter:
    return choice(_("Whose"), [(MINE, _("Mine"))], _("Everybody's"), method="of_mine")
