"""Lessons on pages of other rooms, each with what connects it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from knowledge.lessons import panels
from knowledge.lessons import panels_of_monitoring as beside
from monitoring.models import FigureDefinition, Indicator
from tests import factories

AT = factories.moment("2006-03-01")
MARKETS, CREDIT = Indicator(code="C01", theme="markets"), Indicator(code="D01", theme="credit")
EVERYBODY = {"state": "validated", "agreed_at": AT, "published_at": AT}


@pytest.fixture
def request_of_visitor(rf: RequestFactory):
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def project(db):
    return factories.project("PIP-90")


def defined(indicator: str, project: str, key: str, *, grouped: bool = False) -> dict:
    what = {
        "indicator": indicator,
        "scope": {} if grouped else {"projects": [project]},
        "group": {"project": project} if grouped else {},
    }
    FigureDefinition.objects.create(id=key, definition=what)
    return what


def titles(context) -> list[str]:
    return [lesson.title for lesson, _why in context["lessons"]] if context else []


def test_of_a_theme_what_is_public_and_not_superseded(request_of_visitor, project):
    factories.lesson(project, "Abierta", **EVERYBODY)
    factories.lesson(project, "De la red", state="validated")
    factories.lesson(project, "Borrador")
    assert titles(beside.of_indicator(request_of_visitor, MARKETS)) == ["Abierta"]
    assert beside.of_indicator(request_of_visitor, CREDIT) is None


def test_more_of_them_are_in_the_list(request_of_visitor, project):
    for number in range(7):
        factories.lesson(project, f"Lección {number}", **EVERYBODY)
    shown = beside.of_indicator(request_of_visitor, MARKETS)
    assert (len(shown["lessons"]), shown["asked"]) == (6, "theme=markets")


def test_of_one_figure_of_an_indicator(request_of_visitor, project):
    one, other = (factories.lesson(project, title, **EVERYBODY) for title in ("Una", "Otra"))
    for lesson, key, of in ((one, "a" * 16, "PIP-90"), (other, "b" * 16, "PIP-91")):
        defined("E02", of, key)
        lesson.evidence.create(figure_id=key, cited_value="1", added_at=AT)
    grouped = defined("E02", "PIP-90", "c" * 16, grouped=True)  # asked otherwise, about the same
    assert titles(panels.lessons_of_figure(request_of_visitor, grouped)) == ["Una"]
    whole = {"indicator": "E02", "scope": {}, "group": {}}
    assert panels.lessons_of_figure(request_of_visitor, whole) is None
