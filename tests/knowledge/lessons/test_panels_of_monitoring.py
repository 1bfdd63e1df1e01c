"""Lessons where decisions are made: in review, beside an indicator, in a report; never a draft, and
never a figure that the reader may not open.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from knowledge.choices import LessonState
from knowledge.lessons import panels_of_monitoring as panels
from knowledge.models import Evidence, Lesson, LessonText, LessonTheme, LessonTypology
from monitoring.models import FigureDefinition, Indicator, Report, Submission
from monitoring.reports.parts import Part
from pip_network.people.access import Role
from tests import factories
from tests.factories import moment

NOW = moment("2006-03-01")


def lesson(title: str, project, theme: str = "credit", *, state=LessonState.VALIDATED, kind=""):
    made = Lesson.objects.create(
        project=project, voice=title, voice_language="es", state=state, written_at=NOW
    )
    LessonText.objects.create(
        lesson=made, language="es", original=True, title=title, changed_at=NOW
    )
    LessonTheme.objects.create(lesson=made, theme=theme)
    if kind:
        LessonTypology.objects.create(lesson=made, typology=kind)
    return made


def asked_by(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


@pytest.fixture
def project(db):
    return factories.project("PIP-90")


@pytest.fixture
def member(db):
    return factories.user("miembro", role=Role.INSTITUTION, scope=f"I:{factories.institution().pk}")


def section(*themes: str) -> Part:
    return Part(Report(), "", themes)


@pytest.mark.parametrize("role", [Role.INSTITUTION, Role.ADMINISTRATION])
@pytest.mark.parametrize("state", LessonState.values)
def test_a_section_shows_what_holds_of_its_themes(project, role, state):
    member = factories.user("alguien", role=role)
    if state == LessonState.SUPERSEDED:
        return
    made = lesson("Primero los compradores", project, state=state)
    lesson("De otro tema", project, "markets")
    found = panels.of_section(asked_by(member), section("credit"))
    assert (found and found["lessons"]) == (None if state == LessonState.DRAFT else [made])


def test_a_section_of_two_themes_shows_each_lesson_once(project, member):
    made = lesson("De ambos", project, "association")
    LessonTheme.objects.create(lesson=made, theme="institutions")
    found = panels.of_section(asked_by(member), section("association", "institutions"))
    assert found["lessons"] == [made]


@pytest.mark.parametrize("count", [1, 3, 9])
def test_all_sections_of_a_report_are_read_at_once(
    project, member, count, django_assert_num_queries
):
    for number in range(count):
        lesson(f"Lección {number}", project, ("credit", "markets", "sales")[number % 3])
    request = asked_by(member)
    panels.readable(request)  # what a person may read is kept with her
    with django_assert_num_queries(6):
        for theme in ("credit", "markets", "sales"):
            panels.of_section(request, section(theme))


def test_an_indicator_shows_what_names_its_figure_to_who_may_open_it(project, member):
    factories.catalogue()
    indicator = Indicator.objects.filter(theme="credit").first()
    made = lesson("De otro tema", project, "markets")
    figure = FigureDefinition.objects.create(
        id="0123456789abcdef",
        definition={
            "indicator": indicator.code,
            "audience": "staff",
            "scope": {"projects": ["PIP-90"]},
            "group": {},
            "measure": "main",
            "round": "2005-S2",
            "as_of": 1,
        },
    )
    Evidence.objects.create(lesson=made, figure=figure, added_at=NOW)
    director = factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")
    assert panels.of_indicator(asked_by(member), indicator) is None
    assert panels.of_indicator(asked_by(AnonymousUser()), indicator) is None
    rows = panels.of_indicator(asked_by(director), indicator)["lessons"]
    assert [(row, bool(why)) for row, why in rows] == [(made, True)]


def test_an_indicator_shows_the_lessons_of_its_theme(project, member):
    factories.catalogue()
    indicator = Indicator.objects.filter(theme="credit").first()
    made = lesson("Primero los compradores", project)
    rows = panels.of_indicator(asked_by(member), indicator)["lessons"]
    assert rows == [(made, "")]


def test_a_review_shows_lessons_of_the_project_and_of_the_same_kind_of_networks(project, member):
    network = factories.network("RED-90", project)
    other = factories.project("PIP-91")
    own = lesson("Propia", project)
    alike = lesson("Parecida", other, kind=network.typology)
    lesson("Ajena", other)
    submission = Submission(project=project)
    rows = panels.of_review(asked_by(member), submission)["lessons"]
    assert [(row, bool(why)) for row, why in rows] == [(own, False), (alike, True)]
