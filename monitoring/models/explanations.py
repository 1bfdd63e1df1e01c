"""What answered a warning when its value was approved."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .approvals import RecordQuerySet, Versioned
from .record import Measurement


class Explanation(Versioned):
    """The words of a person about one approved value, and the warning that they answer.

    Versioned like the value beside which it stands; the hash chain holds its digest, not its words.
    Without a check it answers no warning: a remark of who entered the value.
    """

    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, related_name="explanations"
    )
    check_code = models.CharField(max_length=40, blank=True)
    # The digest of the value, of the check and of what it compared (monitoring/sheet/checks/basis.py).
    basis = models.CharField(max_length=64)
    text = models.TextField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measurement", "check_code"],
                condition=Q(superseded_in__isnull=True),
                name="explanation_live_once",
                violation_error_message=_("The record holds this already."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="explanation_has_words",
                violation_error_message=_("An explanation has words."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_in__isnull=True) | Q(superseded_in__gt=F("approved_in")),
                name="explanation_superseded_later",
                violation_error_message=_(
                    "A row of the record is replaced only by a later approval."
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["approved_in"], name="explanation_approved")]

    def __str__(self) -> str:
        return f"{self.measurement} {self.check_code}"
