"""What bears a lesson out, or speaks against it: a figure of the monitoring system, a work of the
library, or an address.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.models import FigureDefinition
from monitoring.models.people import optional_person
from pip_network.web.signed_in import Reader

from .lesson import Lesson
from .work import Work


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def seen_by(self, reader: Reader) -> "EvidenceQuerySet":
        """Without the works that `reader` may not read, nor could before they were withdrawn: of
        those not even that they are there.
        """
        there = Work.objects.visible_to(reader).order_by().values("pk")
        gone = Work.objects.gone_for(reader).order_by().values("pk")
        return self.filter(Q(work__isnull=True) | Q(work__in=there) | Q(work__in=gone))


class Evidence(models.Model):
    """Of a figure only what it was when it was cited is kept, as its trace gave it; how it stands
    now is asked of the record.
    """

    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="evidence"
    )
    figure = models.ForeignKey(
        FigureDefinition,
        verbose_name=_("figure"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    cited_value = models.CharField(_("value, as cited"), max_length=40, blank=True)
    cited_change = models.CharField(_("change, as cited"), max_length=40, blank=True)
    work = models.ForeignKey(
        Work,
        verbose_name=_("work"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language of the note"), max_length=2, blank=True)
    note = models.CharField(_("what it shows"), max_length=300, blank=True)
    contrary = models.BooleanField(_("speaks against the lesson"), default=False)
    added_by = optional_person(_("added by"))
    added_at = models.DateTimeField(_("added on"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a lesson")
        verbose_name_plural = _("evidence of lessons")
        ordering: ClassVar = ["contrary", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(figure__isnull=False, work__isnull=True, address="")
                | Q(figure__isnull=True, work__isnull=False, address="")
                | (Q(figure__isnull=True, work__isnull=True) & ~Q(address="")),
                name="evidence_of_one_kind",
                violation_error_message=_("Evidence is a figure, a work or an address: one."),
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(work__isnull=False),
                name="evidence_page_of_work",
                violation_error_message=_("A page is of a work."),
            ),
            models.UniqueConstraint(
                fields=["lesson", "figure"],
                name="evidence_figure_once",
                violation_error_message=_("The lesson names this figure already."),
            ),
            models.UniqueConstraint(
                fields=["lesson", "work", "page"],
                name="evidence_page_once",
                violation_error_message=_("The lesson names this page already."),
            ),
            models.UniqueConstraint(
                fields=["lesson", "work"],
                condition=Q(page__isnull=True),
                name="evidence_work_once",
                violation_error_message=_("The lesson names this work already."),
            ),
            models.UniqueConstraint(
                fields=["lesson", "address"],
                condition=~Q(address=""),
                name="evidence_address_once",
                violation_error_message=_("The lesson names this address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.address or self.work_id or self.figure_id or ""
