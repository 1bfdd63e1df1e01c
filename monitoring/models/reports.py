"""Reports: questions about the record as of approval N, and the figures they cite."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.models import Job, User
from pip_network.people import access
from pip_network.people.access import Permission

from .approvals import Approval


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by who may see them and whether they are ready."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Who orders any report sees all; a director those about her own project alone."""
        if access.can(user, Permission.ORDER_REPORT):
            return self
        own = access.codes_with(user, Permission.ORDER_OWN_REPORT, "P") or set()
        about_own = models.Q()
        for code in sorted(own):
            about_own |= models.Q(specification__scope__projects=[code])
        return self.filter(about_own, audience="staff") if own else self.none()

    def finished(self) -> "ReportQuerySet":
        """Those whose files are there."""
        return self.filter(finished_at__isnull=False)


class Report(models.Model):
    """One ordered report.

    Finished by one row change: `finished_at` and `folder` are set together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200)
    specification = models.JSONField(_("specification"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    audience = models.CharField(_("audience"), max_length=8)
    as_of = models.ForeignKey(
        Approval, verbose_name=_("as of approval"), on_delete=models.PROTECT, related_name="+"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="reports",
    )
    requested_at = models.DateTimeField(_("requested on"))
    job = models.OneToOneField(
        Job, verbose_name=_("job"), on_delete=models.PROTECT, related_name="report"
    )
    finished_at = models.DateTimeField(_("finished on"), null=True, blank=True)
    folder = models.CharField(_("folder of its files"), max_length=120, blank=True)
    figure_count = models.PositiveIntegerField(_("figures"), default=0)
    scope_projects = models.JSONField(_("projects in scope"), default=list)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering: ClassVar = ["-requested_at", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])


class FigureDefinition(models.Model):
    """What a figure's id stands for, so that the id alone opens its trace."""

    id = models.CharField(primary_key=True, max_length=16)
    definition = models.JSONField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.id


class FigureSet(models.Model):
    """Figures of one resolved specification, kept: the same question about the same approval has
    the same answer.
    """

    key = models.CharField(
        primary_key=True,
        max_length=64,
        help_text=_("sha256 of specification and application version"),
    )
    specification = models.JSONField()
    as_of = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-computed_at", "key"]

    def __str__(self) -> str:
        return self.key
