"""The Manual in a browser: every chapter fits the screen, and axe finds nothing."""

import pytest
from django.utils import translation

from monitoring.manual.chapters import chapters
from monitoring.manual.edition import Edition
from monitoring.models import CatalogueVersion
from tests import factories
from tests.browser.walking import chromium, walk

__all__ = ["chromium", "walk"]


def choose(reader, language: str) -> None:
    """As the cookie of a visitor does that chose it."""
    cookie = {"name": "pip_language", "value": language, "url": reader.site}
    reader.page.context.add_cookies([cookie])


@pytest.mark.parametrize(("language", "width"), [("es", 360), ("pt", 1440), ("en", 360)])
def test_every_chapter_is_accessible(walk, committed, language, width):
    factories.catalogue()
    reader = walk(language=language, width=width)
    choose(reader, language)
    with translation.override(language):
        every = chapters(Edition(CatalogueVersion.objects.get(number=1)))
    assert reader.open("/manual/") == 200
    for one in every:
        assert reader.open(f"/manual/{one.key}/") == 200


def test_the_manual_is_read_from_chapter_to_chapter(walk, committed):
    factories.catalogue()
    reader = walk(language="en")
    choose(reader, "en")
    reader.open("/manual/")
    reader.press(reader.link("What this Manual is"))
    assert reader.here().endswith("/manual/about/")
    reader.press(reader.page.locator("a[rel=next]"))
    assert reader.here().endswith("/manual/logic/")
