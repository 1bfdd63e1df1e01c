"""A path: modules with a text, readings and questions; and what a person has done of it.

Progress and answers are hers alone: no page shows them to anybody else, no trail tells of them, and
they go with her account.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .lists import List, ListItem
from .worded import Worded


class Module(Worded):
    list = models.ForeignKey(
        List, verbose_name=_("path"), on_delete=models.CASCADE, related_name="modules"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title_es = models.CharField(_("title in Spanish"), max_length=200)
    title_pt = models.CharField(_("title in Portuguese"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    text_es = models.TextField(_("text in Spanish"))
    text_pt = models.TextField(_("text in Portuguese"))
    text_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("module of a path")
        verbose_name_plural = _("modules of paths")
        ordering: ClassVar = ["number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list", "number"],
                name="module_number_once",
                violation_error_message=_("The path has a module of this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.said("title")

    @property
    def text(self) -> str:
        return self.said("text")


class Question(Worded):
    module = models.ForeignKey(
        Module, verbose_name=_("module"), on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text_es = models.TextField(_("text in Spanish"))
    text_pt = models.TextField(_("text in Portuguese"))
    text_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("question of a path")
        verbose_name_plural = _("questions of paths")
        ordering: ClassVar = ["number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["module", "number"],
                name="question_number_once",
                violation_error_message=_("The module has a question of this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.said("text")


class Answer(models.Model):
    """What a person wrote for herself."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="answers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="path_answers",
    )
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("saved on"))

    class Meta:
        verbose_name = _("answer in a path")
        verbose_name_plural = _("answers in paths")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "person"],
                name="answer_once",
                violation_error_message=_("She has answered this question already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Progress(models.Model):
    """A reading that a person has done."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="readings_done",
    )
    item = models.ForeignKey(
        ListItem, verbose_name=_("item of a list"), on_delete=models.CASCADE, related_name="done_by"
    )
    at = models.DateTimeField(_("done on"))

    class Meta:
        verbose_name = _("reading that was done")
        verbose_name_plural = _("readings that were done")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "item"],
                name="progress_once",
                violation_error_message=_("She has done this reading already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
