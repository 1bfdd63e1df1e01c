"""What the checks found when a value was approved."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .approvals import RecordQuerySet, Versioned
from .record import Measurement


class Judgement(Versioned):
    """One check that was evaluated over one approved value: each `outlier` and `jump`, and each
    warning of any other kind.

    `explained`: of a warning, whether somebody explained it; None where the check passed. Versioned
    beside its value like an explanation: what is usual in a sector moves on, this does not.
    """

    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, related_name="judgements"
    )
    check_code = models.CharField(max_length=40)
    explained = models.BooleanField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measurement", "check_code"],
                condition=Q(superseded_in__isnull=True),
                name="judgement_live_once",
                violation_error_message=_("The record holds this already."),
            ),
            models.CheckConstraint(
                condition=~Q(check_code=""),
                name="judgement_names_check",
                violation_error_message=_("A judgement names its check."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_in__isnull=True) | Q(superseded_in__gt=F("approved_in")),
                name="judgement_superseded_later",
                violation_error_message=_(
                    "A row of the record is replaced only by a later approval."
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["approved_in"], name="judgement_approved")]

    def __str__(self) -> str:
        return f"{self.measurement} {self.check_code}"
