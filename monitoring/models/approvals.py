"""Approvals, chained by hashes, and what makes a row one of the record: an approval wrote it, a later
one perhaps superseded it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monitoring.choices import ApprovalKind

from .people import optional_person
from .submissions import Submission


class RecordHead(models.Model):
    """One row: the number and hash of the last approval.

    Incremented under its lock inside the approving transaction.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(_("last approval"), default=0)
    hash = models.CharField(_("hash"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("head of the record")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="recordhead_single",
                violation_error_message=_("The record has one head."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.hash[:12]}"


class Approval(models.Model):
    """One act that changed the record, with its place in the hash chain."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ApprovalKind)
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("submission"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approvals",
    )
    revision = models.PositiveSmallIntegerField(_("revision"), null=True, blank=True)
    at = models.DateTimeField(_("when"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approver = optional_person(_("approver"))  # None: a process
    process = models.CharField(_("process"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # Of the text that the hash is of (docs/record.md).
    format = models.PositiveSmallIntegerField(default=1)
    # The earlier format of which it states what that one left out, of all rows there were.
    completes = models.PositiveSmallIntegerField(null=True, blank=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(author__isnull=True) | ~Q(author=F("approver")),
                name="approval_two_people",
                violation_error_message=_("Who approves is not who submitted."),
            ),
            models.CheckConstraint(
                condition=Q(kind="submission", submission__isnull=False, author__isnull=False)
                | (
                    Q(
                        kind__in=["registry", "rates", "targets", "catalogue"],
                        submission__isnull=True,
                    )
                    & ~Q(reason="")
                ),
                name="approval_of_something",
                violation_error_message=_("An approval names its submission, or its reason."),
            ),
            # Only what states definitions may be approved by a program, and then by a named one.
            models.CheckConstraint(
                condition=Q(approver__isnull=False, process="")
                | (
                    Q(kind="catalogue", approver__isnull=True, author__isnull=True) & ~Q(process="")
                ),
                name="approval_by_somebody",
                violation_error_message=_("An approval has an approver, or names its process."),
            ),
        ]

    def __str__(self) -> str:
        return f"N={self.number}"

    @property
    def approved_by(self) -> str:
        """Who approved it: a person, or the process that did it by itself."""
        if self.approver is not None:
            return str(self.approver)
        return gettext("process %(name)s") % {"name": self.process}


class Versioned(models.Model):
    """A row that one approval wrote and perhaps a later one superseded."""

    approved_in = models.ForeignKey(
        Approval, on_delete=models.PROTECT, related_name="+", db_column="approved_in"
    )
    superseded_in = models.ForeignKey(
        Approval,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="superseded_in",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


class RecordQuerySet(models.QuerySet):
    """Rows of the record, by the approvals between which they are in force."""

    def live(self) -> "RecordQuerySet":
        return self.filter(superseded_in__isnull=True)

    def as_of(self, number: int) -> "RecordQuerySet":
        """Rows in force just after approval `number`."""
        return self.filter(
            Q(superseded_in__isnull=True) | Q(superseded_in__gt=number), approved_in__lte=number
        )
