"""A project says that it applied what another one had learned, and how it went."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import Result
from knowledge.models import Application, Lesson, scopes_of
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason
from projects.models import Project

from . import letters, writing
from .drafting import on, require_state
from .publishing import HOLDS

LONGEST = 600


@transaction.atomic
def apply_lesson(
    *,
    lesson: Lesson,
    project: Project,
    text: str,
    result: str,
    by: User | Process,
    at: dt.datetime,
) -> Application:
    """`project` applied the lesson of another one. Raises Invalid (place: the field), Conflict,
    Forbidden.
    """
    require(by, Permission.WRITE_LESSON, scopes_of(project))
    lesson = lock(lesson)
    require_state(lesson, *HOLDS)
    if project == lesson.project:
        raise Invalid(_("It is a lesson of this very project."), place="project")
    if result not in Result.values:
        raise Invalid(_("Say how it went: choose one of the results."), place="result")
    text = require_reason(text, most=LONGEST, place="text")
    if lesson.applications.filter(project=project, withdrawn_at__isnull=True).exists():
        raise Conflict(_("The project has said so already."))
    row = Application.objects.create(
        project=project,
        lesson=lesson,
        text=text,
        language=writing.language_now(),
        result=result,
        by=person_of(by),
        at=at,
    )
    audit.record(verb="lesson.applied", project=project.pk, result=result, **on(lesson, by, at))
    letters.applied(row, at=at)
    return row


@transaction.atomic
def withdraw_application(
    *, application: Application, by: User | Process, at: dt.datetime
) -> Application:
    """Take it back: it stands on no page any more. Raises Conflict, Forbidden."""
    require(by, Permission.WRITE_LESSON, scopes_of(application.project))
    row = lock(application)
    if row.withdrawn_at is not None:
        raise Conflict(_("It has been taken back already."))
    row.withdrawn_by, row.withdrawn_at = person_of(by), at
    row.save()
    audit.record(
        verb="lesson.application_withdrawn",
        on=f"lesson:{row.lesson_id}",
        by=by,
        at=at,
        project=row.project_id,
    )
    return row
