"""Every search box: words in any columns of a row, marks around them, and one answer in the
site's search, in the lists and in the administration.
"""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from knowledge.works.authors import Named
from pip_network.administration.site import site
from pip_network.people.access import Role
from pip_network.web.text import words_of
from tests import factories

pytestmark = pytest.mark.django_db
MARKS = ["-", "¿", "...", "« »", "%", "_"]


@pytest.fixture
def reader(client):
    """Somebody who sees every list, and the administration."""
    person = factories.user("admin", role=Role.ADMINISTRATION, language="es")
    person.name = "Ana Quiroga"
    person.save()
    client.force_login(person)
    return client


@pytest.fixture
def registry():
    project = factories.project("PIP-01", typology_label="Redes de café")
    network = factories.network("N1", project, place="Río Turbio", name="Red del Valle")
    factories.network("N2", project, place="Otro lado", name="Red de Arriba")
    factories.firm("FIRM1", network, name="Panadería Unión")
    factories.firm("FIRM2", name="Molino Sur")
    for number, year in (("001", 1999), ("002", 2004)):
        factories.work(
            number,
            f"Obra {number}",
            authors=(Named("author", "Vásquez", "J."),),
            year=year,
            year_text=str(year),
        )


LISTS = {
    "works": ("/library/", "/admin/knowledge/work/"),
    "firms": ("/firms/", "/admin/projects/firm/"),
    "networks": ("/networks/", "/admin/projects/network/"),
    "projects": ("/projects/", "/admin/projects/project/"),
    "institutions": ("/institutions/", "/admin/pip_network/institution/"),
    "people": ("/people/", "/admin/pip_network/user/"),
}


def count_of(reader, address: str, words: str) -> int:
    page = reader.get(f"{address}?q={quote(words)}")
    assert page.status_code == 200, address
    context = page.context
    if "cl" in context:
        return context["cl"].result_count
    return context["count"] if "count" in context else context["page"].paginator.count


def said(reader, kind: str, words: str) -> int:
    """What the search of the whole portal says of one kind."""
    page = reader.get(reverse("search"), {"q": words})
    return {group.kind: group.count for group in page.context["groups"]}.get(kind, 0)


@pytest.mark.parametrize(
    ("kind", "words", "count"),
    [
        ("works", "vasquez 2004", 1),
        ("works", "2004 Vásquez obra", 1),
        ("works", "vasquez 2003", 0),
        ("firms", "union turbio", 1),
        ("firms", "Unión, Río Turbio (argentina)", 1),
        ("firms", "union lado", 0),
        ("firms", "molino turbio", 0),
        ("networks", "valle turbio", 1),
        ("networks", "arriba turbio", 0),
        ("projects", "cafe ejecutora argentina", 1),
        ("projects", "cafe ejecutora brasil", 0),
        ("institutions", "agencia ejecutora", 1),
        ("people", "quiroga admin@example.org", 1),
        ("people", "quiroga nadie@example.org", 0),
    ],
)
def test_words_are_found_in_several_columns_alike_everywhere(reader, registry, kind, words, count):
    page, room = LISTS[kind]
    found = (said(reader, kind, words), *(count_of(reader, place, words) for place in (page, room)))
    assert found == (count, count, count)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_alone_is_looked_for_as_it_stands(reader, registry, mark):
    for kind, (page, room) in LISTS.items():
        assert said(reader, kind, mark) == 0  # which asks for a word
        if kind != "works":  # the library has an index of words: a mark narrows nothing
            assert count_of(reader, page, mark) == count_of(reader, room, mark), kind
    assert count_of(reader, "/projects/", mark) == (mark == "-")  # of PIP-01


def test_marks_around_a_word_are_no_part_of_it():
    assert words_of("¿«Vásquez», (2004)? - PIP-01 a@b.c") == ["vasquez", "2004", "pip-01", "a@b.c"]


def test_no_room_of_the_administration_takes_a_mark_for_a_wildcard(reader, registry):
    for model, room in site._registry.items():
        if room.search_fields:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            assert count_of(reader, address, "%_%") == 0, address


def test_a_firm_is_not_found_by_a_network_that_the_reader_does_not_see(client):
    """Else a list would tell, word by word, where else a firm is."""
    own, other = factories.project("PIP-01"), factories.project("PIP-02")
    mine = factories.network("N1", own, place="Aquí")
    theirs = factories.network("N2", other, place="Allá")
    factories.firm("FIRM1", mine, theirs, name="Unión")
    client.force_login(factories.user("dir", role=Role.DIRECTOR, scope="P:PIP-01"))
    assert count_of(client, "/firms/", "union aqui") == said(client, "firms", "union aqui") == 1
    assert count_of(client, "/firms/", "union alla") == said(client, "firms", "union alla") == 0
    assert not re.search("All[áa]", client.get("/firms/?q=union").content.decode())
