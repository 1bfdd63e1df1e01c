"""Fields that lists are narrowed by: one look, one way to search."""

from collections.abc import Callable, Iterable
from typing import Any

import django_filters as df
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pip_network.web.text import Searched

Pairs = Iterable[tuple[Any, str | Promise]]
CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}


def search_field(searched: Searched | str, *, label: str | Promise | None = None) -> df.CharFilter:
    """Words looked for where `searched` says; or by the method of the filters that it names."""
    return df.CharFilter(
        label=label or _("Search"),
        method=searched
        if isinstance(searched, str)
        else lambda queryset, _name, text: searched.search(queryset, text),
        widget=forms.TextInput(attrs={**CONTROL, "type": "search", "maxlength": "100"}),
    )


def choice(
    label: str | Promise,
    choices: Pairs | Callable[[], Pairs],
    none_chosen: str | Promise,
    **extra: Any,
) -> df.ChoiceFilter:
    """One of `choices`; `none_chosen` is what stands there when nothing is chosen."""
    return df.ChoiceFilter(
        label=label,
        choices=choices,
        empty_label=none_chosen,
        widget=forms.Select(attrs=SELECT),
        **extra,
    )
