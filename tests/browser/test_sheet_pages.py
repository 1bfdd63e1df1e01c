"""A sheet of two pages: a block that reaches below the first, and the keys that turn the page."""

import pytest

from monitoring.models import EntryChange
from projects.models import Network
from tests import factories
from tests.browser.test_entry import (  # the fixtures too
    chromium,
    enter,
    held,
    paste,
    playwright,
    served,
    settled,
)

__all__ = ["chromium", "enter"]

FIRST, LAST, BELOW = "F:FIRMAAAAA", "F:FX0047", "F:FX0050"  # of the first page; on the second


@pytest.fixture
def site(committed, live_server):
    def prepare():
        network = Network.objects.get(code="N1")
        for number in range(58):
            factories.firm(f"FX{number:04}", network)

    return served(live_server, prepare)


@pytest.fixture
def page(site, enter):
    page = enter(site.director)
    page.goto(f"{site.url}/monitoring/PIP-01/2004-S2/networks/N1/?tab=sales")
    page.wait_for_selector("table.is-live")
    return page


def test_a_block_goes_on_below_the_page_in_one_request(page):
    posts = []
    page.on("request", lambda one: posts.append(one) if one.url.endswith("/cells/") else None)
    regular = "tr[data-kind=regular]"
    page.locator(f"{regular} > :nth-child(3)").first.click()
    firms = page.locator(regular).count()
    paste(page, "\n".join(str(1000 + number) for number in range(firms + 5)))
    playwright.expect(page.locator("[data-group=saved]")).to_have_count(1)

    said = page.locator("#paste-said").inner_text()
    assert f"Guardadas: {firms + 5}" in said
    assert "Desde Empresa FIRMAAAAA hasta" in said
    assert len(posts) == 1
    changes = EntryChange.objects.filter(submission__round="2004-S2", subject__startswith="F:")
    assert changes.count() == firms + 5

    page.keyboard.press("Control+z")
    settled(page)
    playwright.expect(page.locator("td.c-saving")).to_have_count(0)
    page.wait_for_function("() => !Object.keys(localStorage).length")
    assert held("sales") is None
    assert held("sales", BELOW) is None


def test_the_keys_turn_the_page(page):
    page.locator("td[tabindex='0']").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Control+PageDown")
    page.wait_for_selector("table.is-live")
    assert "page=2" in page.url
    assert page.evaluate("document.activeElement.tagName") == "TD"
    page.keyboard.press("Control+PageDown")
    playwright.expect(page.locator("#sheet-said")).to_have_text("No hay más páginas.")
    with page.expect_navigation():
        page.keyboard.press("Alt+PageUp")
    assert "page=1" in page.url
