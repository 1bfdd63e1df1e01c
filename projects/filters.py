"""What the registry's lists can be narrowed by. Every filter is a plain parameter of the address."""

import django_filters as df
from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Relation
from pip_network.models import Institution
from pip_network.text import fold, search
from projects.choices import Sector, Typology
from projects.models import Country, Network, Project

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}


def search_field(*columns: str) -> df.CharFilter:
    return df.CharFilter(
        label=_("Search"),
        method=lambda queryset, _name, text: search(queryset, text, *columns),
        widget=forms.TextInput(attrs={**CONTROL, "type": "search", "maxlength": "100"}),
    )


def choice(label, choices, every, **extra) -> df.ChoiceFilter:
    return df.ChoiceFilter(label=label, choices=choices, empty_label=every, widget=forms.Select(attrs=SELECT), **extra)


def countries_by_name() -> list[tuple[str, str]]:
    return sorted(((country.iso2, country.name) for country in Country.objects.all()), key=lambda pair: fold(pair[1]))


class ProjectFilter(df.FilterSet):
    q = search_field("name", "code", "summary", "executing_institution__name")
    country = choice(_("Country"), countries_by_name, _("Any"), field_name="countries")
    typology = choice(_("Typology"), Typology.choices, _("Any"), method="of_typology")

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def of_typology(self, queryset, _name, typology):
        return queryset.filter(
            pk__in=Network.objects.filter(typology=typology, archived_at__isnull=True).values("project")
        )


class NetworkFilter(df.FilterSet):
    q = search_field("name", "code", "place", "project__name")
    country = choice(_("Country"), countries_by_name, _("Any"))
    typology = choice(_("Typology"), Typology.choices, _("Any"))
    sector = choice(_("Sector"), Sector.choices, _("Any"))

    class Meta:
        model = Network
        fields: tuple[str, ...] = ()


class InstitutionFilter(df.FilterSet):
    q = search_field("name", "acronym", "country", "kind")
    relation = choice(_("Relation to the network"), Relation.choices, _("Any"))

    class Meta:
        model = Institution
        fields: tuple[str, ...] = ()
