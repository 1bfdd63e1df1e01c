"""Who reads a work, as keys (knowledge/reach.py). Derived: only `place` writes it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .work import Work


class Audience(models.Model):
    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="audience"
    )
    key = models.CharField(_("key"), max_length=40)

    class Meta:
        verbose_name = _("reader of a work")
        verbose_name_plural = _("readers of works")
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "key"],
                name="audience_once",
                violation_error_message=_("The work stands under this key already."),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="audience_key")]

    def __str__(self) -> str:
        return self.key


class Opening(models.Model):
    """A work stood under a key for the first time. The row stays when the work leaves the key, so
    that what comes back, or is merely corrected, is new to nobody.

    Rows are numbered under the lock of the index: whoever reads the highest number has all before
    it, and what comes later has a higher one.
    """

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="openings"
    )
    key = models.CharField(_("key"), max_length=40)

    class Meta:
        verbose_name = _("opening of a work")
        verbose_name_plural = _("openings of works")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "key"],
                name="opening_once",
                violation_error_message=_("The work was opened under this key before."),
            )
        ]

    def __str__(self) -> str:
        return self.key
