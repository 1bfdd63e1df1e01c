"""What the registry's actions share: errors as sentences, codes, dates, partial edits."""

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network.errors import Invalid

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")  # stands in addresses and in the keys of the record


def clean(instance: models.Model, *, exclude: Collection[str] = ()) -> None:
    """Run `full_clean`; raises Invalid with its sentences, placed at the first field that is wrong."""
    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        raise as_invalid(instance, error) from error


def clean_fields(instance: models.Model, *, exclude: Collection[str]) -> None:
    """The part of `full_clean` that asks the database nothing, for lists whose look-ups are done set-based."""
    try:
        instance.clean_fields(exclude=exclude)
    except ValidationError as error:
        raise as_invalid(instance, error) from error


def as_invalid(instance: models.Model, error: ValidationError) -> Invalid:
    place, sentences = "", []
    for field, messages in error.message_dict.items():
        if field == NON_FIELD_ERRORS:
            sentences += messages
            continue
        place = place or field
        label = getattr(instance._meta.get_field(field), "verbose_name", field)
        sentences += [f"{label}: {message}" for message in messages]
    return Invalid(" ".join(str(sentence) for sentence in sentences), place=place)


def require_code(code: str) -> None:
    if not CODE.fullmatch(code):
        raise Invalid(
            _("The code %(code)s is not valid: use capital letters, digits and single hyphens.")
            % {"code": code or "?"},
            place="code",
        )


def require_past(day: dt.date, *, at: dt.datetime, place: str) -> None:
    """An act is recorded on its day or later: a day after `at` (UTC) is a slip of the hand."""
    if day > at.date():
        raise Invalid(_("The day %(day)s is in the future.") % {"day": date_format(day)}, place=place)


def apply_changes(instance: models.Model, changes: dict[str, Any], allowed: Collection[str]) -> list[str]:
    """Set the fields that differ and return their names. Raises TypeError for a field nobody may edit this way."""
    unknown = set(changes) - set(allowed)
    if unknown:
        raise TypeError(f"{type(instance).__name__} has no editable field {', '.join(sorted(unknown))}")
    changed = [name for name, value in changes.items() if getattr(instance, name) != value]
    for name in changed:
        setattr(instance, name, changes[name])
    return sorted(changed)
