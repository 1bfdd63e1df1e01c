"""What every public page keeps: no inline style or script, our own origin only, light, in the
reader's language.
"""

import gzip
import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation

from tests import factories

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/projects/",
    "/projects/PIP-01/",
    "/networks/",
    "/networks/N1/",
    "/countries/",
    "/countries/ar/",
    "/institutions/",
    "/institutions/sebrae/",
    "/about/",
    "/figures/",
    "/contact/",
    "/accessibility/",
    "/privacy/",
    "/help/",
    "/help/director/",
    "/search/?q=sebrae",
    "/workshops/",
    "/workshops/san-jose-2006/",
    "/library/",
    "/library/K3/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/nothing-here/",
]


@pytest.fixture
def full(reference):
    factories.firm("FIRMAAAAA", factories.network("N1", factories.project("PIP-01", origin="demo")))


DATA = 'type="application/ld+json"'  # a block of data: nothing runs it
NAMES = re.compile(r'rel="(?:canonical|alternate|schema.DC)"')  # named, and not loaded


@pytest.mark.parametrize("page", PAGES)
def test_page_has_no_inline_style_or_script_and_asks_nobody_else(client, full, page):
    html = client.get(page).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|=\"data:", html)
    scripts = [tag for tag in re.findall(r"<script[^>]*>", html) if DATA not in tag]
    assert [tag for tag in scripts if "src=" not in tag] == []
    named = re.findall(r"<(?:link|script|img)[^>]+>", html)
    loaded = [
        re.search(r'(?:href|src)="([^"]+)"', tag).group(1)
        for tag in named
        if DATA not in tag and not NAMES.search(tag)
    ]
    assert [
        one for one in loaded if not one.startswith("/static/") and one != "/manifest.webmanifest"
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_first_visit_weighs_less_than_100_kb(client, full, page):
    html = client.get(page).content
    total, seen = len(gzip.compress(html)), set()
    todo = re.findall(r'"/static/([^"]+)"', html.decode())
    while todo:
        name = todo.pop()
        if name in seen or name.startswith("img/"):
            continue  # icons are asked for apart, and the card only by other sites
        seen.add(name)
        content = (settings.BASE_DIR / "static" / name).read_bytes()
        total += len(content) if name.endswith("woff2") else len(gzip.compress(content))
        todo += [
            f"fonts/{font}"
            for font in re.findall(rb'url\("\.\./fonts/([^"]+)"', content)
            for font in [font.decode()]
        ]
    assert {name for name in seen if name.endswith("woff2")}
    assert total < 100_000


@pytest.mark.parametrize("page", PAGES)
def test_one_font_is_preloaded(client, full, page):
    assert client.get(page).content.decode().count('rel="preload"') == 1


@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_title_and_marks_its_language(client, full, page):
    for language in ("es", "pt", "en"):
        client.cookies["pip_language"] = language
        html = client.get(page).content.decode()
        assert html.count("<h1") == 1
        assert f'<html lang="{language}">' in html


def test_strip_stands_wherever_there_is_demonstration_data_and_only_there(client, db):
    factories.project("PIP-01")
    assert 'class="strip"' not in client.get("/").content.decode()
    factories.project("PIP-02", origin="demo")
    assert 'class="strip"' in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_page_of_a_failure_needs_neither_request_nor_database(language):
    """The last resort: it is rendered without any context, and outside of what a request sets up."""
    handler = get_resolver().resolve_error_handler(500)
    with translation.override(language):
        response = handler(RequestFactory().get("/"))
    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.content.decode()


def test_a_form_without_its_token_is_refused_in_our_words(db):
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "pt"})
    assert response.status_code == 403
    assert 'class="mast"' in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/projects/%00/", "/networks/?q=%00", "/library/?type=%00x", "/countries/a%00/"]
)
def test_an_address_with_a_nul_is_refused_on_both_databases(client, db, address):
    assert client.get(address).status_code == 400
    assert client.get(address.replace("%00", "x")).status_code in (200, 404)
