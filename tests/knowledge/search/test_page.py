"""The page of the library: what a reader sees of an answer."""

import re

import pytest
from django.utils import translation

from knowledge.models import File, Page
from knowledge.search.index import index_work
from pip_network.models import Stored
from pip_network.people.access import Role
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db
PAGES = [f"Página {number} de relleno." for number in range(1, 14)]
PAGES.append("Aquí la <b>tarabilla</b> económica\x02social\ncanta en el río más año tras año.")


def with_pages(work, *texts: str, label: str = "", language: str = "es"):
    """Give `work` a file whose pages have been read."""
    stored = factories.stored() if hasattr(factories, "stored") else make_stored()
    expression = work.expressions.get(language=language)
    file = File.objects.create(expression=expression, stored=stored, text_state="text")
    Page.objects.bulk_create(
        Page(file=file, number=number, text=text, label=label)
        for number, text in enumerate(texts, 1)
    )
    index_work(work)
    return work


def make_stored() -> Stored:
    number = next(factories.NUMBERS)
    owner = factories.user("archivera")
    return Stored.objects.create(
        name=f"n{number}",
        sha256="0" * 64,
        size=1,
        kind="pdf",
        original_name="a.pdf",
        uploaded_by=owner,
        uploaded_at=factories.moment("2006-01-01"),
    )


@pytest.fixture
def document(db):
    return with_pages(factories.work("DOC", "Informe de campo", abstract_es="Un resumen."), *PAGES)


def text_of(response) -> str:
    return folded(response.content.decode())


def test_a_word_on_one_page_names_the_page_and_shows_its_own_words(client, document):
    page = text_of(client.get("/library/", {"q": "TARABILLAS"}))
    assert "&lt;b&gt;<mark>tarabilla</mark>&lt;/b&gt; económica-social canta en el río" in page
    assert "Por qué está aquí: p. 14" in page
    assert "1 obra" in page
    assert 'href="/library/DOC/es/p/14/?q=TARABILLAS"' in page
    assert "<mark>tarabilla</mark>" in text_of(client.get("/library/DOC/es/p/14/?q=TARABILLAS"))


def test_more_pages_are_counted(client, document):
    page = text_of(client.get("/library/", {"q": "relleno"}))
    assert "p. 1 y 12 más" in page


def test_what_is_no_page_is_not_called_one(client, db):
    with_pages(factories.work("DOC", "Informe"), "una tarabilla", label="slide")
    assert "diapositiva 1" in text_of(client.get("/library/", {"q": "tarabilla"}))


def test_titles_are_marked_and_escaped(client, db):
    factories.work("X1", 'Redes <script>alert("x")</script> y redes')
    page = text_of(client.get("/library/", {"q": "red"}))
    assert (
        "<mark>Redes</mark> &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; y <mark>redes</mark>"
        in page
    )
    assert "en el título" in page


def test_a_question_is_not_indexed_by_robots_and_asks_by_buttons(client, db):
    factories.work("X1", "Redes", type="book", countries=("BR",))
    page = text_of(client.get("/library/", {"q": "redes"}))
    assert '<meta name="robots" content="noindex">' in page
    assert re.search(r'<button type="submit" form="ask" name="country" value="BR" ?>', page)
    assert not re.search(r'href="\?[^"]*(country|type|theme|language)=', page)


def test_the_list_without_a_question_may_be_indexed(client, db):
    assert '<meta name="robots"' not in text_of(client.get("/library/"))


def test_a_chosen_facet_is_kept_by_the_box_and_given_up_by_a_button(client, db):
    factories.work("X1", "Redes", type="book")
    page = text_of(client.get("/library/", {"q": "redes", "type": "book"}))
    assert '<input type="hidden" name="type" value="book">' in page
    assert 'name="type" value="" >' in page or 'name="type" value="">' in page
    again = client.get("/library/?type=book&type=")
    assert again.context["answer"].chosen == {}


@pytest.mark.parametrize(
    ("language", "asked"), [("es", "brasil"), ("pt", "Brasil"), ("en", "brazil"), ("es", "BRAZIL")]
)
def test_countries_answer_in_the_three_languages(client, db, language, asked):
    factories.work("X1", "Redes", countries=("BR",))
    factories.work("X2", "Redes", countries=("AR",))
    client.cookies["pip_language"] = language
    assert [hit.work.code for hit in client.get("/library/", {"q": asked}).context["page"]] == [
        "X1"
    ]


def test_a_single_error_is_answered_with_what_was_meant(client, db):
    factories.work("X1", "Gestión de redes")
    page = text_of(client.get("/library/", {"q": "gestoin redes"}))
    assert '<a href="?q=gesti%C3%B3n+redes" rel="nofollow">gestión redes</a>(1)' in page


