"""Real projects with their sources: each row of the file once, in three languages, with its mark,
and no figure of ours.
"""

import csv
import html
import re
from collections import Counter
from pathlib import Path

import pytest

from projects import documented
from tests import factories
from tests.projects.views.reading import page_of

FILE = Path(documented.__file__).parent / "data" / "documented_projects.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
LANGUAGES = ("es", "pt", "en")
CSS = {"stated": "or-pub", "likely": "or-rec", "not_stated": "or-none"}
SECTION = re.compile(r'<section class="sec case" id="([^"]*)">(.*?)</section>', re.S)
MARKS = re.compile(r'<span class="or (or-\w+)">([^<]*)</span>')


def sections(client, language: str) -> dict[str, str]:
    client.cookies["pip_language"] = language
    found = SECTION.findall(page_of(client, "/projects/documented/"))
    assert [key for key, _text in found] == [row["key"] for row in ROWS]
    return {key: html.unescape(text) for key, text in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_stands_once_with_what_the_file_says(db, client, language):
    shown = sections(client, language)
    for row in ROWS:
        text = shown[row["key"]]
        for column in (
            f"facts_{language}",
            f"stated_{language}",
            f"executor_note_{language}",
            "name",
            "executor",
            "number",
        ):
            assert row[column] in text, (row["key"], column)
        for part in row["sources"].split("|"):
            number, _space, url = part.partition(" ")
            assert f"[{number}]" in text
            assert not url or f'<a href="{url.strip()}" rel="noopener nofollow">' in text
        assert re.findall(r'class="note-s">\[(S\d+)\]', text) == [
            part.split(" ")[0] for part in row["sources"].split("|")
        ]


def test_marks_tell_three_things_apart_and_are_counted(db, client):
    page = page_of(client, "/projects/documented/")
    head = page[
        page.index('<ul class="facts">') : page.index("</ul>", page.index('<ul class="facts">'))
    ]
    counted = re.findall(r'<span class="or (or-\w+)">([^<]*)</span> <b>(\d+)</b>', head)
    told = Counter(row["stated"] for row in ROWS)
    assert [(css, number) for css, _words, number in counted] == [
        ("or-pub", str(told["stated"])),
        ("or-rec", str(told["likely"])),
        ("or-none", str(told["not_stated"])),
    ]
    assert len({words for _css, words, _number in counted}) == 3
    words = {mark: word for mark, word, _number in counted}
    for row, text in zip(ROWS, sections(client, "es").values(), strict=True):
        assert MARKS.findall(text) == [(CSS[row["stated"]], words[CSS[row["stated"]]])]


def test_every_row_has_its_words_in_three_languages():
    for row in ROWS:
        for what in ("facts", "stated"):
            assert len({row[f"{what}_{language}"] for language in LANGUAGES}) == 3, (
                row["key"],
                what,
            )
        assert {bool(row[f"executor_note_{language}"]) for language in LANGUAGES} in (
            {True},
            {False},
        )
        assert row["stated"] in CSS
        assert row["sources"]


def test_no_figure_of_the_portal_stands_beside_them(client, world):
    """The page is the same to the letter with a record of approved figures and without."""

    def plain(text: str) -> str:
        body = text[text.index("<main") : text.index("</main>")]
        return re.sub(r'<a href="/countries/\w\w/">([^<]*)</a>', r"\1", body)

    before = plain(page_of(client, "/projects/documented/"))
    world.approved("2004-S1")
    after = plain(page_of(client, "/projects/documented/"))
    assert after == before
    assert "/figures/" not in after
    assert "/indicators/" not in after


def test_countries_of_the_registry_are_links_and_lead_back(db, client):
    factories.country("CO", "COP")
    text = sections(client, "es")
    assert 'href="/countries/co/"' in text["colombia-jewellery"]
    assert "/countries/" not in text["jamaica-micro"]
    assert 'href="/projects/documented/#colombia-jewellery"' in page_of(client, "/countries/co/")


def test_none_of_them_is_in_the_registry_or_its_lists(db, client):
    factories.project("PIP-01")
    for address in ("/projects/", "/api/v1/projects"):
        page = html.unescape(client.get(address).content.decode())
        assert [row["name"] for row in ROWS if row["name"] and row["name"] in page] == []
