"""The acts of the lessons: written by a project's people, validated by its director, confirmed and
applied by another project, published by who curates.
"""

from knowledge.lessons import applying, citing, drafting, publishing, semesters, validating
from knowledge.models import Application, Evidence, Lesson, Work
from monitoring.analysis import Specification, definition
from monitoring.analysis.figures import figure_id
from monitoring.choices import NarrativeTheme
from monitoring.models import Approval, FigureDefinition, Narrative, Submission
from monitoring.reports.figure_definitions import keep_definitions
from pip_network.people.access import Permission, Role
from projects.models import Project
from tests import factories

from . import library
from .stage import AT, DOING, Act, project, submission

CODE = "LESS0N1A"
WHY = "La aplicamos en dos redes del valle"


def writes(call, prepare=lambda: None) -> Act:
    return Act((Permission.WRITE_LESSON,), "coordinadora", "experta", call, prepare)


def answers(call, prepare=lambda: None) -> Act:
    return Act(
        (Permission.VALIDATE_LESSON,), "directora", "coordinadora especialista", call, prepare
    )


def curates(call, prepare=lambda: None) -> Act:
    return Act((Permission.CURATE_LIBRARY,), "especialista", "directora experta", call, prepare)


def other() -> Project:
    """Another project; `vecina` directs it."""
    if not Project.objects.filter(code="PIP-98").exists():
        factories.user("vecina", role=Role.DIRECTOR, scope=f"P:{factories.project('PIP-98').pk}")
    return Project.objects.get(code="PIP-98")


def draft(**columns) -> Lesson:
    """The one lesson, whole; as it is wanted if it is not there."""
    other()
    return Lesson.objects.filter(code=CODE).first() or factories.lesson(
        project(), "Primero los compradores", code=CODE, **columns
    )


def validated() -> Lesson:
    return draft(state="validated")


def agreed() -> Lesson:
    return draft(state="validated", agreed_at=AT)


def public() -> Lesson:
    return draft(state="validated", agreed_at=AT, published_at=AT)


def told() -> Submission:
    """The approved semester, whose record says what was learned."""
    approved = submission("2004-S1")
    text = {"theme": NarrativeTheme.LEARNED, "text": WHY, "language": "es"}
    Narrative.objects.get_or_create(
        project=approved.project,
        round=approved.round,
        approved_in=Approval.objects.filter(submission=approved).first(),
        **text,
    )
    return approved


def deleted() -> Lesson:
    return draft(deleted_at=AT)


def sent() -> Lesson:
    return draft(sent_at=AT)


def confirmed() -> Lesson:
    lesson = validated()
    if not lesson.validations.filter(project=other()).exists():
        validating.confirm_lesson(lesson=lesson, project=other(), **DOING)
    return lesson


def after() -> Lesson:
    """A lesson that could stand in its place."""
    found = Lesson.objects.filter(code="LATER1A0").first()
    return found or factories.lesson(project(), "Otra", code="LATER1A0", state="validated")


def superseded() -> Lesson:
    lesson = validated()
    if lesson.state != "superseded":
        publishing.supersede_lesson(lesson=lesson, superseded_by=after(), **DOING)
    return lesson


def used() -> Application:
    found = Application.objects.first()
    said = {"text": WHY, "result": "helped", "project": other()}
    return found or applying.apply_lesson(lesson=validated(), **said, **DOING)


def figure() -> FigureDefinition:
    """A figure of the project: how many firms take part."""
    question = Specification(
        scope={"projects": ("PIP-01",)}, group_by=(), indicators=("Z01",), round="2004-S1", as_of=1
    ).question()
    defined = definition(question, "Z01", "main", {})
    found = FigureDefinition.objects.filter(pk=figure_id(defined)).first()
    if found is None:
        keep_definitions({figure_id(defined): defined})
    return found or FigureDefinition.objects.get(pk=figure_id(defined))


def evidence() -> Evidence:
    found = Evidence.objects.first()
    return found or citing.cite_address(lesson=draft(), address="https://example.org/", **DOING)


def work() -> Work:
    return library.work()


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
    validating.send_lesson: writes(
        lambda by: validating.send_lesson(lesson=draft(), by=by, at=AT), draft
    ),
    validating.validate_lesson: answers(
        lambda by: validating.validate_lesson(lesson=draft(), by=by, at=AT), draft
    ),
    validating.unvalidate_lesson: answers(
        lambda by: validating.unvalidate_lesson(lesson=validated(), by=by, at=AT), validated
    ),
    validating.confirm_lesson: Act(
        (Permission.CONFIRM_LESSON,),
        "vecina",
        "coordinadora experta",
        lambda by: validating.confirm_lesson(lesson=validated(), project=other(), by=by, at=AT),
        validated,
    ),
    validating.unconfirm_lesson: Act(
        (Permission.CONFIRM_LESSON,),
        "vecina",
        "directora experta",
        lambda by: validating.unconfirm_lesson(lesson=confirmed(), project=other(), by=by, at=AT),
        confirmed,
    ),
    publishing.agree_to_publication: answers(
        lambda by: publishing.agree_to_publication(lesson=validated(), by=by, at=AT), validated
    ),
    publishing.withdraw_agreement: answers(
        lambda by: publishing.withdraw_agreement(lesson=agreed(), by=by, at=AT), agreed
    ),
    publishing.publish_lesson: curates(
        lambda by: publishing.publish_lesson(lesson=agreed(), by=by, at=AT), agreed
    ),
    publishing.unpublish_lesson: curates(
        lambda by: publishing.unpublish_lesson(lesson=public(), by=by, at=AT), public
    ),
    publishing.supersede_lesson: answers(
        lambda by: publishing.supersede_lesson(
            lesson=validated(), superseded_by=after(), by=by, at=AT
        ),
        lambda: (validated(), after()),
    ),
    publishing.reinstate_lesson: answers(
        lambda by: publishing.reinstate_lesson(lesson=superseded(), by=by, at=AT), superseded
    ),
    applying.apply_lesson: Act(
        (Permission.WRITE_LESSON,),
        "vecina",
        "directora experta",
        lambda by: applying.apply_lesson(
            lesson=validated(), project=other(), text=WHY, result="helped", by=by, at=AT
        ),
        validated,
    ),
    applying.withdraw_application: Act(
        (Permission.WRITE_LESSON,),
        "vecina",
        "directora experta",
        lambda by: applying.withdraw_application(application=used(), by=by, at=AT),
        used,
    ),
    citing.cite_figure: Act(
        (Permission.WRITE_LESSON,),
        "directora",
        "experta",
        lambda by: citing.cite_figure(lesson=draft(), figure=figure(), by=by, at=AT),
        lambda: (draft(), figure()),
    ),
    citing.cite_work: writes(
        lambda by: citing.cite_work(lesson=draft(), work=work(), by=by, at=AT),
        lambda: (draft(), work()),
    ),
    citing.cite_address: writes(
        lambda by: citing.cite_address(
            lesson=draft(), address="https://example.org/otra/", by=by, at=AT
        ),
        draft,
    ),
    citing.remove_evidence: writes(
        lambda by: citing.remove_evidence(evidence=evidence(), by=by, at=AT), evidence
    ),
}