def test_words_of_hidden_works_are_proposed_to_nobody_else(client, db):
    factories.work("X1", "Zarzaparrilla", access="restricted")
    own = factories.user("curadora", role=Role.ADMINISTRATION)
    assert "zarzaparrilla" not in text_of(client.get("/library/", {"q": "zarzaparilla"})).lower()
    client.force_login(own)
    assert "zarzaparrilla" in text_of(client.get("/library/", {"q": "zarzaparilla"})).lower()


def test_nothing_found_says_which_word_to_leave_out(client, db):
    factories.work("X1", "Gestión de redes")
    page = text_of(client.get("/library/", {"q": "redes quimera"}))
    assert "Ninguna obra coincide con «redes quimera»" in page
    assert '<a href="?q=redes" rel="nofollow">Sin quimera: redes</a>(1)' in page


def test_what_is_not_read_is_said(client, db):
    factories.work("X1", "Gestión de redes")
    assert "primeras doce palabras" in text_of(client.get("/library/", {"q": "redes " * 20}))


ODD = [
    *(
        "-",
        '"',
        "*",
        "- * ( ) :",
        "¿¡ ...",
        "\0",
        "\0\0 \0",
        "\u202e",
        "😀",
        '""',
        "''",
        "--",
        "año:-",
    ),
]


@pytest.mark.parametrize("typed", ODD)
def test_signs_alone_are_answered_with_one_sentence_and_no_list(client, db, typed):
    factories.work("X1", "Gestión de redes")
    for language, sentence in (
        ("es", "Ahí no hay ninguna palabra"),
        ("pt", "Aí não há nenhuma palavra"),
        ("en", "There is no word in that"),
    ):
        client.cookies["pip_language"] = language
        response = client.get("/library/", {"q": typed})
        assert response.status_code == 200
        assert text_of(response).count(sentence) == 1
        assert response.context["answer"].total == 0
        assert response.context["meant"] == response.context["alone"] == []
    assert "X1" not in client.get("/library/feed/", {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["", " ", "\n"])
def test_nothing_typed_lists_everything(client, db, typed):
    factories.work("X1", "Gestión de redes")
    assert client.get("/library/", {"q": typed}).context["answer"].total == 1


HOSTILE = [
    *("redes\0", "\u202eredes", '"redes', 'redes"', "(redes", "redes 😀", "<b>redes</b>"),
    *("redes'; --", "redes OR", "redes " * 2_500, "redes " + "z" * 10_000, "redes\n\tx" * 9),
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_questions_get_one_clear_page(client, db, typed):
    factories.work("X1", "Gestión de redes")
    response = client.get("/library/", {"q": typed})
    page = text_of(response)
    assert response.status_code == 200
    assert "\0" not in page
    assert "\u202e" not in page
    assert "<b>redes" not in page
    told = "Solo se buscaron las primeras doce palabras y los primeros 300 caracteres"
    assert (told in page) == (len(typed) > 100)


def test_a_null_elsewhere_in_the_address_of_a_question_narrows_to_nothing(client, db):
    factories.work("X1", "Gestión de redes", type="book")
    assert client.get("/library/?q=redes&type=%00book&sort=%00&page=%00").status_code == 200
    assert client.get("/library/?type=%00").status_code == 200
    assert client.get("/library/%00/").status_code == 400


def test_an_index_that_is_late_shows_nobody_what_she_may_not_see(client, db):
    """The second lock: rows of the list come through `visible_to`."""
    work = factories.work("X1", "Redes")
    work.audience.all().delete()  # as if the index had not been told
    response = client.get("/library/", {"q": "redes"})
    assert list(response.context["page"]) == []


@pytest.mark.parametrize("size", [3, 7, 60])
def test_a_question_asks_the_database_the_same_number_of_times(
    client, django_assert_num_queries, size
):
    for number in range(size):
        with_pages(factories.work(f"X{number}", f"Redes {number}"), "redes que trabajan juntas")
    client.get("/library/")  # the shelf is read once
    with django_assert_num_queries(15):
        client.get("/library/", {"q": "redes juntas"})


def test_few_hits_ask_for_words_that_are_near(client, django_assert_num_queries, db):
    factories.work("X1", "Redes juntas")
    client.get("/library/")
    with django_assert_num_queries(16):
        client.get("/library/", {"q": "redes juntas"})


def test_titles_are_sorted_as_the_reader_is_shown_them(client, db):
    factories.work("X1", "Ábaco", language="es")
    factories.work("X2", "Zebra", language="es", title_en="Aardvark")
    for language, expected in (("es", ["X1", "X2"]), ("en", ["X2", "X1"])):
        client.cookies["pip_language"] = language
        with translation.override(language):
            page = client.get("/library/", {"sort": "title"}).context["page"]
        assert [hit.work.code for hit in page] == expected
