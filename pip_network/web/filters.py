"""Fields that lists are narrowed by: one look, one way to search."""

import django_filters as df
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pip_network.web.text import Meaning, search

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}


def search_field(
    *columns: str, label: str | Promise | None = None, named: tuple[Meaning, ...] = ()
) -> df.CharFilter:
    """Words looked for in `columns`, and among what else they may stand for."""
    return df.CharFilter(
        label=label or _("Search"),
        method=lambda queryset, _name, text: search(queryset, text, *columns, named=named),
        widget=forms.TextInput(attrs={**CONTROL, "type": "search", "maxlength": "100"}),
    )


def choice(label, choices, every, **extra) -> df.ChoiceFilter:
    """One of `choices`; `every` is what stands there when nothing is chosen."""
    return df.ChoiceFilter(
        label=label, choices=choices, empty_label=every, widget=forms.Select(attrs=SELECT), **extra
    )
