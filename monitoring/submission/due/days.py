"""Due days for the calendar of a person outside the portal."""

import datetime as dt
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.calendar.rounds import codes_of
from monitoring.models import Round, Submission
from pip_network.files.calendars import Day
from pip_network.models import User
from pip_network.people.access import Permission
from projects.models import Network, Project

BACK = dt.timedelta(days=366)  # days that are past stand so long


def due_days(person: User, at: dt.datetime) -> list[Day]:
    """Of the rounds of the projects that she fills or reviews, opened or not: the days by which
    they are asked for.
    """
    projects = _projects(person)
    if not projects:
        return []
    rounds = {row.pk: row for row in Round.objects.filter(due_on__gte=at.date() - BACK)}
    submissions = {
        (row.project_id, row.round_id): row
        for row in Submission.objects.filter(project__in=projects, round__in=rounds)
    }
    return [
        _day(project, rounds[code], submissions.get((project.pk, code)))
        for project in projects
        for code in codes_of(project)
        if code in rounds
    ]


def _projects(person: User) -> list[Project]:
    standing = Project.objects.current().of_programme()
    networks = Network.objects.where(person, Permission.ENTER_NETWORK).current()
    sets = (
        standing.where(person, Permission.ENTER_PROJECT),
        standing.where(person, Permission.REVIEW),
        standing.filter(pk__in=networks.values("project_id")),
    )
    return sorted({row.pk: row for row in chain(*sets)}.values(), key=lambda row: row.pk)


def _day(project: Project, round: Round, submission: Submission | None) -> Day:
    dated = submission or round
    opening = dt.datetime.combine(round.opens_on, dt.time(), dt.UTC)
    return Day(
        key=f"due-{project.pk}-{round.pk}",
        on=submission.due_by if submission else round.due_on,
        title=_("%(project)s: round %(round)s is due") % {"project": project.pk, "round": round.pk},
        text=project.name,
        url=f"{settings.PUBLIC_URL}{reverse('monitoring')}",
        sequence=dated.due_changes,
        changed_at=dated.due_changed_at or opening,
    )
