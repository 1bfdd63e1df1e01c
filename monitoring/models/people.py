"""Who did something, where a row may say so."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from pip_network.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def optional_person(
    verbose_name: "str | _StrPromise | None" = None,
) -> "models.ForeignKey[User | None, User | None]":
    """The person who did it; None while nobody has, and where the system did it itself."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
