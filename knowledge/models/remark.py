"""What a curator asks of who proposed a work, and what she answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .work import Work


class ProposalRemark(models.Model):
    """The proposal waits for who made it until she has sent it again; it keeps its state."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="remarks"
    )
    text = models.TextField(_("what is asked"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("curator"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("sent back on"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("sent again on"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark on a proposal")
        verbose_name_plural = _("remarks on proposals")
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text
