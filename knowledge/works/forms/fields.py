"""Fields that the forms of a work have in common."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from knowledge.choices import WorkType
from knowledge.works import authors
from pip_network.choices import Theme
from pip_network.web.boxes import Boxes
from pip_network.web.orders import sorted_by_name
from projects.choices import Typology

BLANK = ("", "—")
OF_THE_REGION = "AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT UY VC VE"
REGION = frozenset(OF_THE_REGION.split())


def long_text(label: Any, **extra: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 4}), required=False, **extra
    )


def several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Of a handful, each with its box."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=boxes)


def several_rows(label: Any, rows: Any, **extra: Any) -> forms.ModelMultipleChoiceField:
    """Of a table: boxes with a filter."""
    return forms.ModelMultipleChoiceField(
        label=label, queryset=rows, required=False, widget=Boxes, **extra
    )


class CountriesField(forms.MultipleChoiceField):
    """Boxes with a filter; the countries of the network's region first."""

    widget = Boxes

    def __init__(self, **extra: Any) -> None:
        super().__init__(choices=grouped_countries, required=False, **extra)


def grouped_countries() -> list[tuple[Any, list[tuple[str, str]]]]:
    named = sorted_by_name(dict(countries).items())
    region = [pair for pair in named if pair[0] in REGION]
    others = [pair for pair in named if pair[0] not in REGION]
    return [(_("Latin America and the Caribbean"), region), (_("Other countries"), others)]


class AuthorsField(forms.CharField):
    """Names, one a line, as rows of authors."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(
            label=_("Authors"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "One a line: “Dini, Marco”; a body by its name, in «» if it has a comma; "
                "“(ed.)” after an editor."
            ),
            **extra,
        )

    def clean(self, value: Any) -> tuple[authors.Named, ...]:
        try:
            return authors.read(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


def type_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Type"), choices=WorkType.choices)


def year_field() -> forms.IntegerField:
    return forms.IntegerField(label=_("Year"), required=False, min_value=1400, max_value=2100)


def publisher_field() -> forms.CharField:
    return forms.CharField(label=_("Publisher"), max_length=300, required=False)


def address_field() -> forms.URLField:
    return forms.URLField(
        label=_("Address where it is read"), max_length=500, required=False, assume_scheme="https"
    )


def themes_field() -> forms.MultipleChoiceField:
    return several(_("Themes"), Theme.choices)


def typologies_field() -> forms.MultipleChoiceField:
    return several(_("Typologies"), Typology.choices)


def _what_is_kept() -> str:
    said = gettext(
        "PDF, Word, Excel, PowerPoint, OpenDocument, CSV, plain text, PNG or JPEG, "
        "up to %(megabytes)s MB."
    )
    return said % {"megabytes": settings.UPLOAD_MOST_BYTES >> 20}


what_is_kept = lazy(_what_is_kept, str)
