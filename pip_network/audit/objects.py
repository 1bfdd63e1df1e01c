"""What an event is about: its key (`P:PIP-01`, `N:N1/...`) in words, and the page it has, if any."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from pip_network.audit.words import WORDS, Part, Said
from pip_network.web.columns import column_of


def object_label(key: str) -> str:
    """The object in words; an address or a key that nobody knows stays as it is."""
    if found := _part(key):
        _kind, whole, part = found
        return f"{whole} · {part}"
    prefix, _colon, rest = key.partition(":")
    kind = WORDS().kinds.get(prefix)
    return f"{kind.word} {rest}" if kind and rest else str(WORDS().wholes.get(key, key))


def page_of(key: str) -> str:
    """The address of the object's own page, or nothing."""
    if found := _part(key):
        kind_of_part, whole, part = found
        return _reverse(
            kind_of_part.page, **{kind_of_part.of_whole: whole, kind_of_part.of_part: part}
        )
    prefix, _colon, rest = key.partition(":")
    kind = WORDS().kinds.get(prefix)
    for name, parameter in kind.pages if kind and rest else ():
        if page := _reverse(name, **{parameter: rest}):
            return page
    return ""


def _part(key: str) -> tuple[Part, str, str] | None:
    """Of `P:PIP-01/2005-S2`: what a part of a project is, `PIP-01` and `2005-S2`."""
    prefix, _colon, rest = key.partition(":")
    kind_of_part = WORDS().parts.get(prefix)
    whole, _slash, part = rest.partition("/")
    if kind_of_part and whole and part and "/" not in part:
        return kind_of_part, whole, part
    return None


def _reverse(name: str, **parameters: str) -> str:
    try:
        return reverse(name, kwargs=parameters)
    except NoReverseMatch:
        return ""


def field_of(key: str, name: str) -> models.Field | None:
    kind = WORDS().kinds.get(key.partition(":")[0])
    try:
        return column_of(kind.model, name) if kind else None
    except FieldDoesNotExist:
        return None


def reason_label(verb: str, reason: str) -> str:
    """A reason that is a code of a closed list stands in words."""
    codes = WORDS().reasons.get(verb)
    return str(dict(codes.choices).get(reason, reason)) if codes else reason


def elsewhere(key: str, name: str) -> Said | None:
    """What the object says under this name in rows of other tables."""
    kind = WORDS().kinds.get(key.partition(":")[0])
    return kind.elsewhere(name) if kind else None


def label_of(key: str, name: str) -> str:
    """What a form calls the field."""
    if said := elsewhere(key, name):
        return str(said.label)
    field = field_of(key, name)
    words = str(field.verbose_name) if field else gettext(name.replace("_", " "))
    return words[:1].upper() + words[1:]


def value_of(key: str, name: str) -> Callable[[Any], str]:
    """How a value of the field is read."""
    said = elsewhere(key, name)
    return said.value if said else partial(value_label, field_of(key, name))


def value_label(field: models.Field | None, value: Any) -> str:
    """A value as people read it: the label of a choice, yes or no, a list by its parts; "" for
    none.
    """
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(value_label(field, each) for each in value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
