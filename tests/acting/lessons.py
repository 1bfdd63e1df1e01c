"""The acts of the lessons: written by a project's people, validated by its director."""

from knowledge.lessons import drafting, semesters
from knowledge.models import Lesson
from monitoring.choices import NarrativeTheme
from monitoring.models import Approval, Narrative, Submission
from pip_network.people.access import Permission

from .stage import AT, DOING, Act, person, project, submission

WRITE = (Permission.WRITE_LESSON,)
VOICE = "Esperamos a tener compradores antes de invertir."


def writes(call, prepare=lambda: None) -> Act:
    return Act(WRITE, "coordinadora", "experta", call, prepare)


def draft() -> Lesson:
    """One draft of the project, in Spanish."""
    found = Lesson.objects.filter(voice=VOICE).first()
    values = {"title": "Primero los compradores", "language": "es", "voice": VOICE}
    return found or drafting.draft_lesson(source=project(), **values, **DOING)


def told() -> Submission:
    """The approved semester, whose record says what was learned."""
    approved = submission("2004-S1")
    text = {"theme": NarrativeTheme.LEARNED, "text": VOICE, "language": "es"}
    Narrative.objects.get_or_create(
        project=approved.project,
        round=approved.round,
        approved_in=Approval.objects.filter(submission=approved).first(),
        **text,
    )
    return approved


def deleted() -> Lesson:
    lesson = draft()
    if lesson.deleted_at is None:
        drafting.delete_draft(lesson=lesson, by=person("directora"), at=AT)
    return lesson


ACTS = {
    drafting.draft_lesson: writes(
        lambda by: drafting.draft_lesson(
            source=project(), voice="Otra cosa", language="es", by=by, at=AT
        )
    ),
    semesters.draft_from_semester: writes(
        lambda by: semesters.draft_from_semester(submission=told(), by=by, at=AT), told
    ),
    drafting.correct_lesson: writes(
        lambda by: drafting.correct_lesson(lesson=draft(), title="Otro", by=by, at=AT), draft
    ),
    drafting.translate_lesson: Act(
        (Permission.WRITE_LESSON, Permission.CURATE_LIBRARY),
        "coordinadora",
        "experta",
        lambda by: drafting.translate_lesson(
            lesson=draft(), language="en", title="Buyers first", by=by, at=AT
        ),
        draft,
    ),
    drafting.delete_draft: writes(
        lambda by: drafting.delete_draft(lesson=draft(), by=by, at=AT), draft
    ),
    drafting.restore_draft: writes(
        lambda by: drafting.restore_draft(lesson=deleted(), by=by, at=AT), deleted
    ),
}
