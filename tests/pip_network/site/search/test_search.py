"""One question over everything that a person may see, and nothing of what she may not."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from pip_network.models import Institution, User
from pip_network.people.access import Role
from pip_network.site import search
from projects.models import ProjectFamily
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db


def groups(page: str) -> dict[str, int]:
    found = re.findall(r'<a href="#([a-z]+)"><span>[^<]*</span><span>([\d.]+)</span>', folded(page))
    return {kind: int(count.replace(".", "")) for kind, count in found}


def ask(client, words: str, **more):
    return client.get("/search/", {"q": words, **more})


def project(code: str, name: str):
    row = factories.project(code)
    row.name = name
    row.save()
    return row


def titles(page: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>", "", hit).strip()
        for hit in re.findall(r'<li class="hit"><h3>(.*?)</h3>', folded(page))
    ]


@pytest.fixture
def named(world):
    world.project.name, world.project.summary = "Muebles de Córdoba", "Madera"
    world.project.save()
    world.n1.name = "Carpinteros del Norte"
    world.n1.save()
    world.a.name = "Aserradero Quebrado"
    world.a.save()
    return world


def test_accents_capitals_and_the_order_of_words_do_not_matter(client, named):
    for words in ("Muebles Córdoba", "cordoba muebles", "CÓRDOBA", "  muebles   cordoba "):
        assert titles(ask(client, words).content.decode())[0] == "Muebles de Córdoba"
    assert groups(ask(client, "cordoba sillas").content.decode()) == {}


def test_the_exact_code_comes_first_then_what_begins_so_then_the_rest(client, world):
    for code, name in (
        ("P1", "Otro X9"),
        ("X9", "Zeta"),
        ("P2", "X9 primero"),
        ("P3", "Algo de X9"),
    ):
        project(code, name)
    assert titles(ask(client, "x9").content.decode()) == [
        "Zeta",
        "X9 primero",
        "Algo de X9",
        "Otro X9",
    ]


def test_words_are_marked_and_what_was_typed_is_escaped(client, named):
    page = ask(client, "<b>muebles</b>").content.decode()
    assert "<b>muebles" not in page
    assert "&lt;b&gt;muebles&lt;/b&gt;" in page
    page = ask(client, "muebles").content.decode()
    assert "<mark>Muebles</mark> de Córdoba" in page


@pytest.mark.parametrize(
    "words", ['"muebles"', "*muebles*", "(muebles)", "muebles?", "«muebles»", "+muebles"]
)
def test_operators_are_no_words(client, named, words):
    assert titles(ask(client, words).content.decode())[0] == "Muebles de Córdoba"


@pytest.mark.parametrize("words", ["%", "_", "***", '""', "   ", "' OR 1=1 --", "\\"])
def test_signs_alone_find_nothing_and_say_so(client, named, words):
    response = ask(client, words)
    assert (response.status_code, groups(response.content.decode())) == (200, {})


def test_an_empty_question_tells_what_to_try(client, world):
    page = client.get("/search/").content.decode()
    assert "Qué probar" in page
    assert groups(page) == {}


def test_ten_thousand_characters_get_one_clear_answer(client, named):
    response = ask(client, "muebles " + "z" * 10_000)
    assert response.status_code == 200
    assert "Se buscaron solo los primeros 100 caracteres" in response.content.decode()
    assert len(response.content) < 60_000
    response = ask(client, "muebles" + " " * 10_000)
    assert titles(response.content.decode())[0] == "Muebles de Córdoba"


def test_firms_only_for_those_who_may_see_their_names(client, named):
    words = "aserradero quebrado"
    stranger = factories.user("extrana", role=Role.DIRECTOR, scope="P:PIP-99")
    institution = factories.user("socia", role=Role.INSTITUTION)
    factories.project("PIP-99")
    for person in (None, stranger, institution):
        browser = Client()
        if person:
            browser.force_login(person)
        page = ask(browser, words).content.decode()
        assert groups(page) == {}
        assert page.count("Aserradero") == 0
    for person in (named.director, named.coordinator, named.specialist, named.administrator):
        browser = Client()
        browser.force_login(person)
        assert groups(ask(browser, words).content.decode()) == {"firms": 1}


def test_a_coordinator_finds_only_firms_of_her_network(named):
    named.c.name = "Aserradero Ajeno"
    named.c.save()
    browser = Client()
    browser.force_login(named.coordinator)
    assert titles(ask(browser, "aserradero").content.decode()) == ["Aserradero Quebrado"]


def test_asking_for_a_hidden_kind_alone_says_what_asking_for_nothing_special_says(client, named):
    hidden = ask(client, "aserradero", **{"in": "firms"}).content.decode()
    unknown = ask(client, "aserradero", **{"in": "nothing"}).content.decode()
    assert plain(hidden) == plain(unknown)
    assert groups(hidden) == {}


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_people_only_for_the_administration(client, named):
    assert groups(ask(client, "directora@example.org").content.decode()) == {}
    browser = Client()
    browser.force_login(named.director)
    assert groups(ask(browser, "directora@example.org").content.decode()) == {}
    browser = Client()
    browser.force_login(named.administrator)
    assert groups(ask(browser, "directora@example.org").content.decode()) == {"people": 1}


def test_archived_things_are_not_found(client, named):
    assert groups(ask(client, "carpinteros").content.decode()) == {"networks": 1}
    named.n1.archived_at = factories.moment("2006-01-01")
    named.n1.save()
    assert groups(ask(client, "carpinteros").content.decode()) == {}


OUTSIDE = "Competitividad local: fuera de los diecinueve proyectos del programa"


@pytest.fixture
def successor(world):
    """A project of another family, with a network."""
    row = project("LOC-01", "Colmena de Ladera")
    row.family = ProjectFamily.objects.create(
        code="local",
        name_es="Competitividad local",
        name_en="Local competitiveness",
        name_pt="Competitividade local",
    )
    row.save()
    one = factories.network("LOC-01-1", row)
    one.name = "Mesa de Ladera"
    one.save()
    return row


def test_projects_of_another_family_are_found_and_marked_as_outside_the_programme(
    client, successor
):
    page = ask(client, "ladera").content.decode()
    assert groups(page) == {"projects": 1, "networks": 1}
    assert titles(page) == ["Colmena de Ladera", "Mesa de Ladera"]
    assert page.count(OUTSIDE) == 2
    successor.family_id = (
        "pip"  # the same project in the programme: found, and nothing is said of it
    )
    successor.save()
    page = ask(client, "ladera").content.decode()
    assert groups(page) == {"projects": 1, "networks": 1}
    assert page.count(OUTSIDE) == 0


def test_the_list_behind_a_search_has_as_many_rows_as_the_search_said(client, successor):
    for number in range(11):
        project(f"PIP-{number + 50}", f"Colmena {number}")
    page = ask(client, "colmena").content.decode()
    assert groups(page)["projects"] == 12
    address = re.search(r'href="(/projects/\?q=colmena[^"]*)"', page).group(1).replace("&amp;", "&")
    assert client.get(address + "&export=csv").content.decode().count("Colmena") == 12


def test_names_are_found_in_the_three_languages(client, world):
    factories.country("BR", "BRL")
    for words in ("brasil", "brazil"):
        assert groups(ask(client, words).content.decode())["countries"] == 1
    assert groups(ask(client, "supplier chains").content.decode())["typologies"] == 1
    assert groups(ask(client, "cadeias").content.decode())["typologies"] == 1


def test_ten_of_a_kind_and_the_way_to_all_of_them(client, world):
    for number in range(13):
        row = factories.network(f"R{number:02}", world.project)
        row.name = f"Colmena {number:02}"
        row.save()
    page = ask(client, "colmena").content.decode()
    assert groups(page) == {"networks": 13}
    assert len(titles(page)) == 10
    assert 'href="/networks/?q=colmena&amp;family=all"' in page
    assert "Colmena 12" in client.get("/networks/?q=colmena&family=all").content.decode()
    alone = ask(client, "colmena", **{"in": "networks"}).content.decode()
    assert len(titles(alone)) == 13


def test_every_hit_leads_somewhere(client, named):
    browser = Client()
    browser.force_login(named.administrator)
    for words in (
        "muebles",
        "carpinteros",
        "ventas",
        "argentina",
        "cluster",
        "ejecutora",
        "directora",
        "aserradero",
    ):
        page = ask(browser, words).content.decode()
        addresses = re.findall(r'<li class="hit"><h3><a href="([^"]+)"', folded(page))
        assert addresses, words
        assert {browser.get(address).status_code for address in addresses} == {200}, words


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_same_few_questions_whatever_there_is(world, django_assert_num_queries, rows):
    for number in range(rows):
        project(f"Q-{number:02}", f"Ventas {number}")
        Institution.objects.create(
            slug=f"v-{number}", name=f"Ventas {number}", relation="related", origin="stated"
        )
        User.objects.create_user(f"v{number}@example.org", name=f"Ventas {number}")
    browser = Client()
    browser.force_login(world.administrator)
    browser.get("/search/?q=ventas")
    with django_assert_num_queries(QUERIES):
        browser.get("/search/?q=ventas")


QUERIES = 18


def test_the_table_of_sources_names_each_kind_once():
    kinds = [source.kind for source in search.SOURCES]
    assert len(kinds) == len(set(kinds))
    assert {source.list_url for source in search.SOURCES if source.list_url} >= {
        "projects",
        "networks",
        "library",
    }
    assert reverse("search") == "/search/"
