"""What a submission holds while it is open, and each edit of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Door, Kind, Level, Missing, Source
from projects.models import Firm, Network, Project

from .catalogue import Variable
from .people import optional_person
from .subjects import subject_matches_keys
from .submissions import Submission


class Entry(models.Model):
    """The working value of one cell while its submission is open. Blank cells have no row."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    subject = models.CharField(max_length=40)
    firm = models.ForeignKey(
        Firm, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="entries")
    variable = models.ForeignKey(Variable, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    missing = models.CharField(max_length=16, choices=Missing, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.ENTERED)
    explanation = models.TextField(
        blank=True, help_text=_("Answer to the warnings of this value; cleared when it changes.")
    )
    stamp = models.PositiveIntegerField(
        default=1, help_text=_("Grows with each change: a save names the one it saw.")
    )
    changed_at = models.DateTimeField()
    changed_by = optional_person()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering: ClassVar = ["submission", "subject", "kind", "variable"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "subject", "kind", "variable"],
                name="entry_once",
                violation_error_message=_("This cell has a value already."),
            ),
            models.CheckConstraint(
                condition=subject_matches_keys(),
                name="entry_subject_matches",
                violation_error_message=_("A value belongs to one firm, network or project."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="")
                | (Q(value__isnull=True) & ~Q(missing="")),
                name="entry_value_or_reason",
                violation_error_message=_("A cell has a value or a reason why there is none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.variable_id} {self.value if self.value is not None else self.missing}"


class EntryChange(models.Model):
    """Each edit of a cell, kept after its entry has gone into the record. Append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    variable_code = models.CharField(max_length=40)
    old_value = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    old_missing = models.CharField(max_length=16, blank=True)
    new_value = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    new_missing = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()
    by = optional_person()
    door = models.CharField(max_length=10, choices=Door)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("entry change")
        verbose_name_plural = _("entry changes")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["submission", "subject", "kind", "variable_code"], name="change_of_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.variable_code}"
