"""A lesson: what a project did about a problem, what came of it, and why."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Confidence, Language, LessonState, Outcome
from knowledge.codes import new_code
from knowledge.reach import NETWORK, STAFF, keys_of, projects_in
from monitoring.models import Submission
from monitoring.models.people import optional_person
from pip_network.choices import Origin
from pip_network.web.signed_in import Reader
from projects.models import Project
from workshops.models import Workshop

if TYPE_CHECKING:
    from .lesson_text import LessonText

TOLD = (LessonState.VALIDATED, LessonState.CONFIRMED, LessonState.SUPERSEDED)


def scopes_of(project: Project) -> set[str]:
    """Of a project, and of the networks whose coordinators write for it."""
    return {*project.scope_keys, *(f"N:{network.pk}" for network in project.networks.all())}


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, reader: Reader) -> "LessonQuerySet":
        """What `reader` may read. Every page asks this and nothing else."""
        return self.placed(keys_of(reader))

    def placed(self, keys: frozenset[str]) -> "LessonQuerySet":
        """What is open to one of `keys` (knowledge/reach.py): a draft to its project's people and to
        who curates; what its project has validated to members; to everybody what was published.
        """
        there = self.filter(deleted_at__isnull=True)
        if STAFF in keys:
            return there
        told = Q(state__in=TOLD)
        if NETWORK in keys:
            return there.filter(told | Q(project__in=projects_in(keys)))
        return there.filter(told, agreed_at__isnull=False, published_at__isnull=False)

    def deleted_for(self, reader: Reader) -> "LessonQuerySet":
        """Drafts that were deleted, to the people of their project, who may undo it."""
        return self.filter(deleted_at__isnull=False, project__in=projects_in(keys_of(reader)))

    def with_parts(self) -> "LessonQuerySet":
        """What the line of a lesson says, read along."""
        return self.select_related("project").prefetch_related(
            "texts", "themes", "typologies", "project__countries"
        )


class Lesson(models.Model):
    """What one project learned, from itself, at a workshop or in a semester. Its words are in its
    texts, one for each language; beside them stays the voice, as it was first told.
    """

    code = models.CharField(
        _("code"),
        max_length=8,
        primary_key=True,
        default=new_code,
        error_messages={"unique": _("Another lesson has this code already.")},
    )
    state = models.CharField(
        _("state"), max_length=10, choices=LessonState, default=LessonState.DRAFT
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="lessons"
    )
    # Where it was learned, if not simply in the project.
    workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("workshop"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
    )
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("submission"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
    )
    voice = models.TextField(_("as it was first told"))
    voice_language = models.CharField(
        _("language in which it was told"), max_length=2, choices=Language
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, blank=True)
    origin = models.CharField(
        _("origin of these facts"), max_length=20, choices=Origin, default=Origin.ENTERED
    )
    stamp = models.PositiveIntegerField(default=1)

    written_by = optional_person(_("written by"))
    written_at = models.DateTimeField(_("written on"))
    sent_by = optional_person(_("sent for validation by"))
    sent_at = models.DateTimeField(_("sent for validation on"), null=True, blank=True)
    # The public reads it with the project's agreement and the publication of who curates.
    agreed_by = optional_person(_("agreed by"))
    agreed_at = models.DateTimeField(_("agreed on"), null=True, blank=True)
    published_by = optional_person(_("published by"))
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
    )
    superseded_at = models.DateTimeField(_("superseded on"), null=True, blank=True)
    deleted_by = optional_person(_("deleted by"))
    deleted_at = models.DateTimeField(_("deleted on"), null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering: ClassVar = ["-written_at", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=LessonState.values),
                name="lesson_state_known",
                violation_error_message=_("A lesson is in one of the known states."),
            ),
            models.CheckConstraint(
                condition=Q(workshop__isnull=True) | Q(submission__isnull=True),
                name="lesson_one_source",
                violation_error_message=_("A lesson comes from one source."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=LessonState.SUPERSEDED,
                    superseded_by__isnull=False,
                    superseded_at__isnull=False,
                )
                | (
                    ~Q(state=LessonState.SUPERSEDED)
                    & Q(superseded_by__isnull=True, superseded_at__isnull=True)
                ),
                name="lesson_superseded_by_another",
                violation_error_message=_("A superseded lesson names the one in its place."),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(state=LessonState.DRAFT),
                name="lesson_deleted_as_draft",
                violation_error_message=_("Only a draft is deleted."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state"], name="lesson_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lesson", args=[self.code])

    @property
    def scope_keys(self) -> set[str]:
        """Where whoever writes for its project holds her role."""
        return scopes_of(self.project)

    @property
    def source(self) -> Project | Workshop | Submission:
        """Where it was learned: exactly one of the three."""
        return self.submission or self.workshop or self.project

    @property
    def is_public(self) -> bool:
        return self.state in TOLD and None not in (self.agreed_at, self.published_at)

    @property
    def original(self) -> "LessonText | None":
        """The text that was validated; the others are translations of it."""
        return next((one for one in self.texts.all() if one.original), None)

    @property
    def shown(self) -> "LessonText | None":
        """In the reader's language, else the original."""
        language = (get_language() or "es")[:2]
        rows = {one.language: one for one in self.texts.all()}
        return rows.get(language) or self.original

    @property
    def title(self) -> str:
        return self.shown.title if self.shown else self.code

    @property
    def language(self) -> str:
        """Of the title that is shown."""
        return self.shown.language if self.shown else ""
