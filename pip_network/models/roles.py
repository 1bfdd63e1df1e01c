"""Who holds which role, where and since when."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self, day: dt.date) -> "RoleAssignmentQuerySet":
        """Assignments in force on `day`: from `since` on, and no longer from `until` on."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class RoleAssignment(models.Model):
    """A role of a person within a scope: `*` (everywhere), `P:code`, `N:code` or `I:id`. Never
    deleted: ended.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, role.label) for role in Role]
    )
    scope = models.CharField(_("scope"), max_length=60)
    since = models.DateField(_("from"))
    until = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("From this day on it no longer counts.")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    end_reason = models.CharField(_("reason of the end"), max_length=300, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        ordering: ClassVar = ["person", "role", "scope", "since", "id"]
        indexes: ClassVar = [models.Index(fields=["scope", "role"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="role_ends_after_start",
                violation_error_message=_("A role does not end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope"],
                condition=Q(until__isnull=True),
                name="role_open_once",
                violation_error_message=_("This person has this role there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.scope}"
