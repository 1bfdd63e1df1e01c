"""The audit trail: who did what, when.

Plain text keys and no foreign keys, so that it outlives what it records.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act.

    Append-only: database triggers refuse UPDATE and DELETE. Details hold codes, never personal
    data.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.CharField(
        _("who"), max_length=60, help_text=_("User number, or the name of a system process.")
    )
    verb = models.CharField(_("what"), max_length=60)
    object = models.CharField(_("on"), max_length=120, db_index=True)
    request_id = models.CharField(_("request"), max_length=36, blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            # Each way to look: of one person, of one kind, of one thing, of one request; the newest
            # first.
            models.Index(fields=["actor", "at"], name="audit_actor"),
            models.Index(fields=["verb", "at"], name="audit_verb"),
            models.Index(fields=["object", "at"], name="audit_object"),
            models.Index(
                fields=["request_id"], name="audit_request", condition=~models.Q(request_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.object}"
