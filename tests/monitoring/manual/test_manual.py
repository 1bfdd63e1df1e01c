"""Everything of the catalogue stands in the Manual, on the pages and on paper, in each language; each
version keeps its own; drafts are for the administration.
"""

import html
import re
import unicodedata

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.test import Client
from django.utils import translation

from monitoring.analysis.figures import FLAGS, MEASURES, REASONS
from monitoring.analysis.rules import RULES
from monitoring.catalogue import drafts
from monitoring.choices import (
    Door,
    Frequency,
    Level,
    MembershipState,
    Missing,
    NarrativeTheme,
    ReturnReason,
    Source,
    Status,
    TargetState,
)
from monitoring.manual import pdf, prose
from monitoring.manual.blocks import Heading, Table
from monitoring.manual.chapters import WRITTEN, chapters
from monitoring.manual.edition import Edition
from monitoring.manual.listing import condition
from monitoring.manual.lists import LOST, METHODS, PARTS
from monitoring.models import CatalogueVersion, Indicator
from monitoring.reports import text
from monitoring.sheet.checks import KINDS
from monitoring.sheet.display import REASONS as MISSING
from monitoring.submission.workflow import TRANSITIONS
from pip_network.people.access import Role
from tests import factories
from tests.factories import PROCESS, moment

pytestmark = pytest.mark.django_db
LANGUAGES = ("es", "pt", "en")
AT = moment("2005-01-15")


@pytest.fixture
def edition(db) -> Edition:
    return Edition(CatalogueVersion.objects.get(number=1))


def flat(words: object) -> str:
    """Without spaces, breaks and hyphens, as a line of paper may be broken anywhere."""
    composed = unicodedata.normalize("NFC", str(words))
    return re.sub(r"[\s\u200b\ufffe\u00ad\x02\x03-]", "", composed)


def expected(edition: Edition) -> list[str]:
    """What must stand in every Manual, in the active language."""
    words: list[object] = []
    for row in edition.variables:
        words += [row.name, row.code, row.definition]
    for row in edition.indicators:
        words += [row.name, row.code, row.definition]
    for row in edition.checks:
        words += [row.message, row.code, condition(row, edition)]
    for rule in RULES.values():
        words += [rule.title, rule.description, rule.formula, rule.name]
    words += [*MISSING.values(), *Missing.values]
    words += [text.reason(code) for code in REASONS] + list(REASONS)
    words += [text.missing(code) for code in LOST]
    words += [text.measure(code) for code in MEASURES] + [text.flag(code) for code in FLAGS]
    words += [text.method(code) for code in METHODS]
    words += [step.label for step in TRANSITIONS]
    lists = (Status, Door, Frequency, Level, MembershipState, NarrativeTheme, ReturnReason)
    words += [one.label for each in (*lists, Source, TargetState) for one in each]
    return [*map(str, words), *KINDS]


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    return {}


