"""Amounts in forms: read in one way or refused, and shown as the reader writes them."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from pip_network.web.fields import AmountField


class AmountForm(forms.Form):
    amount = AmountField(max_digits=15, decimal_places=2)


def read(text: str) -> tuple[Decimal | None, list[str]]:
    form = AmountForm({"amount": text})
    return form.is_valid() and form.cleaned_data["amount"], form.errors.get("amount", [])


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1240000", "1240000.00"),
        ("1.240.000,50", "1240000.50"),
        ("1,240,000.50", "1240000.50"),
        ("1 240 000", "1240000.00"),
        ("0", "0.00"),
    ],
)
def test_one_reading_is_taken(language, text, value):
    with translation.override(language):
        assert read(text) == (Decimal(value), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.240", "“1.240” can be read as 1240 or as 1.24. Write one of the two."),
        ("mucho", "“mucho” is not a number."),
        ("1,234.567", "“1,234.567” has more than two decimals."),
        ("", "This field is required."),
    ],
)
def test_what_has_none_or_two_is_refused(text, said):
    with translation.override("en"):
        assert read(text) == (False, [said])


@pytest.mark.parametrize(
    ("language", "value", "shown", "thousands"),
    [
        ("es", "1240000.00", "1240000", "."),
        ("es", "1240000.50", "1240000,5", "."),
        ("pt", "1240000.50", "1240000,5", "."),
        ("en", "1240000.50", "1240000.5", ","),
        ("en", "0.00", "0", ","),
    ],
)
def test_it_is_shown_in_the_readers_convention(language, value, shown, thousands):
    with translation.override(language):
        html = str(AmountForm(initial={"amount": Decimal(value)})["amount"])
    assert f'value="{shown}"' in html
    assert f'data-thousands="{thousands}"' in html
    assert 'type="text"' in html


def test_what_was_typed_stays_as_it_was_typed_and_the_same_is_no_change():
    with translation.override("es"):
        form = AmountForm({"amount": "1.240"}, initial={"amount": Decimal("1240.00")})
        assert 'value="1.240"' in str(form["amount"])
        same = AmountForm({"amount": "1240"}, initial={"amount": Decimal("1240.00")})
        assert same.has_changed() is False
