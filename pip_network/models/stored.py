"""Files that the portal keeps, and those that are still on their way."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pip_network.choices import FileKind, ScanState


class Stored(models.Model):
    """One file in the storage: never changed, and deleted once nothing points to it.

    Who may read it is asked of what points to it: a file of a work, an evidence, a consultation.
    """

    # Random, so that nobody guesses it and nothing of what people called the file is in it.
    name = models.CharField(_("name in the storage"), max_length=80, unique=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    kind = models.CharField(_("format"), max_length=10, choices=FileKind)
    original_name = models.CharField(_("name of the file"), max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stored_files",
    )
    uploaded_at = models.DateTimeField(_("uploaded on"), db_index=True)
    scan = models.CharField(
        _("scanner"), max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED
    )

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values),
                name="stored_kind_known",
                violation_error_message=_("A kept file has one of the known formats."),
            ),
            models.CheckConstraint(
                condition=Q(scan__in=ScanState.values),
                name="stored_scan_known",
                violation_error_message=_("A kept file has one of the known states of scanning."),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_readable(self) -> bool:
        """May its bytes be handed out? Not while it waits for the scanner, nor once refused."""
        return self.scan in (ScanState.NOT_SCANNED, ScanState.CLEAN)


class Upload(models.Model):
    """A file on its way, in pieces. Its bytes so far are `offset` long.

    Once whole and looked at it has its `stored`; a form then names it by `id`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="uploads",
    )
    name = models.CharField(_("name of the file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    offset = models.PositiveBigIntegerField(_("bytes received"), default=0)
    begun_at = models.DateTimeField(_("begun on"))
    expires_at = models.DateTimeField(_("kept until"), db_index=True)
    stored = models.ForeignKey(
        Stored,
        verbose_name=_("kept file"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="uploads",
    )

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering: ClassVar = ["-begun_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(offset__lte=F("size")),
                name="upload_within_size",
                violation_error_message=_("An upload receives no more bytes than it announced."),
            ),
            models.CheckConstraint(
                condition=Q(stored__isnull=True) | Q(offset=F("size")),
                name="upload_stored_is_whole",
                violation_error_message=_("An upload is kept once all its bytes are there."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.offset == self.size
