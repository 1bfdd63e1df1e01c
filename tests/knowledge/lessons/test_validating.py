"""How a lesson comes to hold, and before whom: validated, confirmed, published, superseded; who is
told of it.
"""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.lessons import acts, publishing, validating
from knowledge.lessons.applying import apply_lesson, withdraw_application
from knowledge.models import Lesson, LessonText, LessonTheme, Validation
from pip_network.choices import MailKind
from pip_network.models import Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.factories import moment

NOW = moment("2006-03-01")
DOING = {"by": factories.PROCESS, "at": NOW}


@pytest.fixture
def project(db):
    return factories.project("PIP-90")


@pytest.fixture
def other(db):
    return factories.project("PIP-91")


@pytest.fixture
def director(project):
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")


def letters() -> list[tuple[str, str]]:
    """To whom, and the subject; forgotten once they are read."""
    rows = list(Mail.objects.order_by("pk").values_list("to", "subject", "kind"))
    Mail.objects.all().delete()
    assert {kind for _to, _subject, kind in rows} <= {MailKind.LESSON}
    return [(to.partition("@")[0], subject) for to, subject, _kind in rows]


def state_of(lesson: Lesson) -> str:
    return Lesson.objects.get(pk=lesson.pk).state


@pytest.mark.parametrize("name", validating.NEEDED)
def test_what_is_not_whole_is_neither_sent_nor_validated(project, director, name):
    lesson = factories.lesson(project)
    if name == "themes":
        LessonTheme.objects.all().delete()
    elif name in ("outcome", "confidence"):
        Lesson.objects.update(**{name: ""})
    else:
        LessonText.objects.update(**{name: "\u200b …"})
    lesson = Lesson.objects.get()
    assert not acts.is_whole(lesson)
    for act in (validating.send_lesson, validating.validate_lesson):
        with pytest.raises(Invalid) as refused:
            act(lesson=lesson, by=director, at=NOW)
        assert refused.value.place == name
    assert state_of(lesson) == "draft"


def test_what_is_whole_is_sent_once_and_validated(project, director):
    writer = factories.user("coordinadora", role=Role.COORDINATOR, scope="N:RED-90")
    factories.network("RED-90", project)
    lesson = factories.lesson(project, written_by=writer)
    assert acts.is_whole(lesson)
    validating.send_lesson(lesson=lesson, by=writer, at=NOW)
    assert letters() == [("directora", "Una lección de su proyecto espera que usted la valide")]
    with pytest.raises(Conflict):
        validating.send_lesson(lesson=lesson, by=writer, at=NOW)
    with pytest.raises(Forbidden):
        validating.validate_lesson(lesson=lesson, by=writer, at=NOW)
    validating.validate_lesson(lesson=lesson, by=director, at=NOW)
    assert state_of(lesson) == "validated"
    assert letters() == [("coordinadora", "Su lección está validada")]


def test_who_validates_her_own_gets_no_letter(project, director):
    lesson = factories.lesson(project, written_by=director)
    validating.validate_lesson(lesson=lesson, by=director, at=NOW)
    assert letters() == []


def test_a_validation_is_taken_back_with_all_that_leaned_on_it(project, director):
    lesson = factories.lesson(project, state="validated", agreed_at=NOW, published_at=NOW)
    validating.unvalidate_lesson(lesson=lesson, by=director, at=NOW)
    lesson = Lesson.objects.get()
    assert (lesson.state, lesson.agreed_at, lesson.published_at) == ("draft", None, None)
    assert not Validation.objects.filter(withdrawn_at=None).exists()
    validating.validate_lesson(lesson=lesson, by=director, at=NOW)
    assert state_of(lesson) == "validated"


def test_another_project_confirms_and_takes_it_back(project, other, director):
    neighbour = factories.user("vecina", role=Role.DIRECTOR, scope="P:PIP-91")
    lesson = factories.lesson(project, state="validated")
    for person, of, error in (
        (director, project, Invalid),  # its own
        (director, other, Forbidden),
        (neighbour, project, Forbidden),
    ):
        with pytest.raises(error):
            validating.confirm_lesson(lesson=lesson, project=of, by=person, at=NOW)
    validating.confirm_lesson(
        lesson=lesson, project=other, note="Aquí también", by=neighbour, at=NOW
    )
    assert state_of(lesson) == "confirmed"
    assert letters() == [("directora", "Otro proyecto confirma su lección")]
    with pytest.raises(Conflict):
        validating.confirm_lesson(lesson=lesson, project=other, by=neighbour, at=NOW)
    with pytest.raises(Conflict):
        validating.unvalidate_lesson(lesson=lesson, by=director, at=NOW)
    validating.unconfirm_lesson(lesson=lesson, project=other, by=neighbour, at=NOW)
    assert state_of(lesson) == "validated"
    validating.confirm_lesson(lesson=lesson, project=other, by=neighbour, at=NOW)
    assert state_of(lesson) == "confirmed"


