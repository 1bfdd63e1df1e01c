"""Files of a work, in versions, and the text of their pages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.choices import TextState
from pip_network.models import Stored

from .expression import Expression


class File(models.Model):
    """One version of the file of an expression; the newest is the one that is read and searched."""

    expression = models.ForeignKey(
        Expression, verbose_name=_("expression"), on_delete=models.CASCADE, related_name="files"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    stored = models.ForeignKey(
        Stored, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    text_state = models.CharField(
        _("text"), max_length=10, choices=TextState, default=TextState.WAITING
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("file of a work")
        verbose_name_plural = _("files of works")
        ordering: ClassVar = ["expression", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["expression", "version"],
                name="file_version_once",
                violation_error_message=_("The expression has this version already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.stored)


class Page(models.Model):
    """The text of one page, slide, sheet or part; what has no label is a page."""

    file = models.ForeignKey(
        File, verbose_name=_("file"), on_delete=models.CASCADE, related_name="page_texts"
    )
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("kind of page"), max_length=10, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        ordering: ClassVar = ["file", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "number"],
                name="page_once",
                violation_error_message=_("The file has this page already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"
