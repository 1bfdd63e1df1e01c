"""A submission and the steps of its life. What it holds is in entries.py, what of it is approved in
record.py.
"""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monitoring.choices import ReturnReason, Source, Status, Step
from pip_network.models.archiving import CurrentRows
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.days import days_after
from pip_network.web.signed_in import Reader
from projects.models import Project

from .catalogue import CatalogueVersion
from .people import optional_person
from .rounds import Round

# An amendment opens its next revision while the approved one stays in force.
APPROVED = Q(status=Status.APPROVED) | Q(revision__gt=1)


class SubmissionQuerySet(CurrentRows, models.QuerySet["Submission"]):
    """Submissions, by who may see them and what they wait for."""

    archived_with = ("project__",)

    def current(self) -> Self:
        """Those that the portal shows: neither of an archived project, nor opened and left empty
        for a round that its project's calendar does not hold any more.
        """
        in_calendar = Q(
            round__starts_on__lte=F("project__ends_on"), round__ends_on__gte=F("project__starts_on")
        )
        entered = self.model.objects.filter(pk=OuterRef("pk"), entries__source=Source.ENTERED)
        holds_something = Q(first_submitted_at__isnull=False) | APPROVED | Exists(entered)
        return super().current().filter(in_calendar | holds_something)

    def visible_to(self, user: Reader) -> "SubmissionQuerySet":
        """Those of the projects whose monitoring this person may see."""
        if access.scopes_with(user, Permission.VIEW_MONITORING) is None:
            return self
        return self.filter(project__in=Project.objects.with_monitoring(user))

    def approved(self) -> "SubmissionQuerySet":
        """Those whose round stands in the record, under amendment or not."""
        return self.filter(APPROVED)

    def awaiting_review(self) -> "SubmissionQuerySet":
        return self.filter(status=Status.SUBMITTED)

    def late(self, at: dt.datetime) -> "SubmissionQuerySet":
        """Never handed in although the due day is over, each by its own calendar."""
        waiting = self.filter(first_submitted_at__isnull=True).select_related("project")
        return self.filter(pk__in=[row.pk for row in waiting if row.is_late(at)])

    def beyond_due_day(self, at: dt.datetime) -> list[int]:
        """The keys of those handed in after their due day, or late at a moment without being."""
        rows = self.select_related("project")
        return [row.pk for row in rows if row.is_late(at) or row.was_late]


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
    # A later day for this project alone: lateness stays measured by `due_on`.
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    due_changes = models.PositiveSmallIntegerField(default=0, editable=False)  # as of its round
    due_changed_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(_("opened on"))
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    submitted_by = optional_person(_("submitted by"))
    first_submitted_at = models.DateTimeField(_("first submitted on"), null=True, blank=True)
    # Of the project when it was first handed in: what was measured as late, or in time, stays so.
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    review_begun_at = models.DateTimeField(_("review begun on"), null=True, blank=True)
    review_begun_by = optional_person(_("review begun by"))
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = optional_person(_("decided by"))
    return_reason = models.CharField(
        _("reason of the return"), max_length=20, choices=ReturnReason, blank=True
    )
    warnings_explained = models.PositiveIntegerField(default=0)  # when it was last submitted
    amendment_reason = models.TextField(_("reason of the amendment"), blank=True)
    moved_in = models.TextField(
        _("why it was moved in"),
        blank=True,
        help_text=_("Of a past round that was opened afterwards: it is never late."),
    )
    edits = models.PositiveIntegerField(
        _("edits"), default=0, help_text=_("Counts cell changes: a stamp of the whole submission.")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering: ClassVar = ["project", "round"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "round"],
                name="submission_once",
                violation_error_message=_("The project has a submission for this round already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="submission_status_known",
                violation_error_message=_("A submission has one of the known states."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "returned"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submission_has_author",
                violation_error_message=_("What was submitted says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="submission_decided_by_somebody",
                violation_error_message=_("What was decided says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(review_begun_at__isnull=True, review_begun_by__isnull=True)
                | Q(review_begun_at__isnull=False, review_begun_by__isnull=False),
                name="submission_review_begun_by_somebody",
                violation_error_message=_("A review that has begun says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(amendment_reason=""),
                name="submission_amended_for_reason",
                violation_error_message=_("An amendment says why."),
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
        """How the trail names it."""
        return f"P:{self.project_id}/{self.round_id}"

    @property
    def is_approved(self) -> bool:
        """Does its round stand in the record, under amendment or not?"""
        return self.status == Status.APPROVED or self.revision > 1

    @property
    def is_amendment(self) -> bool:
        """Is an approved round being amended?"""
        return self.status != Status.APPROVED and self.revision > 1

    @property
    def is_open(self) -> bool:
        return self.status in (Status.DRAFT, Status.RETURNED)

    @property
    def due_by(self) -> dt.date:
        """The day by which it is asked for now: its due day, or the one it was extended to."""
        return max(self.due_on, self.extended_to or self.due_on)

    @property
    def never_handed_in(self) -> bool:
        """Is it still waited for: open, and neither handed in nor approved before? Nobody waits
        for a past round that a project moves in with.
        """
        waits = self.is_open and self.revision == 1 and self.first_submitted_at is None
        return waits and not self.moved_in

    @property
    def zone(self) -> str:
        """The time zone by whose calendar it is due."""
        return self.time_zone or self.project.time_zone

    def days_late(self, at: dt.datetime) -> int:
        """Days after its due day on which it was first handed in; until then, those that have gone
        by at a moment. 0 on the due day, negative before it.

        All that is said of lateness comes from here.
        """
        return days_after(self.due_on, self.first_submitted_at or at, self.zone)

    def days_left(self, at: dt.datetime) -> int:
        """Until the day by which it is asked for now; its lateness goes by the first due day."""
        return (self.due_by - self.due_on).days - self.days_late(at)

    def is_late(self, at: dt.datetime) -> bool:
        """Has nobody handed it in although its due day is over?"""
        return self.never_handed_in and self.days_late(at) > 0

    @property
    def was_late(self) -> bool:
        """Was it first handed in after its due day?"""
        handed_in = self.first_submitted_at
        return handed_in is not None and not self.moved_in and self.days_late(handed_in) > 0


class SubmissionEvent(models.Model):
    """One step of a submission's life (`Step`). Append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    revision = models.PositiveSmallIntegerField(_("revision"))
    verb = models.CharField(_("step"), max_length=12)
    at = models.DateTimeField(_("when"))
    by = optional_person(_("by"))
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.submission} {self.verb}"

    @property
    def label(self) -> str:
        return str(Step(self.verb).label)
