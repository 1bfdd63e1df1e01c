"""How often works are used, and what was looked for in vain: counts, and nothing of who it was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language, UseKind

from .work import Work


class RawUse(models.Model):
    """One page that was opened or one file that was taken, until it is counted: with the name that
    the program gives itself, by which robots are left out, and nothing of the person.
    """

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=UseKind)
    at = models.DateTimeField(_("moment"), db_index=True)
    agent = models.CharField(_("program"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("use not counted yet")
        verbose_name_plural = _("uses not counted yet")
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.work_id} {self.kind}"


class Use(models.Model):
    """How often a work was used on one day, robots left out."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="uses"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=UseKind)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times"))

    class Meta:
        verbose_name = _("use of a work")
        verbose_name_plural = _("uses of works")
        ordering: ClassVar = ["-day", "work", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "kind", "day"],
                name="use_once_a_day",
                violation_error_message=_("The uses of this day are counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.kind} {self.day}: {self.count}"


class UseHead(models.Model):
    """One row: the last day whose uses are counted, locked by who counts."""

    day = models.DateField(_("counted until"))

    class Meta:
        verbose_name = _("day of the last count")
        verbose_name_plural = _("days of the last count")

    def __str__(self) -> str:
        return str(self.day)


class Missed(models.Model):
    """A question that found nothing, folded, on one day; not who asked it."""

    day = models.DateField(_("day"))
    question = models.CharField(_("question"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    count = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering: ClassVar = ["-day", "question", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "question", "language"],
                name="missed_once_a_day",
                violation_error_message=_("This question of the day is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.question
