"""The lock of a submission and the one door through which its status changes."""

import datetime as dt

from django.db.models import Subquery

from monitoring.models import Submission, SubmissionEvent
from monitoring.submission.workflow import BY_NAME
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Process, person_of
from pip_network.web.locks import for_update
from projects.models import Project


def locked(submission_id: int | Subquery) -> Submission:
    """The submission under its lock, read afterwards; by its number, or a subquery that says it.

    Inside a transaction; raises Submission.DoesNotExist.
    """
    return for_update(Submission.objects.select_related("project", "round")).get(pk=submission_id)


def locked_for_step(submission_id: int) -> Submission:
    """As `locked`, with its project as it stands now, by whose calendar steps are taken: read along
    with a lock that was waited for, it is as it was before the wait.
    """
    submission = locked(submission_id)
    submission.project = Project.objects.get(pk=submission.project_id)
    return submission


def move(
    submission: Submission,
    name: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    note: str = "",
    of_revision: int | None = None,
    **fields,
) -> None:
    """Take the step `name` (already required): status and `fields`, an event and an audit row.

    `of_revision`: what the event is about, where the step leads back to another revision.
    """
    submission.status = BY_NAME[name].target
    for field, value in fields.items():
        setattr(submission, field, value)
    submission.save(update_fields=["status", *fields])
    append_event(
        submission, PAST[name], by=by, at=at, reason=reason, note=note, of_revision=of_revision
    )


def append_event(
    submission: Submission,
    verb: str,
    *,
    by: User | Process,
    at: dt.datetime,
    reason: str = "",
    note: str = "",
    of_revision: int | None = None,
    **details,
) -> None:
    """Append an event of the submission's life and its audit row."""
    revision = of_revision or submission.revision
    SubmissionEvent.objects.create(
        submission=submission,
        revision=revision,
        verb=verb,
        at=at,
        by=person_of(by),
        reason=reason,
        note=note,
    )
    audit.record(
        verb=f"submission.{verb}",
        on=submission.key,
        by=by,
        at=at,
        revision=revision,
        **details,
    )


PAST = {
    "submit": "submitted",
    "withdraw": "withdrawn",
    "begin": "begun",
    "return": "returned",
    "approve": "approved",
    "amend": "amended",
    "discard": "discarded",
}
