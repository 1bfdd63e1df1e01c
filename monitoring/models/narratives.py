"""The qualitative side of the record: short texts, five at most a semester."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import NarrativeTheme
from projects.models import Project

from .approvals import Approval, RecordQuerySet
from .people import optional_person
from .rounds import Round
from .submissions import Submission


class NarrativeDraft(models.Model):
    """A text while its submission is open."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="narrative_drafts"
    )
    theme = models.CharField(_("question"), max_length=10, choices=NarrativeTheme)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="es"
    )
    stamp = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = optional_person()

    class Meta:
        ordering: ClassVar = ["submission", "theme"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "theme"],
                name="narrative_draft_once",
                violation_error_message=_("The theme has a text in this submission already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.theme}"


class Narrative(models.Model):
    """An approved text.

    Versioned like the record; the hash chain holds its digest, not its words.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="narratives")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(_("question"), max_length=10, choices=NarrativeTheme)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    approved_in = models.ForeignKey(
        Approval, on_delete=models.PROTECT, related_name="narratives", db_column="approved_in"
    )
    superseded_in = models.ForeignKey(
        Approval,
        on_delete=models.PROTECT,
        related_name="superseded_narratives",
        db_column="superseded_in",
        null=True,
        blank=True,
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("narrative")
        verbose_name_plural = _("narratives")
        ordering: ClassVar = ["project", "round", "theme", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "round", "theme"],
                condition=Q(superseded_in__isnull=True),
                name="narrative_live_once",
                violation_error_message=_("The record holds this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.round_id} {self.theme}"
