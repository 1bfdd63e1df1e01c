"""From what a semester says that was learned to the draft of a lesson: once, by its people."""

import pytest
from django.urls import reverse

from knowledge.lessons.drafting import delete_draft
from knowledge.lessons.semesters import draft_from_semester
from knowledge.models import Lesson
from monitoring.choices import ApprovalKind, NarrativeTheme
from monitoring.models import Approval, Narrative, Submission
from monitoring.submission.opening import open_submission
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden
from tests import factories
from tests.factories import moment

TEXT = "Empezar por una compra pequeña que todas vean."
NOW = moment("2006-03-01")


@pytest.fixture
def director(db):
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")


@pytest.fixture
def submission(director) -> Submission:
    project = factories.project("PIP-90")
    factories.network("RED-90", project)
    factories.catalogue()
    rounds = factories.rounds("2005-S1", "2005-S2")
    return open_submission(project, rounds["2005-S2"], by=director, at=moment("2005-12-01"))


def approve(submission: Submission, theme: str = NarrativeTheme.LEARNED) -> Narrative:
    """The row of the record alone: nothing else of an approval is read here."""
    approver = factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-90")
    approval = Approval.objects.create(
        number=1,
        kind=ApprovalKind.RATES,
        at=moment("2006-02-01"),
        approver=approver,
        reason="Tasas",
        hash="0" * 64,
    )
    return Narrative.objects.create(
        project=submission.project,
        round=submission.round,
        theme=theme,
        text=TEXT,
        language="pt",
        approved_in=approval,
    )


def test_the_approved_text_is_the_voice_of_the_lesson(submission, director):
    approve(submission)
    lesson = draft_from_semester(submission=submission, by=director, at=NOW)
    assert (lesson.voice, lesson.voice_language, lesson.source, lesson.state) == (
        TEXT,
        "pt",
        submission,
        "draft",
    )


@pytest.mark.parametrize("theme", [None, NarrativeTheme.EXAMPLE])
def test_without_an_approved_text_there_is_none(submission, director, theme):
    if theme:
        approve(submission, theme)
    with pytest.raises(Conflict):
        draft_from_semester(submission=submission, by=director, at=NOW)
    assert not Lesson.objects.exists()


def test_a_semester_gives_one_lesson(submission, director):
    approve(submission)
    lesson = draft_from_semester(submission=submission, by=director, at=NOW)
    with pytest.raises(Conflict):
        draft_from_semester(submission=submission, by=director, at=NOW)
    delete_draft(lesson=lesson, by=director, at=NOW)
    assert draft_from_semester(submission=submission, by=director, at=NOW) != lesson


@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        (Role.COORDINATOR, "N:RED-90", True),
        (Role.SPECIALIST, "P:PIP-90", True),
        (Role.DIRECTOR, "P:PIP-91", False),
        (Role.ADMINISTRATION, "*", False),
    ],
)
def test_the_people_of_the_project_make_it(submission, role, scope, may):
    approve(submission)
    person = factories.user("alguien", role=role, scope=scope)
    if may:
        assert draft_from_semester(submission=submission, by=person, at=NOW).written_by == person
    else:
        with pytest.raises(Forbidden):
            draft_from_semester(submission=submission, by=person, at=NOW)


def test_one_click_on_the_page_of_the_submission(client, submission, director):
    client.force_login(director)
    page, door = (
        submission.get_absolute_url(),
        reverse("lesson-from-semester", args=["PIP-90", "2005-S2"]),
    )
    assert door not in client.get(page).content.decode()
    approve(submission)
    assert [part in client.get(page).content.decode() for part in (door, TEXT)] == [True, True]

    client.post(door)

    lesson = Lesson.objects.get()
    after = client.get(page).content.decode()
    assert [door in after, lesson.get_absolute_url() in after] == [False, True]
    assert client.post(door, follow=True).redirect_chain[-1][0] == page
    assert Lesson.objects.count() == 1


def test_a_superseded_lesson_was_made_of_it_all_the_same(client, submission, director):
    approve(submission)
    lesson = draft_from_semester(submission=submission, by=director, at=NOW)
    after = factories.lesson(submission.project, state="validated")
    Lesson.objects.filter(pk=lesson.pk).update(
        state="superseded", superseded_by=after, superseded_at=NOW
    )
    client.force_login(director)
    page = client.get(submission.get_absolute_url()).content.decode()
    door = reverse("lesson-from-semester", args=["PIP-90", "2005-S2"])
    assert [door in page, lesson.get_absolute_url() in page] == [False, True]


def test_who_reads_one_network_alone_is_told_nothing_of_the_text(client, submission):
    approve(submission)
    client.force_login(factories.user("red", role=Role.COORDINATOR, scope="N:RED-90"))
    assert TEXT not in client.get(submission.get_absolute_url()).content.decode()
    door = reverse("lesson-from-semester", args=["PIP-90", "2005-S2"])
    assert client.post(door).status_code == 404
