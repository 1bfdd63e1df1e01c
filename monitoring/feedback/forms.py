"""In which language the pages are written."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import ActForm


class PagesForm(ActForm):
    """Who gets the pages reads them, not who asks for them."""

    language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=settings.LANGUAGES,
        help_text=_("Of those who will read them."),
    )
