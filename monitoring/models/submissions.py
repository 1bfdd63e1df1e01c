"""Working tables: they hold what is being entered. What is approved is in record.py."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Door, Kind, Level, Missing, ReturnReason, Source, Status, Step
from pip_network.people import access
from pip_network.people.access import Permission
from projects.models import Firm, Network, Project

from .catalogue import CatalogueVersion, Variable
from .rounds import Round

PEOPLE = {
    "to": settings.AUTH_USER_MODEL,
    "on_delete": models.PROTECT,
    "null": True,
    "blank": True,
    "related_name": "+",
}


def subject_matches_keys() -> Q:
    """The one text key of a subject agrees with its foreign key, and only one foreign key is set."""
    return (
        Q(
            level="firm",
            subject=Concat(Value("F:"), F("firm_id")),
            firm__isnull=False,
            network__isnull=True,
        )
        | Q(
            level="network",
            subject=Concat(Value("N:"), F("network_id")),
            network__isnull=False,
            firm__isnull=True,
        )
        | Q(
            level="project",
            subject=Concat(Value("P:"), F("project_id")),
            firm__isnull=True,
            network__isnull=True,
        )
    )


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user) -> "SubmissionQuerySet":
        if access.scopes_with(user, Permission.VIEW_MONITORING) is None:
            return self
        return self.filter(project__in=Project.objects.with_monitoring(user))

    def awaiting_review(self) -> "SubmissionQuerySet":
        return self.filter(status=Status.SUBMITTED)

    def late(self, day) -> "SubmissionQuerySet":
        """Not yet in the reviewer's hands after the due day."""
        return self.filter(status__in=[Status.DRAFT, Status.RETURNED], due_on__lt=day, revision=1)


class Submission(models.Model):
    """What one project delivers for one round. An amendment opens its next revision."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="submissions"
    )
    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="submissions"
    )
    catalogue = models.ForeignKey(
        CatalogueVersion, verbose_name=_("catalogue"), on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    is_milestone = models.BooleanField(_("milestone round"), default=False)
    due_on = models.DateField(_("due on"))
    opened_at = models.DateTimeField(_("opened on"))
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    submitted_by = models.ForeignKey(verbose_name=_("submitted by"), **PEOPLE)
    first_submitted_at = models.DateTimeField(_("first submitted on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(verbose_name=_("decided by"), **PEOPLE)
    return_reason = models.CharField(
        _("reason of the return"), max_length=20, choices=ReturnReason, blank=True
    )
    amendment_reason = models.TextField(_("reason of the amendment"), blank=True)
    edits = models.PositiveIntegerField(
        _("edits"), default=0, help_text=_("Counts cell changes: a stamp of the whole submission.")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering: ClassVar = ["project", "round"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "round"], name="submission_once"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="submission_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "returned"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submission_has_author",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="submission_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(amendment_reason=""),
                name="submission_amended_for_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.round_id}"

    def get_absolute_url(self) -> str:
        return reverse("submission", args=[self.project_id, self.round_id])

    @property
    def label(self) -> str:
        """How pages name it: the project's name and the round."""
        return f"{self.project.name}, {self.round_id}"

    @property
    def key(self) -> str:
        return f"P:{self.project_id}/{self.round_id}"

    @property
    def is_open(self) -> bool:
        return self.status in (Status.DRAFT, Status.RETURNED)


class SubmissionEvent(models.Model):
    """One step of a submission's life: opened, submitted, returned, approved, amended.

    Append-only.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    revision = models.PositiveSmallIntegerField(_("revision"))
    verb = models.CharField(_("step"), max_length=12)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(verbose_name=_("by"), **PEOPLE)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.submission} {self.verb}"

    @property
    def label(self) -> str:
        return Step(self.verb).label


class Cell(models.Model):
    """What names a cell of a submission."""

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

    class Meta:
        abstract = True


class Entry(Cell):
    """The working value of one cell while its submission is open. Blank cells have no row."""

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
    changed_by = models.ForeignKey(**PEOPLE)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering: ClassVar = ["submission", "subject", "kind", "variable"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "subject", "kind", "variable"], name="entry_once"
            ),
            models.CheckConstraint(condition=subject_matches_keys(), name="entry_subject_matches"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="")
                | (Q(value__isnull=True) & ~Q(missing="")),
                name="entry_value_or_reason",
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
    by = models.ForeignKey(**PEOPLE)
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


class Remark(models.Model):
    """A remark on a cell (or on the whole submission when no variable is named), and its answers."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="remarks")
    revision = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REGULAR)
    variable_code = models.CharField(max_length=40, blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(**PEOPLE)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="remark_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.subject} {self.variable_code}"
