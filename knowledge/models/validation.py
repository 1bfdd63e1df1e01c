"""What projects say of a lesson: its own that it holds, others that it held for them too."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.models.people import optional_person
from projects.models import Project

from .lesson import Lesson


class Validation(models.Model):
    """The word of one project, given by its director. Taken back, it stays and says when."""

    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="validations"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(_("language of the note"), max_length=2, blank=True)
    by = optional_person(_("by"))
    at = models.DateTimeField(_("when"))
    withdrawn_by = optional_person(_("withdrawn by"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("validation of a lesson")
        verbose_name_plural = _("validations of lessons")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lesson", "project"],
                condition=Q(withdrawn_at__isnull=True),
                name="validation_once_a_project",
                violation_error_message=_("The project has said so already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.project_id}"
