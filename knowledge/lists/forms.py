"""Forms of lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language, OpenTo
from knowledge.models import List
from pip_network.web.acts import ActForm

from .actions import LONGEST_TEXT, LONGEST_TITLE
from .moves import LONGEST_NOTE


def _title(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TITLE, required=required)


def _about(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST_TEXT, required=False)


class NewReadingForm(ActForm):
    title = _title(_("Title"))
    about = _about(_("What it is for"))


class ReadingForm(NewReadingForm):
    shared = forms.BooleanField(
        label=_("Share it with the members of the network"),
        required=False,
        help_text=_(
            "Whoever of them has its address reads it, with your name; it stands in no list."
        ),
    )

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        shared = said.pop("shared")
        return said | {"open_to": OpenTo.NETWORK if shared else OpenTo.KEEPER}


class CollectionForm(ActForm):
    """In the languages that it has; where it has none of them, its readers get another."""

    open_to = forms.ChoiceField(label=_("Who may open it"), choices=OpenTo.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for code, language in Language.choices:
            title = _("Title in %(language)s") % {"language": language.lower()}
            about = _("What it is for, in %(language)s") % {"language": language.lower()}
            fields[f"title_{code}"] = _title(title, required=False)
            fields[f"about_{code}"] = _about(about)


class NoteForm(ActForm):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Why it is in the list; leave it empty to take the note away."),
    )


def first_values(one: List) -> dict[str, Any]:
    """What the form of a list that is there begins with."""
    names = [f"{name}_{code}" for name in ("title", "about") for code in Language.values]
    return {
        "title": one.title,
        "about": one.about,
        "shared": one.open_to == OpenTo.NETWORK,
        "open_to": one.open_to,
        **{name: getattr(one, name) for name in names},
    }
