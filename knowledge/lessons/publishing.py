"""A lesson before the public: its project agrees, then who curates publishes. Either takes it back.
And the lesson that stands in the place of another.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import LessonState
from knowledge.models import Lesson
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock

from . import letters
from .drafting import on, require_state
from .validating import state_by_confirmations

HOLDS = (LessonState.VALIDATED, LessonState.CONFIRMED)


@transaction.atomic
def agree_to_publication(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Its project agrees that everybody reads it. Raises Conflict, Forbidden."""
    require(by, Permission.VALIDATE_LESSON, lesson.project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, *HOLDS)
    if lesson.agreed_at is not None:
        raise Conflict(_("The project has agreed already."))
    lesson.agreed_by, lesson.agreed_at = person_of(by), at
    lesson.save()
    audit.record(verb="lesson.agreed", **on(lesson, by, at))
    letters.agreed(lesson, at=at)
    return lesson


@transaction.atomic
def withdraw_agreement(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Its project does not agree any more: with that the public does not read it. Raises Conflict,
    Forbidden.
    """
    require(by, Permission.VALIDATE_LESSON, lesson.project.scope_keys)
    lesson = lock(lesson)
    if lesson.agreed_at is None:
        raise Conflict(_("The project has not agreed: nothing has been changed."))
    lesson.agreed_by, lesson.agreed_at = None, None
    lesson.published_by, lesson.published_at = None, None
    lesson.save()
    audit.record(verb="lesson.disagreed", **on(lesson, by, at))
    return lesson


@transaction.atomic
def publish_lesson(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Show it to everybody. Raises Conflict unless its project has agreed, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    lesson = lock(lesson)
    require_state(lesson, *HOLDS)
    if lesson.agreed_at is None:
        raise Conflict(_("Its project has not agreed to that yet: ask its director."))
    if lesson.published_at is not None:
        raise Conflict(_("Everybody reads it already."))
    lesson.published_by, lesson.published_at = person_of(by), at
    lesson.save()
    audit.record(verb="lesson.published", **on(lesson, by, at))
    letters.published(lesson, at=at)
    return lesson


@transaction.atomic
def unpublish_lesson(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Show it to members alone again. Raises Conflict unless everybody reads it, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    lesson = lock(lesson)
    if lesson.published_at is None:
        raise Conflict(_("The public does not read it: nothing has been changed."))
    lesson.published_by, lesson.published_at = None, None
    lesson.save()
    audit.record(verb="lesson.unpublished", **on(lesson, by, at))
    return lesson


@transaction.atomic
def supersede_lesson(
    *, lesson: Lesson, superseded_by: Lesson, by: User | Process, at: dt.datetime
) -> Lesson:
    """Another lesson stands in its place; its page stays and leads there. Raises Invalid (place:
    superseded_by) for one that does not hold, Conflict, Forbidden.
    """
    require(by, Permission.VALIDATE_LESSON, lesson.project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, *HOLDS)
    after = lock(superseded_by)
    if after == lesson:
        raise Invalid(_("A lesson does not supersede itself."), place="superseded_by")
    if after.state not in HOLDS:
        raise Invalid(_("No validated lesson has this code."), place="superseded_by")
    lesson.state = LessonState.SUPERSEDED
    lesson.superseded_by, lesson.superseded_at = after, at
    lesson.save()
    audit.record(verb="lesson.superseded", superseded_by=after.pk, **on(lesson, by, at))
    return lesson


@transaction.atomic
def reinstate_lesson(*, lesson: Lesson, by: User | Process, at: dt.datetime) -> Lesson:
    """Undo that another stands in its place. Raises Conflict unless one does, Forbidden."""
    require(by, Permission.VALIDATE_LESSON, lesson.project.scope_keys)
    lesson = lock(lesson)
    require_state(lesson, LessonState.SUPERSEDED)
    lesson.state = state_by_confirmations(lesson)
    lesson.superseded_by, lesson.superseded_at = None, None
    lesson.save()
    audit.record(verb="lesson.reinstated", **on(lesson, by, at))
    return lesson
