"""A work in one language: the original, or a translation."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.choices import AbstractBy, Language, Translated
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField

from .work import Work

if TYPE_CHECKING:
    from .file import File


class Expression(Computing):
    """Title and abstract in one language."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="expressions"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    original = models.BooleanField(_("original"), default=False)
    title = models.CharField(_("title"), max_length=300)
    abstract = models.TextField(_("abstract"), blank=True)
    abstract_by = models.CharField(
        _("who wrote the abstract"), max_length=8, choices=AbstractBy, blank=True
    )
    translation_status = models.CharField(
        _("translation"), max_length=8, choices=Translated, blank=True
    )
    folded, searched = FoldedField("title"), FoldedField("title", "abstract")

    objects = ComputingQuerySet["Expression"].as_manager()

    class Meta:
        verbose_name = _("expression")
        verbose_name_plural = _("expressions")
        ordering: ClassVar = ["-original", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "language"],
                name="expression_once_a_language",
                violation_error_message=_("The work has a title in this language already."),
            ),
            models.UniqueConstraint(
                fields=["work"],
                condition=Q(original=True),
                name="expression_one_original",
                violation_error_message=_("A work has one original."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="expression_language_known",
                violation_error_message=_("A title is in one of the languages of the portal."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_read(self) -> bool:
        """Is the work in this language, and not its title alone?"""
        return self.translation_status != Translated.TITLE

    @property
    def file(self) -> "File | None":
        """The newest version of its file."""
        return next(iter(self.files.all()), None)  # the newest first
