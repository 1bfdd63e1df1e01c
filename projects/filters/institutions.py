"""What the list of institutions is narrowed by."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pip_network.choices import Relation
from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.people.searching import INSTITUTIONS
from pip_network.web.filters import choice, search_field
from pip_network.web.orders import sorted_by_name
from projects.filters.registry import ARCHIVED, RegistryFilter
from projects.models import Project


class InstitutionFilter(RegistryFilter):
    q = search_field(INSTITUTIONS)
    relation = choice(_("Relation to the network"), Relation.choices, _("Any"))
    country = choice(_("Country"), (), _("Any"), field_name="iso2")
    role = choice(_("Role"), [("executing", _("Executes projects"))], _("Any"), method="in_role")
    state = choice(_("State"), [(ARCHIVED, _("Archived"))], _("Any"), method="in_state")

    class Meta:
        model = Institution
        fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if not (user and can(user, P.MANAGE_REGISTRY)):
            del self.filters["state"]
        codes = (
            Institution.objects.current()
            .exclude(iso2="")
            .order_by()
            .values_list("iso2", flat=True)
            .distinct()
        )
        names = [(code, countries.name(code)) for code in codes]
        self.filters["country"].extra["choices"] = sorted_by_name(names)

    def in_role(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        return queryset.filter(pk__in=Project.objects.current().values("executing_institution"))

    def in_state(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        return queryset
