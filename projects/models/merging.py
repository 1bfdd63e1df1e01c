"""What is known of firms that may be, or were, registered twice."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .firm import Firm


class FirmDistinction(models.Model):
    """Somebody looked at two firms and said that they are not the same: they are proposed no more."""

    first = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="+"
    )
    second = models.ForeignKey(
        Firm, verbose_name=_("other firm"), on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(_("said on"))
    said_by = models.CharField(_("said by"), max_length=60)

    class Meta:
        verbose_name = _("firms that are not the same")
        verbose_name_plural = _("firms that are not the same")
        ordering: ClassVar = ["-said_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="distinction_once",
                violation_error_message=_("It is said already that these two firms are different."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="distinction_in_order",
                violation_error_message=_(
                    "A distinction names two firms, in the order of their codes."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class FirmMerge(models.Model):
    """One firm registered twice became one.

    `done` says what the merge changed, so that it can be taken back.
    """

    survivor = models.ForeignKey(
        Firm, verbose_name=_("stays"), on_delete=models.PROTECT, related_name="merges"
    )
    duplicate = models.ForeignKey(
        Firm, verbose_name=_("goes on as it"), on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged on"))
    merged_by = models.CharField(_("merged by"), max_length=60)
    reason = models.CharField(_("reason"), max_length=300)
    done = models.JSONField(_("what it changed"), default=dict)
    split_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    split_by = models.CharField(_("taken back by"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("merge of firms")
        verbose_name_plural = _("merges of firms")
        ordering: ClassVar = ["-merged_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(split_at__isnull=True),
                name="merge_once",
                violation_error_message=_("This firm is merged into another one already."),
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("duplicate")),
                name="merge_of_two",
                violation_error_message=_("A firm is not merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(split_at__isnull=True, split_by="")
                | (Q(split_at__isnull=False) & ~Q(split_by="")),
                name="merge_split_by_somebody",
                violation_error_message=_("A merge that was taken back says when and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} goes on as {self.survivor_id}"
