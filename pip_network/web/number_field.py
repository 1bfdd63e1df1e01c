"""A field for a number in whatever convention it has one reading in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pip_network.web import typed_numbers
from pip_network.web.errors import Invalid

PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def typed_text(value: Decimal) -> str:
    """As it would be typed: in the reader's convention, and never with three decimals, which could
    be thousands.
    """
    short = value.normalize()
    places = short.as_tuple().exponent
    if isinstance(places, int) and places > 0:
        short = short.quantize(Decimal(1))
    if places == -3:
        short = short.quantize(Decimal("0.0001"))
    return typed_numbers.plain(short)


class TypedNumber(forms.CharField):
    """None for a blank; a text with two readings is refused with both."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={**PLAIN, "inputmode": "decimal"})
        options.setdefault("required", False)
        super().__init__(max_length=typed_numbers.LONGEST, widget=widget, **options)

    def clean(self, value: str) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed_numbers.reading(text)
        except typed_numbers.Ambiguous as error:
            readings = {"text": text, "first": error.readings[0], "second": error.readings[1]}
            raise forms.ValidationError(
                _("“%(text)s” could be two numbers: write %(first)s or %(second)s.") % readings
            ) from error
        except Invalid as error:
            raise forms.ValidationError(str(error.message)) from error
