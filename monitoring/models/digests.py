"""What an approval states of a published version of the catalogue."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .approvals import Approval
from .catalogue import CatalogueVersion


class CatalogueDigest(models.Model):
    """The digest of a published version, over the columns of a numbered list
    (monitoring/record/defining.py). Append-only.
    """

    catalogue = models.OneToOneField(
        CatalogueVersion, on_delete=models.PROTECT, related_name="stated"
    )
    columns = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    approved_in = models.ForeignKey(
        Approval, on_delete=models.PROTECT, related_name="catalogues", db_column="approved_in"
    )

    class Meta:
        verbose_name = _("digest of the catalogue")
        verbose_name_plural = _("digests of the catalogue")
        ordering: ClassVar = ["catalogue"]

    def __str__(self) -> str:
        return f"v{self.catalogue_id} {self.digest[:12]}"
