from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Project

from .rounds import Round


class Reminder(models.Model):
    """The timetable has reminded a project of a due day, at one of its steps: it does so once.

    By project and round, for a project is also reminded of a round that it has not opened.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="+"
    )
    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="+"
    )
    due_by = models.DateField(_("due on"))
    step = models.SmallIntegerField(_("days after the due day"))
    written_at = models.DateTimeField(_("written on"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar = ["written_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "round", "due_by", "step"],
                name="reminder_once",
                violation_error_message=_("This reminder was written already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.round_id} {self.step:+d}"
