"""The key of a person's own calendar, which programs ask for without signing in."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .invitations import hash_of

BYTES = 32  # of a key: nobody guesses it


class CalendarKeyQuerySet(models.QuerySet["CalendarKey"]):
    def of_key(self, key: str) -> "CalendarKeyQuerySet":
        """The one that a key opens, of a person whose account is open."""
        return self.filter(key_hash=hash_of(key), person__is_active=True)


class CalendarKey(models.Model):
    """Kept as a hash alone: the address is shown once, and renewed when it is lost."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="calendar_key",
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made on"))

    objects = CalendarKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a calendar")
        verbose_name_plural = _("keys of calendars")

    def __str__(self) -> str:
        return str(self.person)

    @staticmethod
    def new() -> str:
        return secrets.token_urlsafe(BYTES)
