"""Forms of lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language, OpenTo
from knowledge.models import List, ListItem
from pip_network.web.acts import ActForm
from pip_network.web.meanwhile import StampedForm
from pip_network.web.stamps import stamp_of

from .actions import LONGEST_TEXT, LONGEST_TITLE, STAMPED
from .moves import LONGEST_NOTE, NOTED


def _title(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TITLE, required=required)


def _about(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST_TEXT, required=False)


class NewReadingForm(ActForm):
    title = _title(_("Title"))
    about = _about(_("What it is for"))


class ReadingForm(StampedForm, NewReadingForm):
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


class NewCollectionForm(ActForm):
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


class CollectionForm(StampedForm, NewCollectionForm):
    pass


class NoteForm(StampedForm):
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
        "stamp": stamp_of(one, STAMPED),
        **{name: getattr(one, name) for name in names},
    }


def first_note(item: ListItem) -> dict[str, Any]:
    """The same of a work in a list."""
    return {"note": item.note, "stamp": stamp_of(item, NOTED)}
