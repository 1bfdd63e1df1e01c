"""Exchange rates and price indices: approved, like every other row of the record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .approvals import RecordQuerySet, Versioned


class Rate(Versioned):
    """Local units per US$ (average of the period) and consumer price index (2000 = 100) of one
    currency and period.
    """

    currency = models.CharField(_("currency"), max_length=3)
    period = models.CharField(_("period"), max_length=7)
    usd_rate = models.DecimalField(_("local units per US$"), max_digits=15, decimal_places=8)
    cpi = models.DecimalField(
        _("consumer price index (2000 = 100)"), max_digits=15, decimal_places=8
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering: ClassVar = ["currency", "period", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["currency", "period"],
                condition=Q(superseded_in__isnull=True),
                name="rate_live_once",
                violation_error_message=_("There is a rate of this currency and period already."),
            ),
            models.CheckConstraint(
                condition=Q(usd_rate__gt=0, cpi__gt=0),
                name="rate_positive",
                violation_error_message=_("A rate and a price index are above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.period}"
