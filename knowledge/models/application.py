"""What a project did with something that others had learned, and how it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Result
from monitoring.models.people import optional_person
from projects.models import Project

from .lesson import Lesson


class Application(models.Model):
    """A further kind of source takes a column here, and a part of each constraint."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="applications"
    )
    lesson = models.ForeignKey(
        Lesson,
        verbose_name=_("lesson"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="applications",
    )
    text = models.CharField(_("how it went"), max_length=600)
    language = models.CharField(_("language of the note"), max_length=2, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result)
    by = optional_person(_("by"))
    at = models.DateTimeField(_("when"))
    withdrawn_by = optional_person(_("withdrawn by"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lesson__isnull=False),
                name="application_one_source",
                violation_error_message=_("An application names what was applied."),
            ),
            models.CheckConstraint(
                condition=Q(result__in=Result.values),
                name="application_result_known",
                violation_error_message=_("An application has one of the known results."),
            ),
            models.UniqueConstraint(
                fields=["project", "lesson"],
                condition=Q(withdrawn_at__isnull=True),
                name="application_lesson_once",
                violation_error_message=_("The project has said so already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.lesson_id}"
