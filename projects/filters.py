"""What the registry's lists can be narrowed by.

Every filter is a plain parameter of the address.
"""

import django_filters as df
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Relation
from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.people.access import assignments, can
from pip_network.web.filters import choice, search_field
from pip_network.web.text import fold
from projects import searching
from projects.choices import PROGRAMME, OwnerSex, Sector, Typology
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily

ALL, ARCHIVED, MINE = "all", "archived", "mine"


def countries_by_name() -> list[tuple[str, str]]:
    return sorted(
        ((country.iso2, country.name) for country in Country.objects.all()),
        key=lambda pair: fold(pair[1]),
    )


def executing_institutions() -> list[tuple[int, str]]:
    institutions = Institution.objects.filter(projects__isnull=False).distinct()
    return sorted(institutions.values_list("pk", "name"), key=lambda pair: fold(pair[1]))


def other_families() -> list[tuple[str, str]]:
    """The programme's own family needs no choice: it is what a list shows unless asked otherwise."""
    families = ProjectFamily.objects.exclude(code=PROGRAMME)
    return [*((family.code, family.name) for family in families), (ALL, _("All families"))]


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

    def filter_queryset(self, queryset):
        rows, chosen = super().filter_queryset(queryset), self.form.cleaned_data
        if self.archiving:
            rows = self.archived(rows) if chosen.get("state") == ARCHIVED else rows.current()
        if self.family_path and not chosen.get("family"):
            rows = rows.filter(**{self.family_path: PROGRAMME})
        return rows

    def archived(self, queryset):
        return (
            queryset.archived()
            if hasattr(queryset, "archived")
            else queryset.filter(archived_at__isnull=False)
        )

    def of_family(self, queryset, _name, family):
        return queryset if family == ALL else queryset.filter(**{self.family_path: family})

    def of_mine(self, queryset, _name, _value):
        return queryset.held_by(self.request.user)


def mine() -> df.ChoiceFilter:
    return choice(_("Whose"), [(MINE, _("Mine"))], _("Everybody's"), method="of_mine")


class ProjectFilter(RegistryFilter):
    family_path = "family"
    q = search_field(
        "name",
        "code",
        "summary",
        "executing_institution__name",
        "executing_institution__acronym",
        "typology_label",
        named=(searching.project_country, searching.project_kind),
    )
    family = choice(_("Family"), other_families, _("Productive integration"), method="of_family")
    country = choice(_("Country"), countries_by_name, _("Any"), field_name="countries")
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

    def of_networks(self, queryset, name, value):
        return queryset.filter(
            pk__in=Network.objects.current().filter(**{name: value}).values("project")
        )

    def in_state(self, queryset, _name, state):
        today = timezone.localdate()
        where = {
            "running": Q(starts_on__lte=today, ends_on__gte=today),
            "closed": Q(ends_on__lt=today),
            "ahead": Q(starts_on__gt=today),
        }
        return queryset.filter(where.get(state, Q()))


class NetworkFilter(RegistryFilter):
    family_path = "project__family"
    q = search_field(
        "name",
        "code",
        "place",
        "project__name",
        "project__code",
        "project__executing_institution__name",
        named=(searching.country(), searching.typology, searching.sector),
    )
    family = choice(_("Family"), other_families, _("Productive integration"), method="of_family")
    country = choice(_("Country"), countries_by_name, _("Any"))
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

    def in_state(self, queryset, _name, state):
        if state == ARCHIVED:
            return queryset
        return queryset.filter(dissolved_on__isnull=state == "active")


class FirmFilter(RegistryFilter):
    """Firms by what they are.

    Networks and projects that can be chosen are those whose names the reader may see.
    """

    q = search_field(
        "name",
        "code",
        "tax_id",
        named=(searching.country(), searching.sector),
        label=_("Name, code or tax id"),
    )
    project = choice(_("Project"), (), _("Any"), method="of_project")
    network = choice(_("Network"), (), _("Any"), method="of_network")
    country = choice(_("Country"), countries_by_name, _("Any"))
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
        self.visible_networks = Network.objects.where(self.request.user, P.VIEW_FIRM_NAMES)
        networks = list(
            self.visible_networks.current()
            .order_by("code")
            .values_list("code", "name", "project_id", "project__name")
        )
        self.filters["network"].extra["choices"] = [
            (code, f"{code} {name}") for code, name, *_rest in networks
        ]
        projects = {code: f"{code} {name}" for *_rest, code, name in networks}
        self.filters["project"].extra["choices"] = list(projects.items())

    def stays(self, **where):
        """Those that a row tells of: an archived network is in no list."""
        return Membership.objects.filter(
            firm=OuterRef("pk"),
            network__in=self.visible_networks,
            network__archived_at__isnull=True,
            **where,
        )

    def of_project(self, queryset, _name, code):
        return queryset.filter(Exists(self.stays(network__project=code)))

    def of_network(self, queryset, _name, code):
        return queryset.filter(Exists(self.stays(network=code)))

    def in_state(self, queryset, _name, state):
        now = Exists(self.stays(left_on__isnull=True))
        where = {
            "active": Q(closed_on__isnull=True) & now,
            "left": Q(closed_on__isnull=True) & ~now & Exists(self.stays()),
            "closed": Q(closed_on__isnull=False),
            "anonymised": Q(anonymised_at__isnull=False),
        }
        return queryset.filter(where.get(state, Q()))


class InstitutionFilter(RegistryFilter):
    q = search_field(
        "name",
        "acronym",
        "country",
        "kind",
        named=(searching.country("iso2"), searching.relation),
    )
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
            Institution.objects.exclude(iso2="")
            .order_by()
            .values_list("iso2", flat=True)
            .distinct()
        )
        names = [(code, searching.countries.name(code)) for code in codes]
        self.filters["country"].extra["choices"] = sorted(names, key=lambda pair: fold(pair[1]))

    def in_role(self, queryset, _name, _value):
        return queryset.filter(pk__in=Project.objects.current().values("executing_institution"))

    def in_state(self, queryset, _name, _value):
        return queryset


class CountryFilter(df.FilterSet):
    """A dozen and a half rows: they are sorted and taken along, not narrowed."""

    class Meta:
        model = Country
        fields: tuple[str, ...] = ()
