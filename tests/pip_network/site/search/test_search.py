"""One question over everything that a person may see, and nothing of what she may not."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.search.thesaurus import load_thesaurus
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


@pytest.mark.parametrize(
    "words", ["%", "_", "***", '""', "   ", "' OR 1=1 --", "\\", "\0", "\u202e"]
)
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
    assert (
        "Se buscaron solo las primeras ocho palabras y los primeros 100 caracteres"
        in response.content.decode()
    )
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


@pytest.fixture
def rooms(world):
    """One thing of each room of the registry whose text has the word in some form."""
    world.project.name, world.project.summary = "Gestión de pymes", "Un proyecto"
    world.project.save()
    factories.network("N9", factories.project("P9"), name="Red de gestiones")
    world.a.name = "Gestiones y Cía"
    world.a.save()
    Institution.objects.create(
        slug="g", name="Centro de Gestión", relation="related", origin="stated", iso2="BR"
    )
    factories.work("W1", "Gestiones")
    return world


FORMS = ["gestión", "gestion", "GESTIÓN", "gestiones", "GESTIONES", "«gestión»", "la gestión"]


@pytest.mark.parametrize("words", FORMS)
def test_every_form_of_a_word_finds_one_and_the_same(rooms, words):
    browser = Client()
    browser.force_login(rooms.administrator)
    page = ask(browser, words).content.decode()
    # a network answers by the name of its project too
    assert groups(page) == {"projects": 1, "networks": 3, "works": 1, "institutions": 1, "firms": 1}
    for room in ("projects", "networks", "institutions", "firms"):
        found = browser.get(f"/{room}/", {"q": words, "export": "csv"}).content.decode()
        assert len(found.strip().splitlines()) == 1 + groups(page)[room], room


def test_words_are_not_letters(client, world):
    project("P1", "Crédito y reducción")
    assert groups(ask(client, "red").content.decode()).get("projects") is None
    project("P2", "Redes")
    assert titles(ask(client, "red").content.decode())[0] == "Redes"
    assert groups(ask(client, "red").content.decode())["projects"] == 1


def test_words_that_nothing_has_whole_are_taken_for_beginnings_and_the_page_says_so(client, world):
    project("P1", "Carpinteros")
    page = ask(client, "carpint").content.decode()
    assert titles(page) == ["Carpinteros"]
    assert "Nada contiene estas palabras completas" in page
    assert "<mark>Carpint</mark>eros" in page
    assert "Nada contiene" not in ask(client, "carpintero").content.decode()
    assert groups(ask(client, "ca").content.decode()) == {}  # two letters begin too much
    assert "Carpinteros" in client.get("/projects/?q=carpint").content.decode()


def test_what_writes_the_word_just_so_comes_first(client, world):
    for code, name in (("P1", "A: el ano"), ("P2", "B: el año"), ("P3", "C: los años")):
        project(code, name)
    of_projects = [titles(ask(client, words).content.decode())[:3] for words in ("año", "ano")]
    assert of_projects[0] == ["B: el año", "A: el ano", "C: los años"]
    assert of_projects[1] == ["A: el ano", "B: el año", "C: los años"]
    assert titles(ask(client, "años").content.decode())[0] == "C: los años"


@pytest.mark.parametrize("words", ["Brasil", "Brazil", "BRASIL", "brazil"])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_a_country_is_found_by_its_name_in_any_language(client, world, words, language):
    brazil = factories.country("BR", "BRL")
    factories.network("N9", factories.project("P9", countries=[brazil]), country=brazil)
    Institution.objects.create(
        slug="b", name="Centro", relation="related", origin="stated", iso2="BR"
    )
    client.cookies["pip_language"] = language
    found = groups(ask(client, words).content.decode())
    found.pop("documented")  # real ones, of a file
    assert found == {"projects": 1, "networks": 1, "countries": 1, "institutions": 1}


@pytest.fixture
def chains(world, db):
    load_thesaurus()
    project("P1", "Cadenas de valor del cuero")
    project("P2", "Value chains in leather")
    project("P3", "A chain of shops, value added")
    factories.network("N9", world.project, name="Cadeia de valor da moda")
    return world


def test_a_concept_finds_its_terms_in_other_languages_after_what_was_typed(client, chains):
    page = ask(client, "cadena de valor").content.decode()
    assert groups(page) == {"projects": 2, "networks": 1, "documented": 1}
    assert titles(page)[:2] == ["Cadenas de valor del cuero", "Value chains in leather"]
    assert "También" in page
    assert '<span lang="en">value chain</span>' in folded(page)
    assert "<mark>Value</mark> <mark>chains</mark> in leather" in folded(page)
    only = ask(client, "cadena de valor", expand="0").content.decode()
    assert groups(only) == {"projects": 1}
    assert '<input type="hidden" name="expand" value="0">' in folded(only)


def test_the_rest_of_a_question_that_names_a_concept_must_occur_too(client, chains):
    assert titles(ask(client, "cadena de valor leather").content.decode()) == [
        "Value chains in leather"
    ]


def test_other_terms_find_nothing_that_the_reader_may_not_see(chains):
    chains.a.name = "Value Chain Works"
    chains.a.save()
    stranger = Client()
    assert "firms" not in groups(ask(stranger, "cadena de valor").content.decode())
    browser = Client()
    browser.force_login(chains.director)
    assert groups(ask(browser, "cadena de valor").content.decode())["firms"] == 1


def test_all_that_other_terms_find_are_shown_on_this_page(client, chains):
    for number in range(11):
        project(f"V{number:02}", f"Value chain {number:02}")
    page = ask(client, "cadena de valor").content.decode()
    assert groups(page)["projects"] == 13
    assert 'href="/search/?q=cadena+de+valor&amp;in=projects"' in page
    alone = ask(client, "cadena de valor", **{"in": "projects"}).content.decode()
    assert len(titles(alone)) == 13


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_other_terms_are_asked_in_the_same_questions(chains, django_assert_num_queries, rows):
    for number in range(rows):
        project(f"Q-{number:02}", f"Value chain {number}")
    browser = Client()
    browser.force_login(chains.administrator)
    browser.get("/search/?q=cadena+de+valor")
    with django_assert_num_queries(QUERIES):
        browser.get("/search/?q=cadena+de+valor")


@pytest.mark.parametrize("words", ["a" * 99, "😀", "\u202egestion", "a\u0300" * 40, "' OR ''='"])
def test_odd_words_get_an_answer(client, rooms, words):
    assert ask(client, words).status_code == 200


def test_more_words_than_are_searched_are_told(client, rooms):
    assert "primeras ocho palabras" in ask(client, "gestión " * 9).content.decode()
    assert "primeras ocho palabras" not in ask(client, "gestión " * 8).content.decode()


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({"q": "cadena valor"}, "/library/?q=cadena+valor"),
        ({"q": "cadena valor", "expand": "0"}, "/library/?q=cadena+valor&expand=0"),
        ({"q": "cade valo"}, "/library/?q=cade%2A+valo%2A"),
    ],
)
def test_the_library_behind_a_search_has_as_many_works_as_the_search_said(
    client, db, asked, address
):
    load_thesaurus()
    for number in range(11):
        factories.work(f"W{number:02}", f"Cadena de valor {number}")
        factories.work(f"V{number:02}", f"Value chain {number}", language="en")
    page = client.get("/search/", asked).content.decode()
    assert f'href="{address.replace("&", "&amp;")}"' in page
    assert client.get(address).context["answer"].total == groups(page)["works"]
