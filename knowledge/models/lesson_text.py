"""A lesson in one language: the original, or a translation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language
from monitoring.models.people import optional_person
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField, KeyedField

from .lesson import Lesson

# What a lesson says besides its title, in the order in which it is read.
PARAGRAPHS = ("context", "problem", "done", "happened", "why", "not_when")


class LessonText(Computing):
    """Title and paragraphs in one language."""

    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="texts"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    original = models.BooleanField(_("original"), default=False)
    title = models.CharField(_("title"), max_length=200)
    context = models.TextField(_("context"), blank=True)
    problem = models.TextField(_("problem"), blank=True)
    done = models.TextField(_("what was done"), blank=True)
    happened = models.TextField(_("what happened"), blank=True)
    why = models.TextField(_("why"), blank=True)
    not_when = models.TextField(_("when it does not apply"), blank=True)
    changed_by = optional_person(_("changed by"))
    changed_at = models.DateTimeField(_("changed on"))
    folded = FoldedField("title")
    searched = KeyedField("title", *PARAGRAPHS)

    objects = ComputingQuerySet["LessonText"].as_manager()

    class Meta:
        verbose_name = _("text of a lesson")
        verbose_name_plural = _("texts of lessons")
        ordering: ClassVar = ["-original", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lesson", "language"],
                name="lesson_text_once_a_language",
                violation_error_message=_("The lesson has a text in this language already."),
            ),
            models.UniqueConstraint(
                fields=["lesson"],
                condition=Q(original=True),
                name="lesson_text_one_original",
                violation_error_message=_("A lesson has one original."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="lesson_text_language_known",
                violation_error_message=_("A title is in one of the languages of the portal."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
