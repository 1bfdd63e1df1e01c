"""Targets: what a project means an indicator to be in a round; proposed, agreed, then of the record."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import TargetState
from projects.models import Project

from .approvals import Approval, RecordQuerySet, Versioned
from .people import optional_person

DIGITS, DECIMALS = 15, 6


def target_value() -> "models.DecimalField":
    """In the published unit of the indicator; None: the target is withdrawn."""
    return models.DecimalField(
        _("target"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )


class Target(Versioned):
    """What a project means the main value of an indicator to be, for the project as a whole, in a
    round.

    `indicator` and `round` are codes: a version of the catalogue may drop the one, and the other
    may lie so far ahead that nobody has made it yet. Percentages x 100, money in US$ at current
    prices.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField(_("indicator"), max_length=10)
    round = models.CharField(_("round"), max_length=7)
    value = target_value()
    note = models.TextField(_("note"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering: ClassVar = ["project", "indicator", "round", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "indicator", "round"],
                condition=Q(superseded_in__isnull=True),
                name="target_live_once",
                violation_error_message=_("The record holds this already."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_in__isnull=True) | Q(superseded_in__gt=F("approved_in")),
                name="target_superseded_later",
                violation_error_message=_(
                    "A row of the record is replaced only by a later approval."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.indicator} {self.round}"


class TargetProposalQuerySet(models.QuerySet["TargetProposal"]):
    def open(self) -> "TargetProposalQuerySet":
        """Those that wait for the specialist, or came back from her."""
        return self.filter(state__in=TargetState.open())

    def waiting(self) -> "TargetProposalQuerySet":
        """Those that a specialist is to decide about."""
        return self.filter(state=TargetState.PROPOSED)


class TargetProposal(models.Model):
    """What the director of a project proposes, until the specialist has agreed to it.

    Without a value it proposes to withdraw the target that was agreed.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(_("indicator"), max_length=10)
    round = models.CharField(_("round"), max_length=7)
    value = target_value()
    note = models.TextField(_("note"))
    state = models.CharField(
        _("state"), max_length=9, choices=TargetState, default=TargetState.PROPOSED
    )
    stamp = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    remark = models.TextField(_("remark"), blank=True)
    decided_by = optional_person()
    decided_at = models.DateTimeField(null=True, blank=True)
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TargetProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed target")
        verbose_name_plural = _("proposed targets")
        ordering: ClassVar = ["project", "indicator", "round", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "indicator", "round"],
                condition=Q(state__in=["proposed", "returned"]),
                name="target_proposed_once",
                violation_error_message=_("This target is being proposed already."),
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", approval__isnull=False)
                | (~Q(state="agreed") & Q(approval__isnull=True)),
                name="target_agreed_in_approval",
                violation_error_message=_("An agreed target names its approval."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remark=""),
                name="target_returned_with_remark",
                violation_error_message=_("A proposal that comes back says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.indicator} {self.round}"
