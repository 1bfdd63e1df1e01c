"""Forms of saved searches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.models import SavedSearch
from pip_network.web.acts import ActForm
from pip_network.web.meanwhile import StampedForm
from pip_network.web.stamps import stamp_of

from .actions import LONGEST_NAME, NAMED


class SaveForm(ActForm):
    """The question, as in its address."""

    asked = forms.CharField(required=False)


class NameForm(StampedForm):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)


def first_name(search: SavedSearch) -> dict[str, Any]:
    """What the form of a search that is there begins with."""
    return {"name": search.name, "stamp": stamp_of(search, NAMED)}
