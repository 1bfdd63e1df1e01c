"""Forms about the day by which a submission is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.calendar.actions import REASON_LENGTH
from monitoring.submission.due.reminders import LONGEST
from pip_network.web.acts import ActForm


class ExtendForm(ActForm):
    """Until which day, and why."""

    until = forms.DateField(
        label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The project’s people read it; it is kept among the steps of the submission."),
    )


class RemindForm(ActForm):
    """What the letter says besides the day."""

    sentence = forms.CharField(
        label=_("Your sentence"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It stands in the letter under your name; the day, what is missing and the address are "
            "written by the portal."
        ),
        error_messages={"required": _("Write a sentence to whom you remind.")},
    )
