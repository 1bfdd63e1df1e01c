"""Yes or no is chosen, by one key or from a menu, in the sheet as in its panel; numbers in forms look
as in the sheet.
"""

import pytest

from monitoring.catalogue import draft_rows, drafts
from monitoring.models import Entry, Variable
from tests import factories
from tests.acting.record import added
from tests.browser.test_entry import (
    ADDRESS,
    SHEET,
    A,
    B,
    cell,
    chromium,
    enter,
    held,
    paste,
    playwright,
    served,
    settled,
)

__all__ = ["chromium", "enter"]
BY = {"by": factories.PROCESS, "at": factories.moment("2004-07-01")}
NAME = "Exporta con certificado"


def asks_yes_or_no():
    """A version of the catalogue in which the sheet asks one more thing of a firm."""
    about = added() | {"name_es": NAME, "value_type": "boolean", "decimals": 0, "theme": "sales"}
    about |= {"minimum": 0, "maximum": 1}
    drafts.start_draft(**BY)
    draft_rows.add_row(table=Variable, code="certified", **about, **BY)
    drafts.publish_draft(number=2, reason="Se acordó en la junta", **BY)


@pytest.fixture
def site(committed, live_server):
    return served(live_server, asks_yes_or_no)


@pytest.fixture
def sheet(site, enter):
    page = enter(site.director)
    page.goto(f"{site.url}{SHEET}?tab=sales")
    page.wait_for_selector("table.is-live")
    return page


def said(page):
    return page.locator("#sheet-said").inner_text()


def test_one_key_answers_and_the_answer_is_said(sheet):
    td = cell(sheet, A + "certified")
    td.click()
    assert td.get_attribute("aria-haspopup") == "menu"
    for key, value, word in (("s", 1, "sí"), ("n", 0, "no"), ("1", 1, "sí"), ("0", 0, "no")):
        sheet.keyboard.press(key)
        assert (sheet.locator("td.c-edit").count(), td.inner_text().split()[-1]) == (0, word)
        assert said(sheet) == f"{NAME}, {sheet_name(td)}: {word}"
        playwright.expect(sheet.locator("td.c-saving")).to_have_count(0)
        assert held("certified") == value
    sheet.keyboard.press("x")
    assert sheet.locator("td.c-edit").count() == 0
    sheet.keyboard.press("Delete")
    playwright.expect(sheet.locator("td.c-saving")).to_have_count(0)
    assert held("certified") is None


def sheet_name(td):
    return td.evaluate("td => td.parentNode.dataset.name")


def test_the_space_bar_opens_the_choices(sheet):
    td = cell(sheet, A + "certified")
    td.click()
    menu = sheet.locator(".answers")
    for opens in ("Space", "F2", "Alt+ArrowDown"):
        sheet.keyboard.press(opens)
        playwright.expect(menu).to_be_visible()
        sheet.keyboard.press("Escape")
        playwright.expect(menu).to_be_hidden()
        assert td.evaluate("td => td === document.activeElement")
    sheet.keyboard.press("Space")
    sheet.keyboard.press("ArrowDown")
    sheet.keyboard.press("Enter")
    settled(sheet)
    assert held("certified") == 0
    sheet.keyboard.press("Space")
    checked = menu.locator("[aria-checked=true]")
    assert (checked.count(), checked.get_attribute("data-answer")) == (1, "0")
    assert checked.evaluate("item => item === document.activeElement")
    sheet.keyboard.press("ArrowDown")
    sheet.keyboard.press("Enter")
    playwright.expect(sheet.locator("td.c-saving")).to_have_count(0)
    assert held("certified") == "not_collected"
    cell(sheet, A + "sales").click()
    sheet.keyboard.press("n")  # elsewhere it opens the reasons
    playwright.expect(sheet.locator(".reasons:not(.answers)")).to_be_visible()


@pytest.mark.parametrize("words", ["sí\nno", "Yes\nNão", "si\u0301\nna\u0303o"])
def test_words_are_pasted(sheet, words):
    cell(sheet, A + "certified").click()
    first, second = words.split("\n")
    paste(sheet, first)
    cell(sheet, B + "certified").click()
    paste(sheet, second)
    settled(sheet)
    assert [held("certified"), held("certified", "F:FIRMBBBBB")] == [1, 0]


def test_the_panel_offers_the_choice(sheet):
    cell(sheet, A + "certified").click()
    yes = sheet.locator("#cell-panel input[type=radio][value='1']")
    yes.check()
    settled(sheet)
    assert held("certified") == 1
    playwright.expect(sheet.locator("#cell-panel td b").first).to_have_text("sí")
    playwright.expect(yes).to_be_checked()
    playwright.expect(yes).to_be_focused()
    sheet.keyboard.press("ArrowDown")
    playwright.expect(sheet.locator("#cell-panel td b").first).to_have_text("no")
    assert held("certified") == 0


def test_numbers_of_a_form_look_as_in_the_sheet(site, enter):
    page = enter(site.director)
    page.goto(site.url + ADDRESS + "units/F:FIRMAAAAA/")
    field = page.locator("[name='value-regular-sales']")
    field.fill("588400,5")
    page.keyboard.press("Tab")
    mark = page.locator("[id='F:FIRMAAAAA|regular|sales'] .unit-mark")
    playwright.expect(mark).not_to_be_empty()
    playwright.expect(field).to_have_value("588.400,5")
    page.locator(
        "[name='value-regular-exports']"
    ).focus()  # what changed around it comes when she has left
    help_text = page.locator("#id_value-regular-sales_helptext")
    playwright.expect(help_text).to_contain_text("Línea de base: 100.000 (+488 %)")
    field.focus()
    playwright.expect(field).to_have_value("588400,5")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")  # over what is there
    page.keyboard.type("7654321,5")
    page.keyboard.press("Tab")
    playwright.expect(field).to_have_value("7.654.321,5")
    with page.expect_navigation():  # the form sends what is typed, not what is shown
        field.evaluate("field => field.form.requestSubmit()")
    assert page.locator(".say-bad").count() == 0
    playwright.expect(field).to_have_value("7.654.321,5")
    row = Entry.objects.get(subject="F:FIRMAAAAA", kind="regular", variable__code="sales")
    assert str(row.value) == "7654321.50"
