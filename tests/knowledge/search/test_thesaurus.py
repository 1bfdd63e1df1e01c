"""Other terms of what was typed, in its language and in the others."""

import csv
from xml.etree import ElementTree as ET

import pytest

from knowledge.models import Concept
from knowledge.search import thesaurus
from knowledge.search.answers import Answer
from knowledge.search.questions import read
from pip_network.choices import Theme
from pip_network.folding.words import keys_of
from tests import factories
from tests.markup import folded

from .texts import PUBLIC, answer, codes, found, put, work

pytestmark = pytest.mark.django_db
ROWS = list(csv.DictReader(thesaurus.FILE.read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def _concepts(standing):
    thesaurus.load_thesaurus()


@pytest.fixture
def works(_concepts, db):
    put(
        work("ES", "Redes empresariales en Chile", year=2001),
        work("EN", "Business networks at work", language="en", year=2003),
        work("LOOSE", "Networks of the business schools", language="en", year=2006),
        work("PT", "Relatório", pages=["uma rede de cooperação entre firmas"], language="pt"),
        work("HIDDEN", "A business network", audience=["i:7"], language="en"),
        work("NONE", "Otra cosa"),
    )


def literal(typed: str, **chosen: str) -> Answer:
    return Answer(read(typed), PUBLIC, chosen, expand=False)


def test_a_concept_finds_its_terms_after_the_literal_hits(works):
    assert codes("red empresarial") == ["ES", "PT", "EN"]
    assert literal("red empresarial").total == 1
    assert answer("red empresarial").total == 3


def test_terms_of_several_words_stand_together(works):
    assert "LOOSE" not in codes("redes empresariales")
    assert "LOOSE" in codes("business networks")  # as typed, words may stand apart


def test_other_sorts_mix_them(works):
    assert codes("red empresarial", sort="year") == ["PT", "EN", "ES"]


def test_what_is_found_besides_is_counted_in_facets(works):
    counts = {
        value: count for value, _label, count in answer("red empresarial").choices("language")
    }
    assert counts == {"es": 1, "pt": 1, "en": 1}
    assert codes("red empresarial", language="en") == ["EN"]


def test_what_a_reader_may_not_see_is_found_by_no_term(works):
    assert "HIDDEN" not in found("redes empresariales")
    assert "HIDDEN" in found("redes empresariales", {"public", "i:7"})


@pytest.mark.parametrize(
    "typed",
    ['"redes empresariales"', "titulo:redes titulo:empresariales", "redes empresarial*"],
)
def test_phrases_fields_and_prefixes_name_no_concept(typed, works):
    assert answer(typed).concepts == []
    assert codes(typed) == ["ES"]


def test_what_is_left_out_is_left_out_as_typed(works):
    assert codes("redes empresariales -chile") == ["PT", "EN"]
    assert "EN" in codes("-redes")


def test_the_rest_of_a_question_must_occur_too(works):
    assert codes("redes empresariales firmas") == ["PT"]


def test_the_longest_name_counts():
    thesaurus.load_thesaurus()
    asked = answer("evaluación de impacto")
    assert [len(concept.terms) for concept in asked.concepts] == [2]
    assert "impact evaluation" in [label.text for label in asked.concepts[0].labels]


def test_a_change_of_a_concept_is_asked_by_the_next_question(works):
    put(work("NEW", "Trampantojo"))
    assert codes("redes empresariales")[-1] != "NEW"
    concept = Concept.objects.get(code="business-network")
    concept.synonyms_es += "; trampantojo"
    concept.save()
    assert "NEW" in codes("redes empresariales")


def test_the_page_says_what_else_it_asks_and_leaves_it_out(client, _concepts):  # noqa: PT019
    factories.work("X1", "Redes empresariales")
    factories.work("X2", "Business networks", language="en")
    page = folded(client.get("/library/", {"q": "redes empresariales"}).content.decode())
    assert "2 obras" in page
    assert 'También:<span lang="pt">rede empresarial</span>' in page or "business network" in page
    assert "<mark>Business</mark> <mark>networks</mark>" in page
    assert 'href="?q=redes+empresariales&amp;expand=0"' in page
    page = folded(
        client.get("/library/", {"q": "redes empresariales", "expand": "0"}).content.decode()
    )
    assert "1 obra" in page
    assert '<input type="hidden" name="expand" value="0">' in page


def test_the_file_is_whole():
    assert 150 <= len(ROWS) <= 250
    assert len({row["code"] for row in ROWS}) == len(ROWS)
    assert {row["theme"] for row in ROWS} == set(Theme.values)
    for row in ROWS:
        assert all(keys_of(row[language]) for language in ("es", "pt", "en")), row["code"]


def test_concepts_are_loaded_once():
    Concept.objects.all().delete()
    assert thesaurus.load_thesaurus() == len(ROWS)
    Concept.objects.filter(code="trust").update(es="corregido a mano")
    assert thesaurus.load_thesaurus() == 0
    assert Concept.objects.get(code="trust").es == "corregido a mano"


def test_others_read_it_as_skos(client, _concepts):  # noqa: PT019
    Concept.objects.create(code="odd", es="<b>&", pt="á", en="x", synonyms_es="uno; dos")
    response = client.get("/library/thesaurus.rdf")
    assert response["Content-Type"] == "application/rdf+xml"
    root = ET.fromstring(response.content)  # noqa: S314 -- our own
    names = {"skos": "http://www.w3.org/2004/02/skos/core#"}
    concepts = root.findall("skos:Concept", names)
    assert len(concepts) == len(ROWS) + 1
    odd = next(one for one in concepts if str(list(one.attrib.values())[0]).endswith("#odd"))
    assert [element.text for element in odd.findall("skos:altLabel", names)] == ["uno", "dos"]
    assert odd.findall("skos:prefLabel", names)[0].text == "<b>&"
