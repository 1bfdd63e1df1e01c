"""What is mailed of a due day."""

import datetime as dt
from collections.abc import Iterable

from monitoring.models import Round, Submission, SubmissionEvent
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.web.days import days_after
from projects.models import Project

from .readers import Told, readers


def by_timetable(
    project: Project,
    round: Round,
    submission: Submission | None,
    *,
    due_by: dt.date,
    step: int,
    at: dt.datetime,
) -> int:
    """The letters of one step; returns how many were written."""
    key = f"due:{project.pk}:{round.pk}:{due_by.isoformat()}:{step}"
    told = readers(project, round, submission, at)
    return _write(told, project, round, due_by=due_by, at=at, key=key)


def by_hand(submission: Submission, event: SubmissionEvent, *, at: dt.datetime) -> int:
    """With the sentence of who sends it; returns how many were written."""
    told = readers(submission.project, submission.round, submission, at)
    return _write(
        told,
        submission.project,
        submission.round,
        due_by=submission.due_by,
        at=at,
        key=f"step:{event.pk}",
        sentence=event.note,
        sender=event.by,
    )


def extended(submission: Submission, event: SubmissionEvent, *, at: dt.datetime) -> int:
    """To the same readers: until when, and why."""
    told = readers(submission.project, submission.round, submission, at)
    return _write(
        told,
        submission.project,
        submission.round,
        due_by=submission.due_by,
        at=at,
        key=f"step:{event.pk}",
        template="extended",
        reason=event.note,
        first_due=submission.due_on,
    )


def _write(
    told: Iterable[Told],
    project: Project,
    round: Round,
    *,
    due_by: dt.date,
    at: dt.datetime,
    key: str,
    template: str = "due",
    **facts: object,
) -> int:
    zone = project.time_zone
    written = 0
    for person, address, counts in told:
        mail = letters.write(
            template,
            to=person.email,
            language=person.language,
            kind=MailKind.DUE,
            at=at,
            letter_key=f"{key}:{person.pk}",
            name=person.name,
            title=project.name,
            project=project.pk,
            round=round.pk,
            due_by=due_by,
            days=days_after(due_by, at, zone),
            counts=counts,
            address=address,
            **facts,
        )
        written += mail is not None
    return written
