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


class SearchFilter(df.CharFilter):
    """`fell_back`: nothing had the whole words, so that what begins with them is shown."""

    fell_back = False

    def __init__(self, searched: Searched | None, **extra: Any) -> None:
        super().__init__(**extra)
        self.searched = searched

    def filter(self, qs: Any, value: Any) -> Any:
        if self.searched is None or not value:
            return qs
        rows, self.fell_back = self.searched.found(qs, value)
        return rows


def search_field(searched: Searched | str, *, label: str | Promise | None = None) -> df.CharFilter:
    """Words looked for where `searched` says; or by the method of the filters that it names."""
    method = searched if isinstance(searched, str) else None
    return SearchFilter(
        None if isinstance(searched, str) else searched,
        label=label or _("Search"),
        method=method,
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
