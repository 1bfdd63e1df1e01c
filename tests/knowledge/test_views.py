import re
from collections import Counter

import pytest

from knowledge.models import Work
from knowledge.templatetags.library import highlight
from knowledge.works.authors import Named
from pip_network.people.access import Role
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db
ANA = Named("author", "Dini", "A.")


def numbers(response) -> list[str]:
    return re.findall(r'<h3><a href="/library/([^/]+)/"', folded(response.content.decode()))


def test_the_seven_products_come_first(client, reference):
    found = numbers(client.get("/library/"))
    assert found[:7] == ["K1", "K2", "K3", "K4", "K5", "K6", "K7"]
    assert len(found) == 20


@pytest.mark.parametrize("asked", ["lecciones desafios", "LECCIONES desafíos", "angelelli logros"])
def test_search_in_titles_and_authors_forgives_accents(client, reference, asked):
    assert numbers(client.get("/library/", {"q": asked})) == ["L16"]


def test_facets_count_what_they_would_leave(client, reference):
    response = client.get("/library/", {"language": "pt"})
    facets = {facet["name"]: facet["choices"] for facet in response.context["facets"]}
    languages = {code: count for code, _label, count in facets["language"]}
    read = Counter(one for work in Work.objects.with_parts() for one in work.languages)
    assert languages == read
    assert response.context["page"].paginator.count == read["pt"]
    assert sum(count for _key, _label, count in facets["period"]) == languages["pt"]


def test_filters_stay_in_the_address(client, reference):
    page = client.get("/library/", {"language": "en"}).content.decode()
    assert 'href="?language=en&amp;page=2"' in page
    assert 'href="?language=en&amp;sort=title"' in page
    assert '<input type="hidden" name="language" value="en">' in page


@pytest.mark.parametrize("sort", ["", "title", "year", "nonsense"])
def test_order_is_total_and_nonsense_is_the_usual_one(client, reference, sort):
    assert numbers(client.get("/library/", {"sort": sort})) == numbers(
        client.get("/library/", {"sort": sort})
    )


@pytest.mark.parametrize(
    "nonsense", [{"period": "x"}, {"page": "x"}, {"language": "'"}, {"period": "2004-x"}], ids=str
)
def test_nonsense_in_the_address_never_fails(client, reference, nonsense):
    assert client.get("/library/", nonsense).status_code == 200


@pytest.mark.parametrize("size", [1, 3, 60])
def test_library_asks_the_same_number_of_questions(client, django_assert_num_queries, size):
    for number in range(size):
        factories.work(
            f"L{number}", f"Obra {number}", type="book", countries=("AR",), authors=(ANA,)
        )
    with django_assert_num_queries(7):
        client.get("/library/")


def test_title_keeps_its_own_language(client, reference):
    assert '<h1 lang="en">MIF Evaluation' in client.get("/library/L05/").content.decode()
    assert '<h1 lang="es">Sistema común de monitoreo' in client.get("/library/K3/").content.decode()


def test_marked_words_are_escaped():
    assert highlight("<b>Lección</b>", "leccion") == "&lt;b&gt;<mark>Lección</mark>&lt;/b&gt;"


def test_the_chips_of_an_answer_are_the_languages_that_the_filter_counts(client):
    factories.work("K1", "Redes", title_pt="Redes", translation_status_pt="title")
    page = client.get("/library/").content.decode()
    assert '<span class="chip">Español</span>' in page
    assert '<span class="chip">Portugués</span>' not in page


def test_the_administration_names_its_columns_and_says_how_terms_are_parted(client):
    factories.work("K1", "Redes")
    client.force_login(factories.user("administradora", role=Role.ADMINISTRATION))
    page = client.get("/admin/knowledge/work/").content.decode()
    assert re.search(r'class="[^"]*column-title[^"]*">\s*<div class="text"><span>Título<', page)
    page = client.get("/admin/knowledge/concept/add/").content.decode()
    assert page.count("Cómo se llama también, entre puntos y coma.") == 3


def test_what_narrows_the_list_is_said_and_nothing_is_offered_where_nothing_is_left(client):
    factories.work("K1", "Redes", type="book")
    page = folded(client.get("/library/", {"type": "book"}).content.decode())
    assert "Filtrar: Libro o capítulo" in page
    assert 'aria-label="Filtros"' in page
    assert "Ordenar:" in page
    page = folded(client.get("/library/", {"q": "nada"}).content.decode())
    assert 'aria-label="Filtros"' not in page
    assert "Ordenar:" not in page
