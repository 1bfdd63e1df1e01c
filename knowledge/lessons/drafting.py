"""Writing a lesson: its draft, its words, its translations. Each asks, writes in one transaction and
tells the trail.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import Language, LessonState
from knowledge.models import Lesson, LessonText
from monitoring.models import Submission
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, can, person_of, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from projects.models import Project
from workshops.models import Workshop

from . import writing

Source = Project | Submission | Workshop


@transaction.atomic
def draft_lesson(
    *,
    source: Source,
    voice: str,
    language: str,
    project: Project | None = None,
    by: User | Process,
    at: dt.datetime,
    **values: Any,
) -> Lesson:
    """Begin a lesson from what somebody told. `source` is where it was learned: the project itself,
    one of its submissions, or a workshop, which needs the `project` whose lesson it is.

    `values`: what is known of `writing.FIELDS`, and a `code` if it has one; a title that is not given
    is the beginning of the voice. Raises Invalid (place: the field), Forbidden.
    """
    owner = _owner(source, project)
    own = {"code": values.pop("code")} if values.get("code") else {}
    lesson = Lesson(
        **own,
        project=owner,
        workshop=source if isinstance(source, Workshop) else None,
        submission=source if isinstance(source, Submission) else None,
        written_at=at,
    )
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    lesson.voice, lesson.voice_language = writing.words(voice, place="voice"), _language(language)
    lesson.written_by = person_of(by)
    if not writing.says_something(lesson.voice):
        raise Invalid(_("Tell what was learned, in your own words."), place="voice")
    writing.write(lesson, values)
    title = values.get("title") or writing.title_of(lesson.voice)
    writing.write_text(
        lesson, language, {**values, "title": title}, original=True, person=lesson.written_by, at=at
    )
    audit.record(verb="lesson.drafted", source=_told(source), **on(lesson, by, at))
    return lesson


@transaction.atomic
def correct_lesson(
    *, lesson: Lesson, stamp: str = "", by: User | Process, at: dt.datetime, **changes: Any
) -> Lesson:
    """Change what the original of a draft says. What its project has validated is taken back first:
    it stands as its readers have it. Raises Invalid (place: the field), Conflict when it changed
    meanwhile, Forbidden.
    """
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.DRAFT)
    if stamp and stamp != str(lesson.stamp):
        raise _changed_meanwhile()
    writing.forget_what_was_read(lesson)
    before = writing.read(lesson)
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return lesson
    lesson.stamp += 1
    writing.write(lesson, changed)
    if set(writing.TEXTS) & changed.keys():
        language = LessonText.objects.get(lesson=lesson, original=True).language
        writing.write_text(lesson, language, changed, person=person_of(by), at=at)
    told = {name: [writing.told(before[name]), writing.told(changed[name])] for name in changed}
    audit.record(verb="lesson.corrected", changes=told, **on(lesson, by, at))
    return lesson


@transaction.atomic
def translate_lesson(
    *,
    lesson: Lesson,
    language: str,
    stamp: str | None = None,
    by: User | Process,
    at: dt.datetime,
    **values: Any,
) -> Lesson:
    """Give a lesson its words in another language, or mend them: by whoever writes for its project
    or curates. `stamp`: of the words that stood there when the form was opened. Raises Invalid
    (place: the field), Conflict, Forbidden.
    """
    if not can(by, Permission.CURATE_LIBRARY):
        require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, *(state for state in LessonState if state != LessonState.SUPERSEDED))
    row = LessonText.objects.filter(lesson=lesson, language=_language(language)).first()
    if row is not None and row.original:
        raise Invalid(_("The lesson was written in this language."), place="language")
    if stamp is not None and stamp != writing.stamp_of_text(row):
        raise _changed_meanwhile()
    writing.write_text(lesson, language, values, person=person_of(by), at=at)
    audit.record(verb="lesson.translated", language=language, **on(lesson, by, at))
    return lesson


@transaction.atomic
def delete_draft(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Take a draft away; the people of its project can undo it. Raises Conflict, Forbidden."""
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.DRAFT)
    lesson.deleted_by, lesson.deleted_at = person_of(by), at
    lesson.save()
    audit.record(verb="lesson.deleted", **on(lesson, by, at))
    return lesson


@transaction.atomic
def restore_draft(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Undo the deletion of a draft. Raises Conflict unless it is deleted, Forbidden."""
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    lesson = lock(lesson)
    if lesson.deleted_at is None:
        raise Conflict(_("The draft is there already: nothing has been changed."))
    lesson.deleted_by, lesson.deleted_at = None, None
    lesson.save()
    audit.record(verb="lesson.restored", **on(lesson, by, at))
    return lesson


def permission_to_change(lesson: Lesson) -> Permission:
    """A draft is everybody's who writes for the project; what it has validated is its director's."""
    if lesson.state == LessonState.DRAFT:
        return Permission.WRITE_LESSON
    return Permission.VALIDATE_LESSON


def require_state(lesson: Lesson, *states: str) -> None:
    """Raises Conflict unless the lesson is there, and in one of these states."""
    if lesson.deleted_at is not None:
        raise Conflict(_("Meanwhile the draft was deleted: nothing has been changed."))
    if lesson.state not in states:
        raise Conflict(
            _("Meanwhile the state of the lesson is “%(state)s”: nothing has been changed.")
            % {"state": lesson.get_state_display()}
        )


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Somebody else changed it meanwhile: compare both before you save."))


def on(lesson: Lesson, by: User | Process, at: dt.datetime) -> dict[str, Any]:
    return {"on": f"lesson:{lesson.pk}", "by": by, "at": at}


def _owner(source: Source, project: Project | None) -> Project:
    """The project whose lesson it is. Raises Invalid where a source names another, or none."""
    if isinstance(source, Workshop):
        if project is None:
            raise Invalid(_("Say whose lesson it is: choose the project."), place="project")
        return project
    owner = source.project if isinstance(source, Submission) else source
    if project is not None and project != owner:
        raise Invalid(_("The source is of another project."), place="project")
    return owner


def _language(language: str) -> str:
    if language not in Language.values:
        raise Invalid(_("Choose one of the languages of the portal."), place="language")
    return language


def _told(source: Source) -> str:
    if isinstance(source, Workshop):
        return f"W:{source.slug}"
    return source.key if isinstance(source, Submission) else f"P:{source.pk}"
