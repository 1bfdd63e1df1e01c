"""What is mailed at the steps of a submission, to each by name and in her language."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Max
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from monitoring.models import Approval, Submission, SubmissionEvent
from monitoring.submission.remark_lines import RemarkLine, open_lines
from monitoring.submission.workflow import scopes
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.models import User
from pip_network.people.access import Role
from pip_network.people.holders import holders_of
from pip_network.web.days import day_in
from projects.models import Network


class Remarked(NamedTuple):
    """A remark as a letter lists it. A firm is its code: a letter is kept when its name is gone."""

    where: str
    text: str
    url: str


def submitted(submission: Submission, *, at: dt.datetime) -> None:
    """To the project's specialists."""
    people = holders_of(scopes(submission), Role.SPECIALIST, at=at)
    address = reverse("review-submission", args=[submission.project_id, submission.round_id])
    _send(MailKind.SUBMITTED, people, submission, at, address=address)


def returned(submission: Submission, *, reason: str, note: str, at: dt.datetime) -> None:
    """To the present directors, and to the coordinators of the cells that have remarks: each with
    the open remarks that she sees.
    """
    coordinators = [
        person
        for person in coordinators_of(submission.project_id, at)
        if _remarks(person, submission)
    ]
    people = {person.pk: person for person in directors_of(submission.project_id, at)}
    people |= {person.pk: person for person in coordinators if person.pk not in people}
    for person in people.values():
        _send(
            MailKind.RETURNED,
            [person],
            submission,
            at,
            address=submission.get_absolute_url(),
            reason=partial(submission.get_return_reason_display),
            note=note,
            remarks=partial(_remarks, person, submission),
        )


def approved(submission: Submission, approval: Approval, *, at: dt.datetime) -> None:
    """To directors and specialists: what was approved, with its number and hash, which they may
    keep and compare.
    """
    people = holders_of(scopes(submission), Role.DIRECTOR, Role.SPECIALIST, at=at)
    address = submission.get_absolute_url()
    facts = {"number": approval.number, "hash": approval.hash}
    _send(MailKind.APPROVED, people, submission, at, address=address, **facts)


def _remarks(person: User, submission: Submission) -> list[Remarked]:
    lines = open_lines(person, [submission])[submission.pk]
    return [Remarked(_where(line), line.remark.text, iri_to_uri(line.url)) for line in lines]


def _where(line: RemarkLine) -> str:
    subject = line.remark.subject
    unit = subject[2:] if subject.startswith("F:") else str(line.where)
    return f"{unit}, {line.what}" if line.what else unit


def directors_of(project: str, at: dt.datetime) -> list[User]:
    """Those of that day who may sign in."""
    return holders_of({f"P:{project}"}, Role.DIRECTOR, at=at)


def coordinators_of(project: str, at: dt.datetime) -> list[User]:
    """Of the project or of one of its networks."""
    networks = Network.objects.standing().filter(project=project)
    scopes = {f"P:{project}", *(f"N:{network.code}" for network in networks)}
    return holders_of(scopes, Role.COORDINATOR, at=at)


def _send(
    kind: MailKind, people: Iterable[User], submission: Submission, at: dt.datetime, **facts: Any
) -> None:
    """One step is told to each once; the template has the name of the kind."""
    step = SubmissionEvent.objects.filter(submission=submission).aggregate(last=Max("pk"))["last"]
    for person in people:
        letters.write(
            kind.value,
            to=person.email,
            language=person.language,
            kind=kind,
            at=at,
            letter_key=f"step:{step}:{person.pk}",
            name=person.name,
            title=submission.project.name,
            project=submission.project_id,
            round=submission.round_id,
            revision=submission.revision,
            due_on=submission.due_on,
            day=day_in(submission.zone, at),
            **facts,
        )
