import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    # How often another due day was set, and when last: what calendars outside the portal go by.
    due_changes = models.PositiveSmallIntegerField(default=0, editable=False)
    due_changed_at = models.DateTimeField(null=True, editable=False)

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
