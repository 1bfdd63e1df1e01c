"""The form of the administration for an attribute of approved rounds."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.models import Observation
from monitoring.submission.correcting import LONGEST_REASON
from monitoring.submission.corrections.versions import DATES, values_of
from monitoring.submission.corrections.words import ATTRIBUTES, value_words
from pip_network.web.fields import day_field
from pip_network.web.orders import sorted_by_name
from projects.forms import RegistryForm

ONWARDS, ALONE = "onwards", "alone"


class CorrectionForm(RegistryForm):
    """The right value of one attribute, for which rounds, and why."""

    extent = forms.ChoiceField(
        label=_("In which rounds"),
        choices=[
            (ALONE, _("In this round alone")),
            (ONWARDS, _("In this round and in all approved ones after it")),
        ],
        initial=ALONE,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,  # it can still be given when the changes are shown
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("At least ten letters. It is kept with the approval for good."),
    )

    def __init__(self, *args: Any, row: Observation, attribute: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.attribute = row, attribute
        label = ATTRIBUTES[attribute]
        if attribute in DATES:
            value: forms.Field = day_field(label)
        else:
            value = forms.ChoiceField(label=label, choices=choices(attribute))
        value.initial = in_force(row, attribute)
        value.help_text = _("The record says now: %(value)s") % {
            "value": value_words(attribute, value.initial)
        }
        self.fields = {"value": value, **self.fields}

    @property
    def onwards(self) -> bool:
        return self.cleaned_data["extent"] == ONWARDS

    @property
    def again(self) -> dict[str, str]:
        """What was given besides the reason, as a form sends it."""
        value = self.cleaned_data["value"]
        text = value.isoformat() if isinstance(value, dt.date) else value
        return {"value": text, "extent": self.cleaned_data["extent"]}

    def settled(self) -> "CorrectionForm":
        """The same form where only the reason is still open."""
        for name in ("value", "extent"):
            self.fields[name].widget = forms.HiddenInput()
        return self


def choices(attribute: str) -> list[tuple[str, str]]:
    """The values that an attribute may have, with their names; countries by name."""
    pairs = [(code, value_words(attribute, code)) for code in values_of(attribute)]
    return sorted_by_name(pairs) if attribute == "country" else pairs


def in_force(row: Observation, attribute: str) -> Any:
    """What the record says of an attribute now; of a network its typology too."""
    if attribute != "typology":
        return getattr(row, attribute)
    tie = row.networks.order_by("position").first()
    return tie.typology if tie else ""
