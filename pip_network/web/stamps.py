"""Two people at one form: what a row looked like when the form was opened, in a few letters."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models

from pip_network.web.columns import column_of


def stamp_of(instance: models.Model, fields: Iterable[str]) -> str:
    """Letters that change when one of `fields` (columns or many-to-many) does."""
    return hashlib.sha256(
        json.dumps([plain(instance, name) for name in fields]).encode()
    ).hexdigest()[:16]


def plain(instance: models.Model, name: str) -> Any:
    """A field as a JSON value: keys for what it points to, text for dates and amounts."""
    field = column_of(instance, name)
    if field.many_to_many:
        return sorted(str(pk) for pk in getattr(instance, name).values_list("pk", flat=True))
    value = getattr(instance, field.attname)
    return value if value is None or isinstance(value, str | int | bool) else str(value)
