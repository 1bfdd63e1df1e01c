"""The form of a country in the administration."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.web.fields import day_field
from projects.models import Country


class CountryForm(forms.ModelForm):
    """A currency is corrected, or changes from a day on. What was entered meanwhile is asked where
    the action refuses because of it.
    """

    currency_since = day_field(
        _("The currency holds since"),
        required=False,
        help_text=_(
            "Only when the country changed its currency: periods that begin on this day or later "
            "are in the new one, earlier ones stay as they are. Rates of the old one are still "
            "needed, also for later years: the new rate times the legal factor."
        ),
    )

    converted = forms.MultipleChoiceField(
        label=_("Already in the new currency"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Amounts of the others are emptied by those who enter them, and entered anew."),
    )

    class Meta:
        model = Country
        fields = ("iso2", "currency", "decimals_shown", "origin", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["converted"])
        asked = {*self._ticked(), *self._refused()}
        field.choices = [(submission, submission) for submission in sorted(asked)]
        if not asked:
            field.widget = forms.MultipleHiddenInput()

    def _ticked(self) -> list[str]:
        field = self.fields["converted"]
        return field.widget.value_from_datadict(self.data, {}, self.add_prefix("converted")) or []

    def _refused(self) -> list[str]:
        """Those that the action named when it refused what was posted."""
        refusal = getattr(self, "refusal", None)
        return refusal.context.get("submissions", []) if refusal else []
