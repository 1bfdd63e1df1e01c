"""Editing a row: its rules as sentences, what differs, and what the trail says of it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from pip_network.web.addresses import require_address
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.stamps import plain, stamp_of
from pip_network.web.text import require_seen

CUT = 200  # letters of a text that the trail keeps


def clean(instance: models.Model, *, exclude: Collection[str] = ()) -> None:
    """Run `full_clean`; raises Invalid with its sentences, at the first field that is wrong."""
    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        raise as_invalid(instance, error) from error
    require_all_seen(instance, exclude=exclude)


def clean_fields(instance: models.Model, *, exclude: Collection[str]) -> None:
    """The part of `full_clean` that asks the database nothing, for lists whose look-ups are done
    set-based.
    """
    try:
        instance.clean_fields(exclude=exclude)
    except ValidationError as error:
        raise as_invalid(instance, error) from error
    require_all_seen(instance, exclude=exclude)


def require_all_seen(instance: models.Model, *, exclude: Collection[str] = ()) -> None:
    """Raises Invalid at the first text of the row of which nothing is seen, and at an address whose
    reader would not see where it leads.
    """
    for field in instance._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and field.editable
        if not is_text or field.name in exclude:
            continue
        text = str(getattr(instance, field.attname) or "")
        require_seen(text, field.name)
        if text and isinstance(field, models.URLField):
            require_address(text, field.name)


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


def require_unchanged(instance: models.Model, fields: Collection[str], stamp: str) -> None:
    """Refuse to write over what somebody else changed since the form was opened; `stamp` empty: do
    not compare.
    """
    if stamp and stamp != stamp_of(instance, fields):
        raise Conflict(
            _("Somebody else changed it meanwhile: compare both before you save."), stored=instance
        )


def apply_changes(
    instance: models.Model, changes: dict[str, Any], allowed: Collection[str]
) -> dict[str, list]:
    """Set the fields that differ; returns each with [before, after] as the trail keeps them.

    Raises TypeError for a field that nobody may edit this way.
    """
    unknown = set(changes) - set(allowed)
    if unknown:
        raise TypeError(
            f"{type(instance).__name__} has no editable field {', '.join(sorted(unknown))}"
        )
    changed = {}
    for name in sorted(changes):
        if getattr(instance, name) != changes[name]:
            before = shown(instance, name)
            setattr(instance, name, changes[name])
            changed[name] = [before, shown(instance, name)]
    return changed


def shown(instance: models.Model, name: str) -> Any:
    value = plain(instance, name)
    return value[:CUT] if isinstance(value, str) else value


def change_set(
    instance: models.Model, name: str, rows: Collection[models.Model], changed: dict[str, list]
) -> None:
    """Set a many-to-many field when it differs, and note it like the others."""
    before, after = plain(instance, name), sorted(str(row.pk) for row in rows)
    if before != after:
        getattr(instance, name).set(rows)
        changed[name] = [before, after]


def details(changed: dict[str, list], *, private: Collection[str] = ()) -> dict[str, Any]:
    """What the trail says of an edit: the fields, and of those that are nobody's person what they
    were and became.
    """
    public = {name: pair for name, pair in changed.items() if name not in private}
    return {"fields": sorted(changed), **({"changes": public} if public else {})}
