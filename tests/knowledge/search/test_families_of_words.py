"""Words of the same family, proposed where little is found."""

import pytest

from knowledge.search import families
from knowledge.search.questions import read
from pip_network.people.access import Role
from tests import factories
from tests.markup import folded

from .texts import answer, put, work

pytestmark = pytest.mark.django_db


def proposed(typed: str, keys: set[str] | None = None, **chosen: str) -> dict[str, int]:
    asked = answer(typed, keys, **chosen) if keys else answer(typed, **chosen)
    return {proposal.text: proposal.works for proposal in families.family(asked)}


@pytest.fixture
def works(db):
    put(
        work("A", "Evaluar redes en Chile", type=["book"]),
        work("B", "Evaluadores y redes"),
        work("C", "Avaliar juntos", language="pt"),
        work("D", "Training of trainers", language="en"),
        work("E", "Evaluación de redes"),
    )


def test_other_words_of_one_root_are_proposed_with_what_they_find(works):
    assert proposed("evaluación") == {"evaluar": 1, "evaluadores": 1}
    assert proposed("avaliação") == {"avaliar": 1}
    assert proposed("trained") == {"training": 1}


def test_the_rest_of_the_question_stays(works):
    assert proposed("evaluación redes -chile") == {"evaluadores redes -chile": 1}


def test_they_are_counted_with_the_facets_that_are_chosen(works):
    assert proposed("evaluación", type="book") == {"evaluar": 1}


def test_where_enough_is_found_nothing_is_proposed(works):
    put(*(work(f"F{number}", "Evaluación") for number in range(2)))
    assert answer("evaluación").total == 3
    assert proposed("evaluación") == {}


def test_a_word_of_a_work_that_the_reader_may_not_see_is_not_proposed(works):
    put(work("H", "Evaluatividad", audience=["i:7"]))
    assert "evaluatividad" not in proposed("evaluación")
    put(work("G", "Capacitar", audience=["i:7"]))
    assert proposed("capacitación") == {}
    assert proposed("capacitación", {"public", "i:7"}) == {"capacitar": 1}


@pytest.mark.parametrize(
    "typed", ["", "-", "red", "evalu*", '"evaluación de redes"', "a" * 300, "ñ"]
)
def test_what_has_no_family_asks_for_none(works, typed):
    assert proposed(typed) == {}


def test_a_root_is_of_four_letters_at_least():
    [term] = read("ida").terms
    assert families.relatives(term) == []


def test_the_page_shows_them(client, db):
    factories.work("X1", "Cómo evaluar redes")
    page = folded(client.get("/library/", {"q": "evaluación"}).content.decode())
    assert "Palabras de la misma familia:" in page
    assert '<a href="?q=evaluar" rel="nofollow">evaluar</a>(1)' in page


def test_words_of_hidden_works_are_shown_to_who_sees_them_alone(client, db):
    factories.work("X1", "Cómo evaluar redes", access="restricted")
    assert "evaluar" not in client.get("/library/", {"q": "evaluación"}).content.decode()
    client.force_login(factories.user("curadora", role=Role.ADMINISTRATION))
    assert "evaluar" in client.get("/library/", {"q": "evaluación"}).content.decode()
