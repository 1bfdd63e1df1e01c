"""What an approved submission leaves: measurements and observations, append-only and versioned.

Database triggers (monitoring/record/guards/) refuse the rest.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Kind, Level, MembershipState, Missing, Source
from projects.models import Firm, Network, Project

from .approvals import RecordQuerySet, Versioned
from .catalogue import CatalogueVersion, Variable
from .rounds import Round
from .subjects import subject_matches_keys


class Subjected(Versioned):
    """A versioned row about one subject of one project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=8, choices=Level)
    subject = models.CharField(max_length=40)
    firm = models.ForeignKey(
        Firm, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+", db_index=False)
    catalogue = models.ForeignKey(
        CatalogueVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class Measurement(Subjected):
    """One approved cell: a value or the reason why there is none. 0 is a value."""

    variable = models.ForeignKey(
        Variable, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    variable_code = models.CharField(max_length=40)
    period = models.CharField(max_length=7, help_text=_("2005 or 2005-S2"))
    value = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    missing = models.CharField(max_length=16, choices=Missing, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    currency = models.CharField(max_length=3, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "subject", "variable_code", "round"],
                condition=Q(superseded_in__isnull=True, kind="regular"),
                name="measurement_live_regular",
                violation_error_message=_("The record holds this already."),
            ),
            models.UniqueConstraint(
                fields=["project", "subject", "variable_code"],
                condition=Q(superseded_in__isnull=True, kind="baseline"),
                name="measurement_live_baseline",
                violation_error_message=_("The record holds this already."),
            ),
            models.CheckConstraint(
                condition=subject_matches_keys(),
                name="measurement_subject_matches",
                violation_error_message=_("A value belongs to one firm, network or project."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="")
                | (Q(value__isnull=True) & ~Q(missing="")),
                name="measurement_value_or_reason",
                violation_error_message=_("A cell has a value or a reason why there is none."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_in__isnull=True) | Q(superseded_in__gt=F("approved_in")),
                name="measurement_superseded_later",
                violation_error_message=_(
                    "A row of the record is replaced only by a later approval."
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["variable_code", "round", "project"], name="measurement_by_variable"
            ),
            models.Index(fields=["approved_in"], name="measurement_approved"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.variable_code} {self.period}"


class Observation(Subjected):
    """What approval froze of one subject: all that grouping, money and panels need."""

    membership = models.CharField(max_length=8, choices=MembershipState)
    country = models.CharField(
        max_length=8, help_text=_("ISO code, or regional for a project in several countries")
    )
    sector = models.CharField(max_length=8)
    size = models.CharField(max_length=8)
    owner_sex = models.CharField(max_length=8)
    currency = models.CharField(max_length=3)
    constituted_on = models.DateField(null=True)
    joined_on = models.DateField(null=True)
    captured_on = models.DateField(null=True)
    reconstructed = models.BooleanField(default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "subject", "round"],
                condition=Q(superseded_in__isnull=True, kind="regular"),
                name="observation_live_regular",
                violation_error_message=_("The record holds this already."),
            ),
            models.UniqueConstraint(
                fields=["project", "subject"],
                condition=Q(superseded_in__isnull=True, kind="baseline"),
                name="observation_live_baseline",
                violation_error_message=_("The record holds this already."),
            ),
            models.CheckConstraint(
                condition=subject_matches_keys(),
                name="observation_subject_matches",
                violation_error_message=_("A value belongs to one firm, network or project."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_in__isnull=True) | Q(superseded_in__gt=F("approved_in")),
                name="observation_superseded_later",
                violation_error_message=_(
                    "A row of the record is replaced only by a later approval."
                ),
            ),
        ]
        # "Does an approved round know it?" is asked of one firm or network at a time
        # (monitoring/record/freezing.py).
        indexes: ClassVar = [
            models.Index(fields=["approved_in"], name="observation_approved"),
            models.Index(
                fields=["firm"], name="observation_of_firm", condition=Q(firm__isnull=False)
            ),
            models.Index(
                fields=["network"],
                name="observation_of_network",
                condition=Q(network__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.round_id} {self.kind}"


class ObservationNetwork(models.Model):
    """A network of an observed subject; the first joined is position 1.

    Belongs to its observation's version.
    """

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="networks")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", db_index=False)
    typology = models.CharField(max_length=24)
    constituted_on = models.DateField()
    joined_on = models.DateField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["observation", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["observation", "position"],
                name="observation_network_position_once",
                violation_error_message=_("A unit has one network at each position."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.network_id}"
