"""How a lesson comes to hold: its own project says so, then another one for whom it held too. Each
asks, writes in one transaction, tells the trail, and writes to who waits.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import LessonState
from knowledge.models import PARAGRAPHS, Lesson, Validation
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from projects.models import Project

from . import letters, writing
from .drafting import on, require_state

# What a lesson says before anybody answers for it, in the order of its form.
NEEDED = ("title", *PARAGRAPHS, "outcome", "confidence", "themes")


@transaction.atomic
def send_lesson(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Ask the director of its project to validate it. Raises Invalid where something is missing,
    Conflict when it waits already, Forbidden.
    """
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.DRAFT)
    if lesson.sent_at is not None:
        raise Conflict(_("It has been sent already: its director has a letter."))
    require_whole(lesson)
    lesson.sent_by, lesson.sent_at = person_of(by), at
    lesson.save()
    audit.record(verb="lesson.sent", **on(lesson, by, at))
    letters.sent(lesson, at=at)
    return lesson


@transaction.atomic
def validate_lesson(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Its own project says that it holds: members of the network read it from now on. Raises
    Invalid where something is missing, Conflict, Forbidden.
    """
    require(by, Permission.VALIDATE_LESSON, lesson.project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.DRAFT)
    require_whole(lesson)
    Validation.objects.create(lesson=lesson, project=lesson.project, by=person_of(by), at=at)
    lesson.state = LessonState.VALIDATED
    lesson.save()
    audit.record(verb="lesson.validated", **on(lesson, by, at))
    letters.validated(lesson, validator=by, at=at)
    return lesson


@transaction.atomic
def unvalidate_lesson(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Take the validation back: it is a draft again, and public no more. Raises Conflict once
    another project leans on it, Forbidden.
    """
    require(by, Permission.VALIDATE_LESSON, lesson.project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.VALIDATED)
    if lesson.supersedes.exists():
        raise Conflict(_("It stands in the place of another lesson: undo that first."))
    if lesson.applications.filter(withdrawn_at__isnull=True).exists():
        raise Conflict(_("Another project has said that it applied it: let another supersede it."))
    _withdraw(lesson, lesson.project, by, at)
    lesson.state, lesson.sent_by, lesson.sent_at = LessonState.DRAFT, None, None
    lesson.agreed_by, lesson.agreed_at = None, None
    lesson.published_by, lesson.published_at = None, None
    lesson.save()
    audit.record(verb="lesson.unvalidated", **on(lesson, by, at))
    return lesson


@transaction.atomic
def confirm_lesson(
    *, lesson: Lesson, project: Project, note: str = "", by: User | Process, at: dt.datetime
) -> Lesson:
    """Another project says that it held there too. Raises Invalid (place: project, note), Conflict,
    Forbidden.
    """
    require(by, Permission.CONFIRM_LESSON, project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.VALIDATED, LessonState.CONFIRMED)
    if project == lesson.project:
        raise Invalid(_("Another project confirms it, not its own."), place="project")
    said = Validation.objects.filter(lesson=lesson, project=project, withdrawn_at__isnull=True)
    if said.exists():
        raise Conflict(_("The project has said so already."))
    note = writing.words(note, place="note")
    language = writing.language_now() if note else ""
    said_now = {"note": note, "language": language, "by": person_of(by), "at": at}
    Validation.objects.create(lesson=lesson, project=project, **said_now)
    lesson.state = LessonState.CONFIRMED
    lesson.save()
    audit.record(verb="lesson.confirmed", project=project.pk, **on(lesson, by, at))
    letters.confirmed(lesson, project, at=at)
    return lesson


@transaction.atomic
def unconfirm_lesson(
    *, lesson: Lesson, project: Project, by: User | Process, at: dt.datetime
) -> Lesson:
    """Take a confirmation back; without any it is validated by its own project alone. Raises
    Conflict unless the project had confirmed it, Forbidden.
    """
    require(by, Permission.CONFIRM_LESSON, project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.CONFIRMED)
    if project == lesson.project:  # what it says itself is its validation
        raise Conflict(_("The project has not said so: nothing has been changed."))
    _withdraw(lesson, project, by, at)
    lesson.state = state_by_confirmations(lesson)
    lesson.save()
    audit.record(verb="lesson.unconfirmed", project=project.pk, **on(lesson, by, at))
    return lesson


def state_by_confirmations(lesson: Lesson) -> LessonState:
    """Of a lesson that holds: confirmed while another project says so."""
    others = Validation.objects.filter(lesson=lesson, withdrawn_at__isnull=True)
    confirmed = others.exclude(project=lesson.project).exists()
    return LessonState.CONFIRMED if confirmed else LessonState.VALIDATED


def missing(lesson: Lesson) -> list[str]:
    """What it does not say yet of what every lesson says, by the names of its fields."""
    said = writing.read(lesson)
    return [name for name in NEEDED if not writing.says_something(" ".join(said[name]))]


def require_whole(lesson: Lesson) -> None:
    """Raises Invalid at the first thing that is missing."""
    writing.forget_what_was_read(lesson)
    if lacking := missing(lesson):
        raise Invalid(
            _("Before it is validated, a lesson says: %(names)s.")
            % {"names": ", ".join(str(writing.LABELS[name]) for name in lacking)},
            place=lacking[0],
        )


def _withdraw(lesson: Lesson, project: Project, by: User | Process, at: dt.datetime) -> None:
    """What a project has said. Raises Conflict when it says nothing."""
    rows = Validation.objects.filter(lesson=lesson, project=project, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_by=person_of(by), withdrawn_at=at):
        raise Conflict(_("The project has not said so: nothing has been changed."))
