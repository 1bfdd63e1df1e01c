"""Forms of saved searches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import ActForm

from .actions import LONGEST_NAME


class SaveForm(ActForm):
    """The question, as in its address."""

    asked = forms.CharField(required=False)


class NameForm(ActForm):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
