"""Reminders of due days: by the timetable at each step once, and by hand."""

import datetime as dt
import logging
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.calendar.rounds import codes_of
from monitoring.choices import Step
from monitoring.models import Reminder, Round, Submission
from monitoring.submission.moves import append_event, locked
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.days import day_in, days_after
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.text import require_no_null, require_seen
from projects.models import Project

from . import letters
from .steps import EARLIEST, LATEST, step_of

log = logging.getLogger(__name__)

LONGEST = 1000  # characters of a sentence sent with a reminder


class Awaited(NamedTuple):
    """A round that a project has not handed in: opened or not."""

    project: Project
    round: Round
    submission: Submission | None

    @property
    def due_by(self) -> dt.date:
        return self.submission.due_by if self.submission else self.round.due_on

    def step(self, at: dt.datetime) -> int | None:
        return step_of(days_after(self.due_by, at, self.project.time_zone))


def sweep(*, at: dt.datetime) -> int:
    """Write the reminders of this day that were not written; says how many letters. One that fails
    does not keep the others.
    """
    awaited = awaited_rounds(at)
    told = _told(awaited)
    written = 0
    for each in awaited:
        try:
            if not _is_told(each, told, at):
                written += _remind(each, at)
        except Exception:
            log.exception("no reminder of %s to %s", each.round.pk, each.project.pk)
    return written


def awaited_rounds(at: dt.datetime) -> list[Awaited]:
    """Of projects that stand: rounds that are open for entry, near their due day or past it, and
    not handed in.
    """
    day = at.date()
    extended = Submission.objects.filter(extended_to__gte=day - LATEST)
    near = Round.objects.filter(due_on__range=(day - LATEST, day + EARLIEST))
    rounds = {
        row.pk: row for row in near | Round.objects.filter(pk__in=extended.values("round_id"))
    }
    if not rounds:
        return []
    projects = Project.objects.current().of_programme().order_by("code")
    submissions = {
        (row.project_id, row.round_id): row
        for row in Submission.objects.filter(round__in=rounds).select_related("project", "round")
    }
    found = []
    for project in projects:
        for code in sorted(rounds.keys() & set(codes_of(project))):
            awaited = Awaited(project, rounds[code], submissions.get((project.pk, code)))
            if _is_awaited(awaited, at):
                found.append(awaited)
    return found


def _is_awaited(awaited: Awaited, at: dt.datetime) -> bool:
    if awaited.submission is not None:
        return awaited.submission.never_handed_in
    return awaited.project.day(at) >= awaited.round.opens_on


def _told(awaited: list[Awaited]) -> set[tuple[str, str, dt.date, int]]:
    """What was written of these rounds."""
    if not awaited:
        return set()
    rows = Reminder.objects.filter(round__in={each.round.pk for each in awaited})
    return set(rows.values_list("project_id", "round_id", "due_by", "step"))


def _is_told(awaited: Awaited, told: set[tuple[str, str, dt.date, int]], at: dt.datetime) -> bool:
    """Is there nothing to say today, or is it said?"""
    step = awaited.step(at)
    place = (awaited.project.pk, awaited.round.pk, awaited.due_by)
    return step is None or (*place, step) in told


@transaction.atomic
def _remind(awaited: Awaited, at: dt.datetime) -> int:
    """The step is kept with its letters, or neither is; of two workers the first writes them."""
    project, round = awaited.project, awaited.round
    submission = Submission.objects.filter(project=project, round=round).first()
    now = Awaited(project, round, submission and locked(submission.pk))
    step = now.step(at)
    if step is None or not _is_awaited(now, at):
        return 0  # it was handed in, or extended, meanwhile
    place = {"project": project, "round": round, "due_by": now.due_by, "step": step}
    _row, is_new = Reminder.objects.get_or_create(**place, defaults={"written_at": at})
    if not is_new:
        return 0
    return letters.by_timetable(*now, due_by=now.due_by, step=step, at=at)


@transaction.atomic
def remind(submission_id: int, *, sentence: str, by: User, at: dt.datetime) -> int:
    """A specialist's own reminder, with a sentence of hers; returns to how many it was written.

    Raises Invalid (place: sentence) when it says nothing, Conflict when nothing is waited for, when
    one was sent today, or when nobody would get it; Forbidden.
    """
    at = at.replace(microsecond=0)
    submission = locked(submission_id)
    require(by, Permission.REVIEW, {f"P:{submission.project_id}"})
    if not submission.is_open:
        raise Conflict(
            _("This submission is now “%(status)s”: its project is not waited for.")
            % {"status": submission.get_status_display()}
        )
    _require_none_today(submission, at)
    sentence = _checked(sentence)
    append_event(submission, "reminded", by=by, at=at, note=sentence)
    event = submission.events.order_by("-pk")[0]
    written = letters.by_hand(submission, event, at=at)
    if not written:
        raise Conflict(
            _(
                "Nobody would get it: the project has no director with an open account, or its "
                "people have stopped letters about due days. Write to them yourself."
            )
        )
    return written


def _require_none_today(submission: Submission, at: dt.datetime) -> None:
    last = submission.events.filter(verb=Step.REMINDED).order_by("-pk").first()
    if last is not None and day_in(submission.zone, last.at) == day_in(submission.zone, at):
        raise Conflict(_("A reminder went out today already: another one may go tomorrow."))


def _checked(sentence: str) -> str:
    sentence = sentence.strip()
    require_no_null(sentence, "sentence")
    if len(sentence) > LONGEST:
        raise Invalid(_("At most %(count)s characters.") % {"count": LONGEST}, place="sentence")
    if not sentence:
        raise Invalid(_("Write a sentence to whom you remind."), place="sentence")
    require_seen(sentence, "sentence")
    return sentence
