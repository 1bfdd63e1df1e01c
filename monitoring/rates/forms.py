"""The form for exchange rates and price indices: several rows, and why."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.models import Rate
from monitoring.rates.actions import EIGHT_DECIMALS, LARGEST, REASON_LENGTH, RateRow, check_rate
from pip_network.web.errors import Invalid
from pip_network.web.number_field import PLAIN, TypedNumber, typed_text

ROWS = 6  # blank ones where nothing is proposed
MOST = 120


class RateNumber(TypedNumber):
    """A rate or an index: eight decimals are kept."""

    def clean(self, value: str) -> Decimal | None:
        number = super().clean(value)
        if (
            number is not None
            and abs(number) <= LARGEST
            and number != number.quantize(EIGHT_DECIMALS)
        ):  # a greater one: check_rate
            raise forms.ValidationError(
                _("This number has too many decimals: at most eight are kept.")
            )
        return number


class RateForm(forms.Form):
    """One row.

    It counts once it has a rate or an index: currency and period alone only propose it.
    """

    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "characters"}),
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs=PLAIN),
    )
    usd_rate = RateNumber(label=gettext_lazy("Local units per US$"))
    cpi = RateNumber(label=gettext_lazy("Price index (2000 = 100)"))
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=200)

    @property
    def is_filled(self) -> bool:
        return any(self[name].data for name in ("usd_rate", "cpi"))

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()

    def clean_period(self) -> str:
        return self.cleaned_data["period"].upper()

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if not self.is_filled or self.errors:
            return values
        for name in ("currency", "period", "usd_rate", "cpi"):
            if values.get(name) in ("", None):
                self.add_error(name, _("It cannot be blank: a row holds a rate and a price index."))
        if not self.errors:
            try:
                check_rate(RateRow(**values))
            except Invalid as error:
                self.add_error(None, str(error.message))
        return values


class RateRows(forms.BaseFormSet):
    """The rows that count, in the order of the page."""

    @property
    def filled(self) -> list[RateForm]:
        return [form for form in self.forms if form.is_filled]

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.filled:
            raise forms.ValidationError(
                _("Write the rate and the price index of at least one row.")
            )
        keys = set()
        for form in self.filled:
            key = (form.cleaned_data["currency"], form.cleaned_data["period"])
            if key in keys:
                form.add_error(
                    "period",
                    _(
                        "This currency and period stands in another row already: keep one of the "
                        "two."
                    ),
                )
            keys.add(key)

    def cells(self) -> list[list[Any]]:
        """As the rows of a file: headings first, numbers with all their decimals so that none has
        two readings.
        """
        names = ["currency", "period", "usd_rate", "cpi", "source"]
        rows = [[form.cleaned_data[name] for name in names] for form in self.filled]
        return [
            names,
            *(
                [
                    format(cell.quantize(EIGHT_DECIMALS), "f")
                    if isinstance(cell, Decimal)
                    else cell
                    for cell in row
                ]
                for row in rows
            ),
        ]


class RateReasonForm(forms.Form):
    """Why rates are approved, asked once for all rows."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,  # it can still be given when the changes are shown
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=gettext_lazy(
            "Where these rates come from, or why they change. It is kept with the approval for "
            "good."
        ),
    )


def rate_rows(data: Any = None, proposed: Iterable[dict[str, Any]] = ()) -> RateRows:
    """The rows of the form, bound to what was sent or filled with what is proposed."""
    initial = list(proposed)[:MOST]
    rows = forms.formset_factory(
        RateForm,
        formset=RateRows,
        extra=max(ROWS - len(initial), 2),
        max_num=MOST,
        absolute_max=MOST,
        validate_max=True,
    )
    return cast("type[RateRows]", rows)(data, initial=initial, prefix="rows")


def proposal(rate: Rate) -> dict[str, Any]:
    """What is in force, to be corrected."""
    return {
        "currency": rate.currency,
        "period": rate.period,
        "usd_rate": typed_text(rate.usd_rate),
        "cpi": typed_text(rate.cpi),
        "source": rate.source,
    }
