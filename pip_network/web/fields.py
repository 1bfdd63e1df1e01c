"""Fields that forms of several rooms have in common."""

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def day_field(label: "str | StrPromise", **extra: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=day_widget(), **extra)


def day_widget() -> forms.DateInput:
    """The browser's own calendar, in days that can have been meant."""
    return forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01", "max": "2100-12-31"}
    )
