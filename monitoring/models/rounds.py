import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Status
from pip_network.models.archiving import not_archived


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, with what has become of their submissions."""

    def with_progress(self, day: dt.date) -> "RoundQuerySet":
        """How many submissions of each round are where, as of a day.

        `being_entered`, `in_review`, `approved` (under amendment too); `late`: not handed in although due;
        `handed_in_late`: that is measured. Without those of archived projects.
        """
        of = "submissions__"
        of_current = not_archived(f"{of}project__")
        open_states = Q(**{f"{of}status__in": [Status.DRAFT, Status.RETURNED]})
        first, amended = Q(**{f"{of}revision": 1}), Q(**{f"{of}revision__gt": 1})
        submitted, approved = (
            Q(**{f"{of}status": Status.SUBMITTED}),
            Q(**{f"{of}status": Status.APPROVED}),
        )
        return self.annotate(
            being_entered=Count("submissions", filter=of_current & open_states & first),
            in_review=Count("submissions", filter=of_current & submitted & first),
            approved=Count("submissions", filter=of_current & (approved | amended)),
            late=Count(
                "submissions",
                filter=of_current & open_states & first & Q(**{f"{of}due_on__lt": day}),
            ),
            handed_in_late=Count(
                "submissions",
                filter=of_current & Q(**{f"{of}first_submitted_at__date__gt": F(f"{of}due_on")}),
            ),
        )


class Round(models.Model):
    """A semester, network-wide.

    Due 30 days after 30 June and 31 December unless the administration sets another day.
    """

    code = models.CharField(_("code"), max_length=7, primary_key=True)
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("semester"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    opens_on = models.DateField(_("entry opens on"))
    due_on = models.DateField(_("due on"))

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "half"],
                name="round_once",
                violation_error_message=_("There is a round of this semester already."),
            ),
            models.CheckConstraint(
                condition=models.Q(half__in=[1, 2]),
                name="round_half_known",
                violation_error_message=_("A year has two semesters: 1 and 2."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of(cls, year: int, half: int) -> "Round":
        """An unsaved round with its ordinary dates."""
        starts, ends = (
            (dt.date(year, 1, 1), dt.date(year, 6, 30))
            if half == 1
            else (dt.date(year, 7, 1), dt.date(year, 12, 31))
        )
        return cls(
            code=f"{year}-S{half}",
            year=year,
            half=half,
            starts_on=starts,
            ends_on=ends,
            opens_on=starts,
            due_on=ends + dt.timedelta(days=30),
        )
