"""A table's own columns, by name."""

from django.core.exceptions import FieldDoesNotExist
from django.db import models


def column_of(model: models.Model | type[models.Model], name: str) -> models.Field:
    """A column of the table, or a many-to-many of it; what other tables point at it with is neither.

    Raises FieldDoesNotExist.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise FieldDoesNotExist(f"{model._meta.label} has no column named {name!r}")
    return field
