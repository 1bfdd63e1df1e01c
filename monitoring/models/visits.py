"""Who has a sheet open."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Network

from .submissions import Submission


class SheetVisit(models.Model):
    """That a person has the sheet of a network open, and the cell in which she was last: a row that
    is forgotten minutes after she has closed it. No history is kept.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="visits")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    cell = models.CharField(max_length=120, blank=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("visit of a sheet")
        verbose_name_plural = _("visits of sheets")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "network", "person"],
                name="sheet_visit_once",
                violation_error_message=_("This visit is known already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.cell}"
