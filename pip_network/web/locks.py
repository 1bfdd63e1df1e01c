"""Rows that somebody decides about: read again and held until the transaction ends, so that what
was decided is still so when it is written.

On PostgreSQL a second writer of the row waits (FOR NO KEY UPDATE: others may refer to it
meanwhile). The embedded database has one writer at a time anyway: there a transaction holds
everything.
"""

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from pip_network.web.errors import Conflict

Row = TypeVar("Row", bound=models.Model)


def for_update(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """The same rows, locked as they are read; always in one order, so that two who need several of
    them wait for each other instead of for ever.
    """
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def lock_all(rows: models.QuerySet[Row]) -> dict[Any, Row]:
    """Rows under their locks, by their key."""
    return {row.pk: row for row in for_update(rows)}


def lock(instance: Row) -> Row:
    """Read one row again under its lock. Raises Conflict when it has gone."""
    try:
        instance.refresh_from_db(from_queryset=for_update(type(instance)._default_manager.all()))
    except ObjectDoesNotExist:
        raise Conflict(_("It does not exist any more.")) from None
    return instance
