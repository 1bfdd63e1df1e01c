"""Publications: which figures of a round the public sees, and since when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .approvals import Approval
from .rounds import Round


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications, by whether the public sees them."""

    def newest(self) -> "PublicationQuerySet":
        """The last one of each round, withdrawn or not."""
        same = Publication.objects.filter(round=OuterRef("round")).order_by("-pk")
        return self.filter(pk=Subquery(same.values("pk")[:1]))

    def in_force(self) -> "PublicationQuerySet":
        """What the public sees: a round whose last publication was withdrawn is not shown, whatever
        was published before.
        """
        return self.newest().filter(withdrawn_at__isnull=True).order_by("-round_id")


class Publication(models.Model):
    """The public figures of a round, as of an approval, as they were computed on that day: a later
    approval, version of the catalogue or of the portal changes none of them.
    """

    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="publications"
    )
    as_of = models.ForeignKey(
        Approval, verbose_name=_("as of approval"), on_delete=models.PROTECT, related_name="+"
    )
    catalogue = models.PositiveIntegerField(_("version of the catalogue"))
    figures = models.JSONField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("published on"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because=""
                )
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="publication_withdrawn_whole",
                violation_error_message=_("A withdrawal says when, by whom and why."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} (N={self.as_of_id})"

    def get_absolute_url(self) -> str:
        return reverse("admin:monitoring_publication_change", args=[self.pk])
