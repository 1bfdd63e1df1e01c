"""Citations on the page of a work."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as drawing

from knowledge.exchange.citations import citations
from knowledge.works.authors import Named
from tests import factories
from tests.markup import folded

from .items import items

BOOK = {
    "id": "K1",
    "type": "book",
    "title": "Redes",
    "editor": [{"family": "Dini", "given": "M."}, {"family": "Ceglie", "given": "G."}],
    "URL": "https://portal.example.org/library/K1/",
}
WRITTEN = {**BOOK, "author": [{"literal": "CEPAL"}]}


def cited(item, language="es"):
    return [one.text for one in citations(item, language)]


def test_editors_alone_stand_once_in_the_place_of_the_author():
    assert cited(BOOK) == [
        "Dini, M., &amp; Ceglie, G. (eds.). (s.\xa0f.). <i>Redes</i>. "
        "https://portal.example.org/library/K1/",
        "DINI, M. y CEGLIE, G. (eds.), [sin fecha]. <i>Redes</i> [en línea]. "
        "Disponible en: https://portal.example.org/library/K1/.",
    ]


def test_beside_an_author_they_stand_behind_the_title():
    assert cited(WRITTEN)[0] == (
        "CEPAL. (s.\xa0f.). <i>Redes</i> (M. Dini &amp; G. Ceglie, eds.). "
        "https://portal.example.org/library/K1/"
    )


@pytest.mark.parametrize(
    ("language", "no_date"), [("es", "(s.\xa0f.)"), ("pt", "(s.d.)"), ("en", "(n.d.)")]
)
def test_a_year_that_is_unknown_says_so(language, no_date):
    assert no_date in cited(BOOK, language)[0]
    assert "(2006)" in cited({**BOOK, "issued": {"date-parts": [[2006]]}}, language)[0]


def test_no_place_is_invented():
    assert "S.l." not in cited({**BOOK, "publisher": "FOMIN"})[1]
    assert "s.n." not in cited(BOOK)[1]


def test_markup_in_a_record_is_text():
    hostile = "<script>alert(1)</script> \ue000<b>\ue001 & \"'"
    item = {**WRITTEN, "title": hostile, "author": [{"literal": hostile}], "publisher": hostile}
    for text in cited(item):
        assert "&lt;script&gt;" in text
        assert text.replace("<i>", "").replace("</i>", "").count("<") == 0
        assert text.count("<i>") == text.count("</i>") == 1


@drawing(max_examples=25)
@given(items)
def test_any_work_is_cited_and_nothing_of_it_is_markup(item):
    for text in cited(item):
        assert text.replace("<i>", "").replace("</i>", "").count("<") == 0


@pytest.mark.parametrize(
    ("language", "title", "available"),
    [
        ("es", "Citar", "Disponible en: "),
        ("pt", "Citar", "Disponível em: "),
        ("en", "Cite", "Available from: "),
    ],
)
def test_the_page_of_a_work_says_how_it_is_cited(client, db, language, title, available):
    factories.work("K1", "Redes", authors=(Named("author", "Dini", "M."),), year=2006)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = folded(client.get("/library/K1/").content.decode())
    assert f">{title}</h2>" in page
    assert '<dd class="break">Dini, M. (2006). <i>Redes</i>. ' in page
    assert f"{available}{settings.PUBLIC_URL}/library/K1/" in page
    assert '<a href="/library/K1/cite/bibtex/" rel="nofollow">BibTeX</a>' in page
