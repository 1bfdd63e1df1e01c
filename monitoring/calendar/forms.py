"""Forms of the network's calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.calendar.actions import DAYS, REASON_LENGTH
from monitoring.models import Round
from projects.forms import RegistryForm

EXAMPLE = {"autocomplete": "off", "spellcheck": "false", "size": "9"}


class RoundsForm(RegistryForm):
    """From which round to which rounds are created."""

    first = forms.CharField(
        label=_("From"),
        max_length=7,
        widget=forms.TextInput(attrs=EXAMPLE),
        help_text=_("A year and semester: 2006-S1"),
    )
    last = forms.CharField(
        label=_("To"),
        max_length=7,
        widget=forms.TextInput(attrs=EXAMPLE),
        help_text=_("The same one for a single round"),
    )


class DaysForm(RegistryForm):
    """Other days for a round, and why."""

    model = Round
    columns = DAYS
    stamped = DAYS
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("It stays in the history of the round."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].help_text = _(
            "From this day on projects may open their submission. A later day closes nothing that "
            "is open already."
        )
        self.fields["due_on"].help_text = _(
            "A project is late when it has not handed in by the end of this day in its own time "
            "zone. It is written on the submissions that were never handed in; those that were "
            "keep the day that they had."
        )
