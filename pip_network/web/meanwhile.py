"""Two people, or two tabs, at one form: nobody writes over what she has not seen.

The form carries a stamp of what stood there when it was opened. Where that is another one when it
is sent, the action refuses, and the form shows beside what was typed what stands there now.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from pip_network.web.acts import ActForm
from pip_network.web.errors import Conflict, DomainError


class Meanwhile(NamedTuple):
    """A field that somebody else changed while this form was open."""

    label: str
    stored: str


class StampedForm(ActForm):
    """Its `initial` is what stands there now, the `stamp` of it among the values.

    What was typed stays. Saved once more, it is written over what was shown.
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: list[Meanwhile] = []

    def refuse(self, error: DomainError) -> None:
        super().refuse(error)
        if not isinstance(error, Conflict) or "stamp" not in self.fields:
            return  # a form of something new has none
        stamp = str(self["stamp"].initial or "")
        if stamp != self.data.get("stamp", ""):
            self.meanwhile = list(self._others())
            self.data = send_again(self.data, "stamp", stamp)

    def _others(self) -> Iterator[Meanwhile]:
        """What stands there now, of the fields in which something else was typed."""
        for field in self.visible_fields():
            typed = field.data
            if isinstance(typed, str):
                typed = typed.replace("\r\n", "\n")  # as browsers send a line's end
            if field.field.has_changed(field.initial, typed):
                yield Meanwhile(str(field.label), words_of(field) or _("empty"))


def words_of(field: forms.BoundField) -> str:
    """What the field began with, as a reader has it."""
    value = field.initial
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not isinstance(field.field, forms.ChoiceField) or value in (None, ""):
        return "" if value is None else str(value)
    chosen = value if isinstance(value, list | tuple | set) else [value]
    labels = dict(_flat(field.field.choices))
    return ", ".join(str(labels.get(str(_key(one)), one)) for one in chosen)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _key(one: Any) -> Any:
    return getattr(one, "pk", one)


def send_again(data: Any, name: str, value: str) -> Any:
    """What was typed, with `value` in a field of its own: for the form that is shown again."""
    copy: dict[str, Any] = data.copy() if isinstance(data, QueryDict) else dict(data)
    copy[name] = value
    return copy