def test_what_its_own_project_says_is_no_confirmation_to_take_back(project, other, director):
    lesson = factories.lesson(project, state="validated")
    validating.confirm_lesson(lesson=lesson, project=other, **DOING)
    with pytest.raises(Conflict):
        validating.unconfirm_lesson(lesson=lesson, project=project, by=director, at=NOW)
    assert lesson.validations.filter(withdrawn_at=None).count() == 2
    validating.unconfirm_lesson(lesson=lesson, project=other, **DOING)
    assert state_of(lesson) == "validated"


def test_of_two_confirmations_one_is_enough(project, other):
    third = factories.project("PIP-92")
    lesson = factories.lesson(project, state="validated")
    for one in (other, third):
        validating.confirm_lesson(lesson=lesson, project=one, **DOING)
    validating.unconfirm_lesson(lesson=lesson, project=other, **DOING)
    assert state_of(lesson) == "confirmed"
    validating.unconfirm_lesson(lesson=lesson, project=third, **DOING)
    assert state_of(lesson) == "validated"


def test_the_public_reads_it_by_two_acts_and_either_takes_it_back(project, director):
    curator = factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-90")
    lesson = factories.lesson(project, state="validated")
    with pytest.raises(Conflict):  # its project has not agreed
        publishing.publish_lesson(lesson=lesson, by=curator, at=NOW)
    publishing.agree_to_publication(lesson=lesson, by=director, at=NOW)
    assert letters() == [("especialista", "Una lección espera que usted la publique")]
    assert not Lesson.objects.visible_to(AnonymousUser()).exists()
    publishing.publish_lesson(lesson=lesson, by=curator, at=NOW)
    assert letters() == [("directora", "Se publicó una lección de su proyecto")]
    assert Lesson.objects.visible_to(AnonymousUser()).exists()
    publishing.unpublish_lesson(lesson=lesson, by=curator, at=NOW)
    assert not Lesson.objects.visible_to(AnonymousUser()).exists()
    publishing.publish_lesson(lesson=lesson, by=curator, at=NOW)
    publishing.withdraw_agreement(lesson=lesson, by=director, at=NOW)
    assert not Lesson.objects.visible_to(AnonymousUser()).exists()
    publishing.agree_to_publication(lesson=lesson, by=director, at=NOW)
    assert not Lesson.objects.visible_to(
        AnonymousUser()
    ).exists()  # agreeing again publishes nothing


def test_another_lesson_takes_its_place_and_gives_it_back(project, director):
    lesson = factories.lesson(project, "Una", state="validated")
    draft, after = (
        factories.lesson(project, "Borrador"),
        factories.lesson(project, state="validated"),
    )
    for one in (lesson, draft):
        with pytest.raises(Invalid) as refused:
            publishing.supersede_lesson(lesson=lesson, superseded_by=one, by=director, at=NOW)
        assert refused.value.place == "superseded_by"
    publishing.supersede_lesson(lesson=lesson, superseded_by=after, by=director, at=NOW)
    assert state_of(lesson) == "superseded"
    with pytest.raises(Conflict):  # it stands in the place of another
        validating.unvalidate_lesson(lesson=after, by=director, at=NOW)
    with pytest.raises(Invalid):  # no circle: what is superseded takes nobody's place
        publishing.supersede_lesson(lesson=after, superseded_by=lesson, by=director, at=NOW)
    publishing.reinstate_lesson(lesson=lesson, by=director, at=NOW)
    assert state_of(lesson) == "validated"


def test_a_project_applies_what_another_one_learned(project, other, director):
    coordinator = factories.user("coordinadora", role=Role.COORDINATOR, scope="N:RED-91")
    factories.network("RED-91", other)
    lesson = factories.lesson(project, state="validated")
    said = {"lesson": lesson, "text": "La aplicamos en dos redes", "result": "helped", "at": NOW}
    for wrong, place in (
        ({"project": project, "by": director}, "project"),
        ({"project": other, "by": coordinator, "text": "sí"}, "text"),
        ({"project": other, "by": coordinator, "text": "a" * 601}, "text"),
        ({"project": other, "by": coordinator, "result": "maybe"}, "result"),
    ):
        with pytest.raises(Invalid) as refused:
            apply_lesson(**{**said, **wrong})
        assert refused.value.place == place
    with pytest.raises(Forbidden):
        apply_lesson(**said, project=other, by=director)
    row = apply_lesson(**said, project=other, by=coordinator)
    assert letters() == [("directora", "Otro proyecto aplicó una lección del suyo")]
    with pytest.raises(Conflict):
        apply_lesson(**said, project=other, by=coordinator)
    with pytest.raises(Conflict):  # somebody leans on it
        validating.unvalidate_lesson(lesson=lesson, by=director, at=NOW)
    withdraw_application(application=row, by=coordinator, at=NOW)
    with pytest.raises(Conflict):
        withdraw_application(application=row, by=coordinator, at=NOW)
    assert apply_lesson(**said, project=other, by=coordinator).pk != row.pk


def test_a_draft_is_neither_confirmed_nor_applied(project, other):
    lesson = factories.lesson(project)
    with pytest.raises(Conflict):
        validating.confirm_lesson(lesson=lesson, project=other, **DOING)
    with pytest.raises(Conflict):
        apply_lesson(
            lesson=lesson, project=other, text="La aplicamos aquí", result="helped", **DOING
        )
