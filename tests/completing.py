"""A form filled in as somebody would who has every field at hand."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

A_TEXT = "Un texto que dice por qué"


def complete(form: forms.Form) -> dict[str, Any]:
    """What a browser sends of `form` when nothing that is asked is left blank."""
    sent = {
        form.add_prefix(name): _given(field, form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
    }
    return {name: value for name, value in sent.items() if value not in (None, "")}


def _given(field: forms.Field, initial: Any) -> Any:
    if initial not in (None, "", []):
        return field.prepare_value(initial)
    if isinstance(field, forms.ChoiceField):
        choice = next((value for value, _label in _flat(field.choices) if str(value)), None)
        return [choice] if isinstance(field, forms.MultipleChoiceField) else choice
    if isinstance(field, forms.DateField):
        return timezone.now().date() - dt.timedelta(days=1)
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.IntegerField):
        return max(field.min_value or 1, 1)
    if isinstance(field, forms.EmailField):
        return "nueva@example.org"
    return A_TEXT


def _flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label