def paper_of(edition: Edition, language: str, papers: dict[str, bytes]) -> bytes:
    """Set once for all tests of this module: it is the same each time."""
    if language not in papers:
        with translation.override(language):
            papers[language] = pdf.render(edition)
    return papers[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_on_the_pages(language, edition):
    client = Client()
    client.cookies["pip_language"] = language
    with translation.override(language):
        pages = [client.get(f"/manual/{one.key}/") for one in chapters(edition)]
        wanted = expected(edition)
    assert {page.status_code for page in pages} == {200}
    shown = "".join(page.content.decode() for page in pages)
    told = flat(html.unescape(re.sub(r"<[^>]*>", "", shown)))
    assert [words for words in wanted if flat(words) not in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_on_paper(language, edition, papers):
    document = pypdfium2.PdfDocument(paper_of(edition, language, papers))
    told = flat("".join(page.get_textpage().get_text_bounded() for page in document))
    # The foot and head of a page may stand inside a text that goes on: whole words, then, by word.
    with translation.override(language):
        wanted = expected(edition)
    missing = [words for words in wanted if flat(words) not in told]
    assert [word for words in missing for word in words.split() if flat(word) not in told] == []
    assert len(missing) < 12
    assert pdfium.FPDFCatalog_IsTagged(document) == 1


def test_the_paper_has_contents_numbers_and_heads(edition, papers):
    document = pypdfium2.PdfDocument(paper_of(edition, "es", papers))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 40
    assert [page for page in document if tuple(map(round, page.get_size())) != (595, 842)] == []
    for number, words in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in words
    assert [n for n, words in enumerate(pages[1:], 2) if "Catálogo, versión 1" not in words] == []
    assert [n for n, words in enumerate(pages, 1) if "Una reconstrucción" not in words] == []
    entries = [mark.get_title() for mark in document.get_toc() if mark.level == 0]
    assert len(entries) == len(WRITTEN)


def test_the_same_version_gives_the_same_bytes(edition, papers):
    with translation.override("es"):
        assert pdf.render(Edition(edition.version)) == paper_of(edition, "es", papers)


def test_the_paper_is_kept_and_another_version_has_its_own(client, edition):
    first = client.get("/manual/manual-es.pdf")
    assert first["Content-Type"] == "application/pdf"
    assert client.get("/manual/manual-es.pdf").content == first.content
    with translation.override("es"):
        stamp = pdf.stamp(edition)
        edition.indicators[0].name_es = "Otra cosa"
        assert pdf.stamp(edition) != stamp
    assert client.get("/manual/manual-xx.pdf").status_code == 404


@pytest.mark.parametrize("key", WRITTEN)
def test_the_three_languages_say_the_same_things(key):
    shapes = [
        [
            (type(one).__name__, one.anchor if isinstance(one, Heading) else "")
            + ((len(one.rows),) if isinstance(one, Table) else ())
            if not isinstance(one, str)
            else one
            for one in prose.written(language, key)[2]
        ]
        for language in LANGUAGES
    ]
    marks = [re.findall(r"\{[^#}]+\}", prose.source(language, key)) for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]
    assert marks[0] == marks[1] == marks[2]


def test_every_part_that_is_made_has_its_place():
    named = {one for key in WRITTEN for one in prose.written("es", key)[2] if isinstance(one, str)}
    assert named == set(PARTS)


def test_each_anchor_is_there_once(client, edition):
    for one in chapters(edition):
        page = client.get(f"/manual/{one.key}/").content.decode()
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        anchors = set(re.findall(r'href="#([^"]+)"', page))
        assert anchors <= set(ids)


def test_a_chapter_leads_to_the_ones_beside_it(client, edition):
    every = chapters(edition)
    first = client.get(f"/manual/{every[0].key}/").content.decode()
    assert f'rel="next" href="/manual/{every[1].key}/"' in first
    assert 'rel="prev"' not in first
    last = client.get(f"/manual/{every[-1].key}/").content.decode()
    assert f'rel="prev" href="/manual/{every[-2].key}/"' in last
    assert 'rel="next"' not in last
    assert client.get("/manual/nothing/").status_code == 404


def test_an_older_version_keeps_its_manual(client, admin_of_catalogue):
    drafts.start_draft(note="Otra", by=PROCESS, at=AT)
    row = Indicator.objects.filter(catalogue=2).order_by("position").first()
    Indicator.objects.filter(pk=row.pk).update(name_es="Nombre de la versión dos")
    CatalogueVersion.objects.filter(number=2).update(status="published", published_on=AT.date())
    page = f"/manual/indicators/{row.theme}/"
    assert "Nombre de la versión dos" in client.get(page).content.decode()
    old = client.get(f"{page}?catalogue=1").content.decode()
    assert "Nombre de la versión dos" not in old
    assert "Este es el Manual de la versión 1 del catálogo." in old
    assert "?catalogue=1" in old


def test_a_draft_is_for_the_administration_alone(client, admin_of_catalogue):
    drafts.start_draft(note="Otra", by=PROCESS, at=AT)
    address = "/manual/?catalogue=2"
    assert client.get(address).status_code == 404
    client.force_login(admin_of_catalogue)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Solo la administración ve este Manual." in answer.content.decode()


@pytest.mark.parametrize("asked", ["9", "0", "x", "1x", "-1", "99999999999999999999", "\u0661"])
def test_a_version_that_is_not_there_is_not_found(client, asked):
    assert client.get("/manual/", {"catalogue": "1"}).status_code == 200
    assert client.get("/manual/", {"catalogue": asked}).status_code == 404


@pytest.fixture
def admin_of_catalogue(db):
    return factories.user(role=Role.ADMINISTRATION)


ROWS = {  # of indicators or variables on the page
    "indicators/sales": 3,
    "indicators/association": 7,
    "variables/network": 20,
    "variables/firm": 23,
    "about": 0,
}


@pytest.mark.parametrize(("key", "rows"), ROWS.items())
def test_a_page_asks_the_same_however_many_rows_it_has(
    key, rows, client, edition, django_assert_num_queries
):
    content = next(one for one in chapters(edition) if one.key == key).make()
    codes = {row.code for row in (*edition.variables, *edition.indicators)}
    assert len([one for one in content.sections if one.anchor in codes]) == rows
    with django_assert_num_queries(QUERIES[key.partition("/")[0]]):
        client.get(f"/manual/{key}/")


QUERIES = {"indicators": 4, "variables": 5, "about": 4}


def test_the_contents_ask_the_same(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/manual/")


def test_the_work_that_it_reconstructs_leads_to_it(client):
    manual, other = factories.work("K3"), factories.work("K4")
    type(manual).objects.filter(pk=manual.pk).update(product=3)
    link = 'href="/manual/"'
    pages = [client.get(one.get_absolute_url()).content.decode() for one in (manual, other)]
    assert [page.partition("<main")[2].count(link) for page in pages] == [1, 0]


def test_definitions_help_and_the_map_lead_to_it(client, edition):
    row, variable = edition.indicators[0], edition.variables[0]
    leads = {
        f"/indicators/{row.code}/": f"/manual/indicators/{row.theme}/#{row.code}",
        f"/indicators/variables/{variable.code}/": f"/manual/variables/firm/#{variable.code}",
        "/indicators/": "/manual/",
        "/help/": "/manual/",
    }
    for page, address in leads.items():
        assert f'href="{address}"' in client.get(page).content.decode()
    listed = client.get("/sitemap.xml").content.decode()
    for one in chapters(edition):
        assert f"/manual/{one.key}/</loc>" in listed
