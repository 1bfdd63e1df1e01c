"""What a reviewer asks about a cell, and what is answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Kind

from .people import optional_person
from .submissions import Submission


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Remarks and answers; a thread is a remark with its answers."""

    def open(self) -> "RemarkQuerySet":
        """Remarks that no reviewer has closed."""
        return self.filter(answers__isnull=True, resolved_at__isnull=True)


class Remark(models.Model):
    """A remark and its answers: on a cell; on a text of the narrative, whose theme then stands as
    the code, without a subject; or, without either, on the whole submission.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="remarks")
    revision = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REGULAR)
    variable_code = models.CharField(max_length=40, blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = optional_person()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="remark_resolved_by_somebody",
                violation_error_message=_("A resolved remark says when and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.subject} {self.variable_code}"

    @property
    def theme(self) -> str:
        """The text of the narrative that it is about; empty when it is about something else."""
        return "" if self.subject else self.variable_code
