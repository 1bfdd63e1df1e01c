"""Writing lessons: who may, from which source, what stays of the voice."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from knowledge.lessons.drafting import correct_lesson, delete_draft, draft_lesson, restore_draft
from knowledge.models import Lesson
from monitoring.models import Submission
from monitoring.submission.opening import open_submission
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.factories import moment
from workshops.models import Workshop

VOICE = "Esperamos a tener tres compradores antes de invertir en la planta."
NOW = moment("2006-03-01")


@pytest.fixture
def project(db):
    return factories.project("PIP-90")


@pytest.fixture
def director(project):
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")


def drafted(source, by, **values) -> Lesson:
    given = {"source": source, "voice": VOICE, "language": "es", "by": by, "at": NOW, **values}
    return draft_lesson(**given)


def test_a_draft_keeps_the_voice_and_takes_its_beginning_as_a_title(project, director):
    lesson = drafted(project, director)
    assert (lesson.state, lesson.voice, lesson.title, lesson.source) == (
        "draft",
        VOICE,
        VOICE,
        project,
    )
    correct_lesson(lesson=lesson, title="Primero los compradores", by=director, at=NOW)
    assert (lesson.voice, lesson.title) == (VOICE, "Primero los compradores")


def test_a_long_voice_gives_a_title_of_whole_words(project, director):
    lesson = drafted(project, director, voice="palabra " * 40)
    assert lesson.title == "palabra " * 14 + "palabra…"


@pytest.mark.parametrize("voice", ["", " \n ", "\u200b\u200e", "—…", "a\0b"])
def test_nothing_told_is_no_lesson(project, director, voice):
    with pytest.raises(Invalid) as refused:
        drafted(project, director, voice=voice)
    assert refused.value.place == "voice"
    assert not Lesson.objects.exists()


@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        (Role.DIRECTOR, "P:PIP-90", True),
        (Role.SPECIALIST, "P:PIP-90", True),
        (Role.COORDINATOR, "N:RED-90", True),
        (Role.DIRECTOR, "P:PIP-91", False),
        (Role.SPECIALIST, "P:PIP-91", False),
        (Role.COORDINATOR, "N:RED-91", False),
        (Role.ADMINISTRATION, "*", False),
        (Role.EXPERT, "*", False),
    ],
)
def test_a_projects_people_write_its_lessons(project, role, scope, may):
    factories.network("RED-90", project)
    person = factories.user("alguien", role=role, scope=scope)
    if may:
        assert drafted(project, person).written_by == person
    else:
        with pytest.raises(Forbidden):
            drafted(project, person)


def test_a_semester_is_a_source_of_its_own_project_alone(project, director):
    factories.catalogue()
    rounds = factories.rounds("2005-S1", "2005-S2")
    opened = open_submission(project, rounds["2005-S2"], by=director, at=moment("2005-12-01"))
    lesson = drafted(opened, director)
    assert (lesson.project, lesson.source) == (project, opened)
    with pytest.raises(Invalid) as refused:
        drafted(opened, director, project=factories.project("PIP-91"))
    assert refused.value.place == "project"


def test_a_workshop_is_a_source_with_the_project_whose_lesson_it_is(project, director):
    workshop = Workshop.objects.create(slug="lima", number=9, year=2006, city="Lima", country="PE")
    with pytest.raises(Invalid) as refused:
        drafted(workshop, director)
    assert refused.value.place == "project"
    lesson = drafted(workshop, director, project=project)
    assert (lesson.project, lesson.source, Submission.objects.count()) == (project, workshop, 0)


def test_no_lesson_has_two_sources(project, director):
    workshop = Workshop.objects.create(slug="lima", number=9, year=2006, city="Lima", country="PE")
    factories.catalogue()
    rounds = factories.rounds("2005-S1", "2005-S2")
    opened = open_submission(project, rounds["2005-S2"], by=director, at=moment("2005-12-01"))
    lesson = drafted(opened, director)
    with pytest.raises(IntegrityError):
        Lesson.objects.filter(pk=lesson.pk).update(workshop=workshop)


def test_who_changed_it_meanwhile_is_not_written_over(project, director):
    lesson = drafted(project, director)
    correct_lesson(lesson=lesson, stamp="1", title="Uno", by=director, at=NOW)
    with pytest.raises(Conflict):
        correct_lesson(lesson=lesson, stamp="1", title="Otro", by=director, at=NOW)
    correct_lesson(lesson=lesson, stamp="2", title="Otro", by=director, at=NOW)
    assert lesson.title == "Otro"


def test_a_deleted_draft_is_gone_until_that_is_undone(project, director):
    lesson = drafted(project, director)
    delete_draft(lesson=lesson, by=director, at=NOW)
    assert not Lesson.objects.visible_to(director).exists()
    assert Lesson.objects.deleted_for(director).get() == lesson
    with pytest.raises(Conflict):
        correct_lesson(lesson=lesson, title="Otro", by=director, at=NOW)
    restore_draft(lesson=lesson, by=director, at=NOW)
    assert Lesson.objects.visible_to(director).get() == lesson
    assert not Lesson.objects.deleted_for(director).exists()


# --- who reads which


def in_state(lesson: Lesson, state: str, **columns) -> None:
    Lesson.objects.filter(pk=lesson.pk).update(state=state, **columns)


PUBLISHED = {"agreed_at": NOW, "published_at": NOW}


@pytest.mark.parametrize(
    ("state", "columns", "own", "curator", "member", "public"),
    [
        ("draft", {}, True, True, False, False),
        ("draft", PUBLISHED, True, True, False, False),
        ("validated", {}, True, True, True, False),
        ("validated", {"agreed_at": NOW}, True, True, True, False),
        ("validated", {"published_at": NOW}, True, True, True, False),
        ("validated", PUBLISHED, True, True, True, True),
        ("confirmed", {}, True, True, True, False),
        ("confirmed", PUBLISHED, True, True, True, True),
        ("draft", {"deleted_at": NOW}, False, False, False, False),
    ],
)
def test_who_reads_a_lesson(project, director, state, columns, own, curator, member, public):
    lesson = drafted(project, director)
    in_state(lesson, state, **columns)
    factories.network("RED-90", project)
    people = {
        director: own,
        factories.user("coordinadora", role=Role.COORDINATOR, scope="N:RED-90"): own,
        factories.user("suya", role=Role.SPECIALIST, scope="P:PIP-90"): own,
        factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-91"): curator,
        factories.user("administra", role=Role.ADMINISTRATION): curator,
        factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-91"): member,
        factories.user("experta", role=Role.EXPERT): member,
        factories.user("sin_rol"): public,
        AnonymousUser(): public,
    }
    reads = {person: Lesson.objects.visible_to(person).exists() for person in people}
    assert reads == people
