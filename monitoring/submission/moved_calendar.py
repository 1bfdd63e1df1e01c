"""A project's calendar that moves: which rounds hold it, and what its open submissions are asked.

The registry asks this through `projects/calendars.py`.
"""

from monitoring.calendar.rounds import milestone_rounds
from monitoring.choices import Frequency, Source, Status
from monitoring.models import Entry, Submission
from pip_network.web.locks import for_update
from projects.models import Project


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
    """By the calendar of its project as it stands; milestones that somebody entered stay asked, and
    an amendment asks what its round was asked.
    """
    if submission.revision > 1:
        return submission.is_milestone
    if submission.round_id in milestone_rounds(submission.project):
        return True
    return submission.is_milestone and _milestones_of(submission).exists()


def _milestones_of(submission: Submission):
    return _entered().filter(
        submission=submission, variable__frequency=Frequency.MILESTONE, kind="regular"
    )


def _entered():
    return Entry.objects.filter(source=Source.ENTERED).order_by()
