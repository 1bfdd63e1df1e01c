"""A project's calendar that moves: which rounds hold it, and what its open submissions are asked.

The registry asks this through `projects/calendars.py`.
"""

from django.db.models import QuerySet

from monitoring.calendar.rounds import last_round, milestone_rounds
from monitoring.choices import Frequency, Kind, Source, Status
from monitoring.models import Entry, Measurement, Submission
from pip_network.web.locks import for_update
from projects.models import Project

MILESTONES = {"variable__frequency": Frequency.MILESTONE, "kind": Kind.REGULAR}


def held_rounds(project: str) -> list[str]:
    """Rounds of a project, in order, that were handed in or approved, or hold what people entered.

    They are held still until the transaction ends.
    """
    submissions = {row.pk: row for row in for_update(Submission.objects.filter(project=project))}
    entered = set(
        _entered().filter(submission__in=submissions).values_list("submission", flat=True)
    )
    return sorted(
        row.round_id
        for row in submissions.values()
        if row.first_submitted_at is not None or row.is_approved or row.pk in entered
    )


def follow(project: Project) -> None:
    """Milestones are asked in the rounds that are now the project's: also where the submission was
    opened before. What waits for its reviewer follows when it is returned or withdrawn.
    """
    rows = Submission.objects.filter(project=project, status__in=[Status.DRAFT, Status.RETURNED])
    for submission in for_update(rows.select_related("project")):
        now = asks_milestones(submission)
        if now != submission.is_milestone:
            submission.is_milestone = now
            submission.save(update_fields=["is_milestone"])


def asks_milestones(submission: Submission) -> bool:
    """By the calendar of its project as it stands; milestones that somebody entered stay asked.

    An amendment asks what its round was asked, and more where the round has since become the last
    one of its project.
    """
    if submission.is_approved:
        now = submission.round_id == last_round(submission.project)
    else:
        now = submission.round_id in milestone_rounds(submission.project)
    if now or not submission.is_milestone:
        return now
    entered = _entered().filter(submission=submission, **MILESTONES)
    return entered.exists() or approved_milestones(submission)


def approved_milestones(submission: Submission) -> bool:
    """Was its round asked milestones when it was approved? Each cell that was asked is a row."""
    rows = Measurement.objects.live().filter(**MILESTONES)
    return rows.filter(project=submission.project_id, round=submission.round_id).exists()


def _entered() -> QuerySet[Entry]:
    return Entry.objects.filter(source=Source.ENTERED).order_by()
