"""What a lesson is about: themes and typologies. Its countries are those of its project."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Theme
from projects.choices import Typology

from .lesson import Lesson


class LessonTheme(models.Model):
    """One of the ten themes."""

    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="themes"
    )
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)

    class Meta:
        verbose_name = _("theme of a lesson")
        verbose_name_plural = _("themes of lessons")
        ordering: ClassVar = ["theme"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lesson", "theme"],
                name="lesson_theme_once",
                violation_error_message=_("The lesson has this theme already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_theme_display())


class LessonTypology(models.Model):
    """One of the four typologies."""

    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="typologies"
    )
    typology = models.CharField(_("typology"), max_length=24, choices=Typology)

    class Meta:
        verbose_name = _("typology of a lesson")
        verbose_name_plural = _("typologies of lessons")
        ordering: ClassVar = ["typology"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lesson", "typology"],
                name="lesson_typology_once",
                violation_error_message=_("The lesson has this typology already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_typology_display())
