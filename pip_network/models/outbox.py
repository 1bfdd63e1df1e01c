"""Mail waits here until the worker has sent it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField


class Mail(Computing):
    """One message to one address, written in the transaction of what it tells of."""

    # What it tells of, where one fact is told once: a second row of the same key is not written.
    key = models.CharField(_("fact"), max_length=120, null=True, blank=True, unique=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"))
    created_at = models.DateTimeField(_("created on"))
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)
    folded = FoldedField("subject")

    objects = ComputingQuerySet["Mail"].as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("mail outbox")
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["sent_at", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
