"""Forms that were sent and have made something."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """The key of a form, what it said, and the page of what it made. Kept for a few days."""

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    content = models.CharField(_("content"), max_length=64)
    answer = models.CharField(_("address of the answer"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent on"), db_index=True)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        ordering: ClassVar = ["-sent_at", "key"]

    def __str__(self) -> str:
        return self.key[:8]
