"""A person of an institution in the library, by keyboard alone: what she asks in Portuguese finds
what is in Spanish; she cites it, keeps it, asks to be told of more, and proposes a document.
"""

import hashlib
import re

import pytest
import rispy

from knowledge.models import ListItem, SavedSearch, Work
from knowledge.search.thesaurus import load_thesaurus
from pip_network.people.access import Role
from tests import factories
from tests.browser.walking import WIDTHS, chromium, playwright, walk
from tests.pip_network.files.stored import pdf

__all__ = ["chromium", "walk"]
TITLE = "Desarrollo de proveedores del mueble: tres años después"
DATA = pdf("O que aprendeu a rede")
FILE = {"name": "rede.pdf", "mimeType": "application/pdf", "buffer": DATA}


@pytest.fixture
def reader(committed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_thesaurus()
    facts = {"year": 2004, "publisher": "Editora Imaginada", "themes": (("association", False),)}
    factories.work("MUEBLES1", TITLE, authors=(), **facts)
    factories.work("OTRA0001", "Desarrollo de proveedores sin tema", year=2003)
    factories.work("OTRA0002", "Crédito a la pequeña empresa", year=2005)
    return factories.user("institucion", role=Role.INSTITUTION)


def titles(page) -> list[str]:
    return page.locator("main .rows h3").all_inner_texts()


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_question_in_portuguese_to_a_document_of_her_own(walk, reader, width):
    her = walk(reader, language="pt", width=width)
    page, keys = her.page, her.page.keyboard
    page.on("filechooser", lambda chooser: chooser.set_files(FILE))  # known long before the key

    # what exists in Spanish, by a term of Portuguese, then by topic
    her.open("/library/")
    her.tab_to(page.locator("#q"))
    keys.type("desenvolvimento de fornecedores")
    with page.expect_navigation():
        keys.press("Enter")
    her.look()
    playwright.expect(
        page.locator("main [lang=es]").get_by_text("desarrollo de proveedores", exact=True)
    ).to_be_visible()
    assert sorted(titles(page)) == [TITLE, "Desarrollo de proveedores sin tema"]
    if width == 360:
        her.tab_to(her.button("Filtrar"))
        keys.press("Enter")
    her.choose(page.locator("button[name=theme][value=association]"))
    assert titles(page) == [TITLE]
    found = page.url

    # the work, its citation, as words and as RIS
    her.choose(her.link(TITLE))
    assert her.here() == "/library/MUEBLES1/"
    assert [TITLE in text for text in page.locator("main section dd.break").all_inner_texts()] == [
        True,
        True,
    ]
    her.tab_to(her.link("RIS"))
    with page.expect_download() as taken:
        keys.press("Enter")
    (entry,) = rispy.loads(taken.value.path().read_text("utf-8-sig"))
    assert (entry["title"], entry["year"]) == (TITLE, "2004")

    # into a list of hers
    her.choose(her.button("Adicionar à minha lista"))
    assert ListItem.objects.get().work_id == "MUEBLES1"
    her.choose(her.link("Minhas leituras").first)
    assert titles(page) == [f"1. {TITLE}"]

    # what is new of the search, by letter
    her.open(found.removeprefix(her.site))
    her.choose(her.button("Avise-me das novidades"))
    assert SavedSearch.objects.get().person == reader
    her.open("/library/searches/")
    assert "desenvolvimento de fornecedores" in page.locator("main").inner_text()

    # a document of her own
    her.open("/library/")
    her.choose(her.link("Propor uma obra"))
    her.tab_to(page.locator("#id_title"))
    keys.type("O que aprendeu a rede do móvel")
    her.tab_to(page.locator("#id_original"))
    keys.type("Port")
    her.tab_to(page.locator("main input[type=file]"))
    keys.press("Enter")
    playwright.expect(page.locator(".upload [type=hidden]")).to_have_value(re.compile(".{36}"))
    her.choose(her.button("Propor a obra"))
    proposed = Work.objects.get(state="proposed")
    assert (proposed.proposed_by, proposed.original.title) == (
        reader,
        "O que aprendeu a rede do móvel",
    )
    assert proposed.original.language == "pt"
    (file,) = proposed.original.files.all()
    assert file.stored.sha256 == hashlib.sha256(DATA).hexdigest()
    assert proposed.original.title in page.locator("main").inner_text()
