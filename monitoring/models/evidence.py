"""What bears out a value, an explanation, a text or a remark: a file or an address beside it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import EvidencePlace, Kind
from pip_network.choices import FileKind
from pip_network.models import Stored
from projects.models import Project

from .approvals import RecordQuerySet, Versioned
from .people import optional_person
from .remarks import Remark
from .rounds import Round
from .submissions import Submission

LONGEST_ADDRESS = 500
# What a piece says of itself: copied from a working row into the record, and back for an amendment.
CARRIED = (
    "key",
    "place",
    "subject",
    "kind",
    "variable_code",
    "remark_id",
    "sha256",
    "address",
    "format",
    "size",
    "stored_id",
    "added_at",
    "added_by_id",
)


class Attached(models.Model):
    """A file or an address, and beside what it stands: as with remarks a cell, a text of the
    narrative (its theme is the code, there is no subject), or a remark.

    What is said of the file stands here too, so that it stays when the file is taken away. Of an
    address `sha256` is the digest of its letters.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)  # in addresses of the portal
    place = models.CharField(max_length=11, choices=EvidencePlace)
    subject = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REGULAR)
    variable_code = models.CharField(max_length=40, blank=True)
    remark = models.ForeignKey(
        Remark, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
    format = models.CharField(_("format"), max_length=10, choices=FileKind, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    stored = models.ForeignKey(
        Stored, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("attached on"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def theme(self) -> str:
        """The text of the narrative beside which it stands; empty for anything else."""
        return self.variable_code if self.place == EvidencePlace.NARRATIVE else ""

    @property
    def is_file(self) -> bool:
        return not self.address

    @property
    def name(self) -> str:
        """The address, or what the file was called; empty once the file is taken away."""
        return self.address or (self.stored.original_name if self.stored else "")


class Evidence(Versioned, Attached):
    """A piece of the record. Its file may be taken away once, with a reason; nothing else changes."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    taken_away_at = models.DateTimeField(null=True, blank=True)
    taken_away_by = optional_person()
    taken_away_for = models.TextField(blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "round", "place", "subject", "kind", "variable_code", "sha256"],
                condition=Q(superseded_in__isnull=True, remark__isnull=True),
                name="evidence_live_once",
                violation_error_message=_("The record holds this already."),
            ),
            models.UniqueConstraint(
                fields=["remark", "sha256"],
                condition=Q(superseded_in__isnull=True, remark__isnull=False),
                name="evidence_live_once_by_remark",
                violation_error_message=_("The record holds this already."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_in__isnull=True) | Q(superseded_in__gt=F("approved_in")),
                name="evidence_superseded_later",
                violation_error_message=_(
                    "A row of the record is replaced only by a later approval."
                ),
            ),
            models.CheckConstraint(
                condition=Q(address="", taken_away_at__isnull=True, stored__isnull=False)
                | ~Q(address="") & Q(format="", taken_away_at__isnull=True, stored__isnull=True)
                | Q(
                    address="",
                    stored__isnull=True,
                    taken_away_at__isnull=False,
                    taken_away_by__isnull=False,
                )
                & ~Q(taken_away_for=""),
                name="evidence_taken_away_for_reason",
                violation_error_message=_("A file that was taken away says when, by whom and why."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["approved_in"], name="evidence_approved")]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.round_id} {self.place} {self.sha256[:12]}"


class EvidenceDraftQuerySet(models.QuerySet["EvidenceDraft"]):
    def standing(self) -> "EvidenceDraftQuerySet":
        """Without those that were withdrawn and may still be put back."""
        return self.filter(withdrawn_at__isnull=True)


class EvidenceDraft(Attached):
    """A piece while its submission is open; of an amendment, with the approved piece that it
    carries over.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="evidence_drafts"
    )
    carried = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = optional_person()

    objects = EvidenceDraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["submission", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "place", "subject", "kind", "variable_code", "sha256"],
                condition=Q(remark__isnull=True),
                name="evidence_draft_once",
                violation_error_message=_("This is attached here already."),
            ),
            models.UniqueConstraint(
                fields=["remark", "sha256"],
                condition=Q(remark__isnull=False),
                name="evidence_draft_once_by_remark",
                violation_error_message=_("This is attached here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.place} {self.sha256[:12]}"
