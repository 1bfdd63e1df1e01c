"""Fields that forms of several rooms have in common."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from pip_network.web import formats, typed_numbers
from pip_network.web.errors import Invalid

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def day_field(label: "str | StrPromise", **extra: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=day_widget(), **extra)


def day_widget() -> forms.DateInput:
    """The browser's own calendar, in days that can have been meant."""
    return forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01", "max": "2100-12-31"}
    )


class GroupedInput(forms.TextInput):
    """A number that has thousands marks while nobody types in it: static/js/numbers.js."""

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict:
        thousands = formats.MARKS[formats.language()][1]
        own = {"inputmode": "decimal", "autocomplete": "off", "data-thousands": thousands}
        return {**own, **super().build_attrs(base_attrs, extra_attrs)}


class AmountField(forms.DecimalField):
    """An amount in whatever convention it has one reading in, shown in the reader's."""

    widget = GroupedInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return typed_numbers.parse(str(value))
        except Invalid as refusal:
            raise ValidationError(str(refusal.message)) from refusal

    def prepare_value(self, value: Any) -> Any:
        return typed_numbers.edited(value) if isinstance(value, Decimal) else value
