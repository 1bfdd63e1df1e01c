"""The acts of the lessons, as they are walked."""

from knowledge.lessons import (
    acts,
    acts_of_evidence,
    acts_of_others,
    applying,
    drafting,
    publishing,
    validating,
)
from knowledge.models import Lesson

from . import lessons
from .stage import AT, DOING
from .walking import of

WRITE = ("coordinadora", "experta", 404)  # to whom a draft is nothing at all
SEEN = ("coordinadora", "experta", 403)
ANSWER = ("directora", "coordinadora", 403)
CURATE = ("especialista", "directora", 403)
OTHER = ("vecina", "experta", 403)


def lesson() -> Lesson:
    return Lesson.objects.get(code=lessons.CODE)


def validate():
    validating.validate_lesson(lesson=lesson(), **DOING)


def supersede():
    publishing.supersede_lesson(lesson=lesson(), superseded_by=lessons.after(), **DOING)


OF_LESSONS = {
    acts.CORRECT: of(
        WRITE, lesson, data={"title": "Otro título"}, prepare=lessons.draft, spoil=validate
    ),
    acts.SEND: of(
        WRITE,
        lesson,
        prepare=lessons.draft,
        spoil=lambda: validating.send_lesson(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts.VALIDATE: of(ANSWER, lesson, prepare=lessons.draft, spoil=validate, refusal=302),
    acts.UNVALIDATE: of(
        ANSWER,
        lesson,
        prepare=lessons.validated,
        spoil=lambda: validating.unvalidate_lesson(lesson=lesson(), **DOING),
    ),
    acts.AGREE: of(
        ANSWER,
        lesson,
        prepare=lessons.validated,
        spoil=lambda: publishing.agree_to_publication(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts.DISAGREE: of(
        ANSWER,
        lesson,
        prepare=lessons.agreed,
        spoil=lambda: publishing.withdraw_agreement(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts.PUBLISH: of(
        CURATE,
        lesson,
        prepare=lessons.agreed,
        spoil=lambda: publishing.publish_lesson(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts.UNPUBLISH: of(
        CURATE,
        lesson,
        prepare=lessons.public,
        spoil=lambda: publishing.unpublish_lesson(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts.SUPERSEDE: of(
        ANSWER,
        lesson,
        data=lambda: {"superseded_by": lessons.after().pk},
        prepare=lessons.validated,
        spoil=supersede,
    ),
    acts.REINSTATE: of(
        ANSWER,
        lesson,
        prepare=lessons.superseded,
        call=lambda by: publishing.reinstate_lesson(lesson=lesson(), by=by, at=AT),
        spoil=lambda: publishing.reinstate_lesson(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts.DELETE: of(WRITE, lesson, prepare=lessons.draft, spoil=validate, refusal=302),
    acts.RESTORE: of(
        WRITE,
        lesson,
        prepare=lessons.deleted,
        spoil=lambda: drafting.restore_draft(lesson=lesson(), **DOING),
        refusal=302,
    ),
    acts_of_evidence.CITE_FIGURE: of(
        ("directora", "experta", 403),
        lesson,
        data=lambda: {"figure": lessons.figure().pk},
        prepare=lessons.validated,
        spoil=supersede,
    ),
    acts_of_evidence.CITE_WORK: of(
        SEEN,
        lesson,
        data=lambda: {"work": lessons.work().pk},
        prepare=lessons.validated,
        spoil=supersede,
    ),
    acts_of_evidence.CITE_ADDRESS: of(
        SEEN,
        lesson,
        data={"address": "https://example.org/otra/"},
        prepare=lessons.validated,
        spoil=supersede,
    ),
    acts_of_others.CONFIRM: of(
        OTHER,
        lesson,
        prepare=lessons.validated,
        spoil=lambda: validating.confirm_lesson(lesson=lesson(), project=lessons.other(), **DOING),
    ),
    acts_of_others.APPLY: of(
        OTHER,
        lesson,
        data={"text": lessons.WHY, "result": "helped"},
        prepare=lessons.validated,
        spoil=lambda: applying.apply_lesson(
            lesson=lesson(), project=lessons.other(), text=lessons.WHY, result="helped", **DOING
        ),
    ),
}
