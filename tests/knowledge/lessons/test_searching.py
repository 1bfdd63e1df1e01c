"""Lessons are found by their words in any form, in the list and by the portal's search box."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from knowledge.lessons.searching import with_words
from knowledge.models import Lesson
from tests import factories


@pytest.fixture
def lesson(db):
    project = factories.project("PIP-90")
    return factories.lesson(
        project, title="Gestión de las compras", state="validated", agreed_at=NOW, published_at=NOW
    )


NOW = factories.moment("2006-03-01")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("gestión", True),
        ("GESTIONES", True),
        ("compra gestion", True),
        ("compr", True),
        ("gestión ventas", False),
        ("", True),
    ],
)
def test_words_in_any_form(lesson, text, there):
    assert list(with_words(Lesson.objects.visible_to(AnonymousUser()), text)) == [lesson] * there


def test_the_list_and_the_search_box_find_the_same(client, lesson):
    for text in ("gestiones", "compras"):
        listed = client.get(reverse("lessons"), {"q": text}).content.decode()
        searched = client.get(reverse("search"), {"q": text}).content.decode()
        assert [lesson.get_absolute_url() in page for page in (listed, searched)] == [True, True]
    other = client.get(reverse("search"), {"q": "ventas"}).content.decode()
    assert lesson.get_absolute_url() not in other


def test_a_list_says_when_it_shows_words_that_only_begin_so(client, lesson):
    said = "Nada tiene estas palabras completas"
    for text, fell_back in (("comp", True), ("compras", False), ("zzzz", False), ("", False)):
        page = client.get(reverse("lessons"), {"q": text})
        assert (said in page.content.decode()) == fell_back, text
