"""The form of a country in the administration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.web.fields import day_field
from projects.models import Country


class CountryForm(forms.ModelForm):
    """A currency is corrected, or changes from a day on."""

    currency_since = day_field(
        _("The currency holds since"),
        required=False,
        help_text=_(
            "Only when the country changed its currency: periods that begin on this day or later "
            "are in the new one, earlier ones stay as they are. Rates of the old one are still "
            "needed, also for later years: the new rate times the legal factor."
        ),
    )

    class Meta:
        model = Country
        fields = ("iso2", "currency", "decimals_shown", "origin", "note")
