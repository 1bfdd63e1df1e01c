"""From what a semester says that was learned to the draft of a lesson."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.models import Lesson, scopes_of
from monitoring.choices import NarrativeTheme
from monitoring.models import Narrative, Submission
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.errors import Conflict
from pip_network.web.locks import lock

from .drafting import draft_lesson


def told_in(submission: Submission) -> Narrative | None:
    """What the record holds as learned in the semester; None where nothing was approved."""
    return (
        Narrative.objects.live()
        .filter(
            project=submission.project_id,
            round=submission.round_id,
            theme=NarrativeTheme.LEARNED,
        )
        .exclude(text="")
        .first()
    )


@transaction.atomic
def draft_from_semester(*, submission: Submission, by: User | Process, at: dt.datetime) -> Lesson:
    """Begin a lesson with the approved text as its voice: once for each semester.

    Raises Conflict where nothing was approved, or somebody made one already; Forbidden.
    """
    require(by, Permission.WRITE_LESSON, scopes_of(submission.project))
    submission = lock(submission)
    text = told_in(submission)
    if text is None:
        raise Conflict(_("No text about what was learned has been approved in this semester."))
    if submission.lessons.filter(deleted_at__isnull=True).exists():
        raise Conflict(_("A lesson has been made of this semester already."))
    return draft_lesson(source=submission, voice=text.text, language=text.language, by=by, at=at)
