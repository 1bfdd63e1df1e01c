"""What the start page of monitoring shows: the next steps of this person, and her projects by
round.
"""

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Count
from django.urls import reverse

from monitoring.calendar import lateness
from monitoring.calendar.rounds import codes_of
from monitoring.choices import Status
from monitoring.entry.views.progress import first_blank
from monitoring.models import Entry, Round, Submission
from monitoring.sheet.addresses import cell_address
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Counts, Sheet
from monitoring.submission.remark_lines import RemarkLine, open_lines
from pip_network.models import User
from pip_network.people.access import Permission as P
from pip_network.people.access import can
from projects.models import Network, Project

COUNTED = (
    1  # the most urgent open submission is counted cell by cell; more would make the page slow
)


class Task(NamedTuple):
    """An open submission that this person fills, or one that she reviews."""

    submission: Submission
    kind: str  # fill, review
    days_late: int  # negative: days left
    lateness: str  # in words, of what was handed in or is late
    counts: Counts | None
    entered: int
    remarks: list[RemarkLine]
    network: str | None
    amendment: bool
    begin: str = ""  # where filling begins: the first empty cell of a sheet

    @property
    def days_left(self) -> int:
        return -self.days_late

    @property
    def answered(self) -> int:
        return sum(line.answered for line in self.remarks)

    @property
    def url(self) -> str:
        """Where the next step is taken: the review, her network's sheet, or the submission."""
        place = (self.submission.project_id, self.submission.round_id)
        if self.kind == "review":
            return reverse("review-submission", args=place)
        if self.network:
            return reverse("sheet", args=(*place, self.network))
        return self.submission.get_absolute_url()

    @property
    def is_ready(self) -> bool:
        """Can it be submitted by this person, as it stands?"""
        return self.counts is not None and self.counts.is_ready and not self.network

    @property
    def step_url(self) -> str:
        """Where its button leads: the first remark to answer, else where filling begins."""
        if self.kind == "review":
            return self.url
        unanswered = [line.url for line in self.remarks if not line.answered]
        if unanswered and self.submission.status == Status.RETURNED:
            return unanswered[0]
        return self.url if self.is_ready else self.begin or self.url


def tasks_for(user: User, now: dt.datetime) -> list[Task]:
    """Returned ones first, then by due day; submissions that wait for her review last."""
    waiting = [Status.DRAFT, Status.RETURNED, Status.SUBMITTED]
    submissions = list(
        Submission.objects.visible_to(user)
        .current()
        .filter(status__in=waiting)
        .select_related("project", "round")
        .order_by("due_on", "project", "round")
    )
    networks = _networks_by_project(user)
    fills = [
        submission
        for submission in submissions
        if submission.is_open
        and (_may(user, P.ENTER_PROJECT, submission) or submission.project_id in networks)
    ]
    reviews = [
        submission
        for submission in submissions
        if submission.status == Status.SUBMITTED and _may(user, P.REVIEW, submission)
    ]
    fills.sort(key=lambda submission: (submission.status != Status.RETURNED, _place(submission)))
    remarks = open_lines(user, [*fills, *reviews])
    entered = _entered(fills)
    tasks = []
    for position, submission in enumerate(fills):
        own = networks.get(submission.project_id, [])
        network = None if _may(user, P.ENTER_PROJECT, submission) else own[0]
        task = _task(submission, "fill", now, remarks)
        sheet = None
        if position < COUNTED:
            network, sheet = (
                _to_fill(submission, own) if network else (None, load_sheet(submission))
            )
        tasks.append(
            task._replace(
                counts=sheet.counts if sheet else None,
                entered=entered[submission.pk],
                network=network,
                begin=_begin(submission, sheet, own),
            )
        )
    return tasks + [_task(submission, "review", now, remarks) for submission in reviews]


def _to_fill(submission: Submission, networks: list[str]) -> tuple[str, Sheet]:
    """Of a coordinator's networks the first with something left to do; when all are done, the last
    one.
    """
    for network in networks:
        sheet = load_sheet(submission, network=network)
        if not sheet.counts.is_ready:
            break
    return network, sheet


def _task(
    submission: Submission, kind: str, now: dt.datetime, remarks: dict[int, list[RemarkLine]]
) -> Task:
    return Task(
        submission,
        kind,
        days_late=submission.days_late(now),
        lateness=lateness.mark(submission, now),
        counts=None,
        entered=0,
        remarks=remarks[submission.pk],
        network=None,
        amendment=submission.revision > 1,
    )


def _place(submission: Submission) -> tuple[dt.date, str, str]:
    return submission.due_on, submission.project_id, submission.round_id


def _may(user: User, permission: P, submission: Submission) -> bool:
    return can(user, permission, {f"P:{submission.project_id}"})


def _networks_by_project(user: User) -> dict[str, list[str]]:
    """Networks that this person fills by a role on the network itself or on its project."""
    networks: dict[str, list[str]] = {}
    for project, code in (
        Network.objects.where(user, P.ENTER_NETWORK)
        .current()
        .order_by("project_id", "code")
        .values_list("project_id", "code")
    ):
        networks.setdefault(project, []).append(code)
    return networks


def _entered(submissions: list[Submission]) -> Counter[int]:
    rows = Entry.objects.filter(submission__in=submissions, source="entered")
    return Counter(dict(rows.order_by().values_list("submission").annotate(n=Count("id"))))


def _begin(submission: Submission, sheet: Sheet | None, networks: list[str]) -> str:
    """The first empty cell of the sheets of `networks`; where they were not read, or are full, the
    first of these sheets opens at what is next in it.
    """
    blank = first_blank(sheet.cells) if sheet else None
    if sheet and blank:
        unit = sheet.roster.by_subject[blank.subject]
        own = [place.code for place in unit.networks if place.code in networks]
        return cell_address(submission, blank, own)
    if not networks:
        return ""
    place = (submission.project_id, submission.round_id, networks[0])
    return f"{reverse('sheet', args=place)}?next#grid"


def matrix_for(user: User) -> dict[str, Any]:
    """Projects down, rounds across, newest first; a cell is the submission or None."""
    projects = Project.objects.with_monitoring(user).current().order_by("code")
    by_place: dict[tuple[str, str], Submission] = {}
    for submission in (
        Submission.objects.visible_to(user)
        .current()
        .select_related("project", "round")
        .order_by("project", "round")
    ):
        by_place[submission.project_id, submission.round_id] = submission
    rounds = sorted({round_code for _project, round_code in by_place}, reverse=True)
    rows = []
    for project in projects:
        rows.append(
            {
                "project": project,
                "cells": [(code, by_place.get((project.code, code))) for code in rounds],
            }
        )
    return {"rounds": rounds, "rows": rows}


class Opening(NamedTuple):
    """A semester of a project that may be opened today."""

    project: Project
    round: Round


def openings_for(user: User, now: dt.datetime) -> list[Opening]:
    """The latest semester of each of her projects, where entry may begin and nobody has opened it
    yet.
    """
    projects = list(
        Project.objects.where(user, P.ENTER_PROJECT).current().of_programme().order_by("code")
    )
    opened = set(
        Submission.objects.filter(project__in=projects).values_list("project_id", "round_id")
    )
    last = max((project.day(now) for project in projects), default=now.date())
    rounds = list(Round.objects.filter(opens_on__lte=last).order_by("-code")[:2])
    openings = []
    for project in projects:
        begun = (round for round in rounds if round.opens_on <= project.day(now))
        latest = next(begun, None)
        if (
            latest is not None
            and (project.code, latest.code) not in opened
            and latest.code in codes_of(project)
        ):
            openings.append(Opening(project, latest))
    return openings
