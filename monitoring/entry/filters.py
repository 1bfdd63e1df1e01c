"""What the queue of the reviewers is narrowed by."""

import django_filters as df
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.models import Submission, SubmissionQuerySet
from pip_network.people.access import Permission
from pip_network.web.filters import choice
from projects.models import Project

WHOSE = (("mine", _("Of my projects")), ("others", _("Of others")))
TIMES = (("late", _("Late")), ("in_time", _("In time")))
WARNINGS = (("with", _("With explained warnings")), ("without", _("Without warnings")))


class QueueFilter(df.FilterSet):
    """Its rows say who reads (`request`): "my projects" are those that she reviews."""

    whose = choice(_("Projects"), WHOSE, _("All"), method="of_whom")
    time = choice(_("Punctuality"), TIMES, _("Any"), method="by_time")
    warnings = choice(_("Warnings"), WARNINGS, _("Any"), method="by_warnings")

    class Meta:
        model = Submission
        fields: tuple[str, ...] = ()

    def of_whom(self, submissions: QuerySet, _name: str, whose: str) -> QuerySet:
        own = Project.objects.where(self.request.user, Permission.REVIEW).values("pk")
        mine = {"project__in": own}
        return submissions.filter(**mine) if whose == "mine" else submissions.exclude(**mine)

    def by_time(self, submissions: SubmissionQuerySet, _name: str, time: str) -> QuerySet:
        late = submissions.beyond_due_day(timezone.now())
        if time == "late":
            return submissions.filter(pk__in=late)
        return submissions.exclude(pk__in=late)

    def by_warnings(self, submissions: QuerySet, _name: str, warnings: str) -> QuerySet:
        none = {"warnings_explained": 0}
        return submissions.exclude(**none) if warnings == "with" else submissions.filter(**none)
