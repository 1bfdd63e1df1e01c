"""Uploaded workbooks: what waits to be confirmed, what was stored, what was taken back."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monitoring.choices import UploadStatus
from pip_network.models import Job

from .people import optional_person
from .submissions import Submission


class WorkbookUpload(models.Model):
    """One uploaded workbook of a submission.

    `changes_before` and `changes_after`: the edits that storing it made are those of the submission
    in between, by their number; `explanations`: words that it cleared, by cell, for taking it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="workbooks")
    status = models.CharField(
        _("status"), max_length=10, choices=UploadStatus, default=UploadStatus.WAITING
    )
    name = models.CharField(_("file"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    uploaded_at = models.DateTimeField(_("uploaded on"))
    uploaded_by = optional_person(_("uploaded by"))
    job = models.ForeignKey(
        Job, verbose_name=_("job"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)  # of what was shown
    counts = models.JSONField(_("cells by outcome"), default=dict)
    stored_at = models.DateTimeField(_("stored on"), null=True)
    stamp = models.PositiveIntegerField(default=0)  # of the cells that it wrote
    changes_before = models.PositiveBigIntegerField(default=0)
    changes_after = models.PositiveBigIntegerField(default=0)
    explanations = models.JSONField(default=dict)
    taken_back_at = models.DateTimeField(_("taken back on"), null=True)
    taken_back_by = optional_person(_("taken back by"))

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        ordering: ClassVar = ["-uploaded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=UploadStatus.values),
                name="workbook_upload_status_known",
                violation_error_message=_("An uploaded workbook has one of the known states."),
            ),
            models.CheckConstraint(
                condition=Q(status=UploadStatus.WAITING, stored_at__isnull=True)
                | (~Q(status=UploadStatus.WAITING) & Q(stored_at__isnull=False)),
                name="workbook_upload_stored_at",
                violation_error_message=_("What was stored says when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.name}"

    def get_absolute_url(self) -> str:
        place = (self.submission.project_id, self.submission.round_id, self.pk)
        return reverse("workbook-preview", args=place)

    @property
    def is_waiting(self) -> bool:
        return self.status == UploadStatus.WAITING
