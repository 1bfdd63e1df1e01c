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
