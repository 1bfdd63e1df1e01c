"""Copying, pasting a block and walking the warnings of the sheet, in a real browser."""

import pytest

from monitoring.models import Entry
from projects.models import Firm
from tests.browser.test_entry import (  # the fixtures too
    A,
    B,
    cell,
    chromium,
    enter,
    held,
    open_sheet,
    paste,
    playwright,
    settled,
    site,
)

__all__ = ["chromium", "enter", "site"]


def copied(page):
    """What Ctrl+C in the chosen cell hands to another program."""
    return page.evaluate(
        """() => {
            const data = new DataTransfer();
            document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
            return data.getData('text/plain');
        }"""
    )


def test_the_number_itself_is_copied(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    page.keyboard.type("588400")
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    settled(page)
    assert cell(page, A + "sales").inner_text().endswith("588.400")
    for source, target in ((A + "sales", B + "sales"), (A + "exports", B + "exports")):
        cell(page, source).click()
        text = copied(page)
        cell(page, target).click()
        paste(page, text)
    settled(page)

    assert held("sales", "F:FIRMBBBBB") == 588400
    assert held("exports", "F:FIRMBBBBB") == held("exports") == "not_collected"


@pytest.mark.parametrize(
    ("meaning", "sales", "exports"), [("thousands", 1230, 4.5), ("decimals", 1.23, 4500)]
)
def test_a_pasted_block_asks_once_what_its_dots_mean(site, enter, meaning, sales, exports):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    paste(page, "1.230\t4,500\n2.500\t7")
    dialog = page.locator("#paste-ask")
    assert "1.230" in dialog.inner_text()
    assert held("sales") is None
    dialog.locator(f"[value={meaning}]").click()
    settled(page)

    assert (float(held("sales")), float(held("exports"))) == (sales, exports)
    assert page.locator("[data-group=saved] summary").inner_text() == "Guardadas: 4"


def test_whole_numbers_are_pasted_without_a_question(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "new_clients_local").click()
    paste(page, "1.230")
    settled(page)

    assert held("new_clients_local") == 1230


def test_a_question_left_open_pastes_nothing(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    paste(page, "1.230\t5")
    page.keyboard.press("Escape")
    page.locator("#paste-ask").wait_for(state="hidden")

    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.evaluate("document.activeElement.dataset.k") == "Ventas netas anuales"


def test_a_paste_ends_with_what_became_of_each_cell(site, enter):
    Firm.objects.filter(code="FIRMBBBBB").update(closed_on="2003-12-15", closing_reason="economic")
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    paste(page, "1000\tmuchas\n2000\t200\n3000\n4000")
    settled(page)

    said = page.locator("#paste-said")
    assert said.locator("[data-group=saved] summary").inner_text() == "Guardadas: 1"
    assert said.locator("[data-group=refused] li").all_inner_texts() == [
        "Empresa FIRMAAAAA: Exportaciones anuales (FOB) «muchas» no es un número."
    ]
    assert said.locator("[data-group=skipped] li").all_inner_texts() == [
        "Empresa FIRMBBBBB: Ventas netas anuales, Exportaciones anuales (FOB) (la empresa cerró)",
        "fila 3 de lo pegado: Ventas netas anuales (fuera de la hoja)",
        "fila 4 de lo pegado: Ventas netas anuales (fuera de la hoja)",
    ]
    said.locator("[data-group=refused] button").click()
    assert page.evaluate("document.activeElement.dataset.k") == "Exportaciones anuales (FOB)"


def explained(subject, variable="jobs"):
    return Entry.objects.get(subject=subject, variable__code=variable, kind="regular").explanation


def warned(page, site):
    """Both firms with a jump in employment that asks for a word."""
    open_sheet(page, site, "employment")
    cell(page, A + "jobs").click()
    paste(page, "80\n90")
    playwright.expect(page.locator("td.c-warn")).to_have_count(2)
    settled(page)


def test_warnings_one_after_the_other_by_key(site, enter):
    page = enter(site.director)
    warned(page, site)
    page.keyboard.press("Control+Home")
    for text in ("Un turno.", "Una planta."):
        page.keyboard.press("F8")
        page.keyboard.type(text)  # at once: nothing waits for the panel, and no cell is typed over
        page.keyboard.press("Control+Enter")
    playwright.expect(page.locator("td.c-told")).to_have_count(2)
    page.keyboard.press("F8")

    assert (explained("F:FIRMAAAAA"), explained("F:FIRMBBBBB")) == ("Un turno.", "Una planta.")
    assert (held("jobs"), held("jobs", "F:FIRMBBBBB")) == (80, 90)
    assert "espera explicación" in page.locator(".saves").inner_text()


def test_one_explanation_for_the_warnings_selected(site, enter):
    page = enter(site.director)
    warned(page, site)
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    page.locator("#cell-panel h2").wait_for()  # the panel came in between: the text goes on in it
    page.keyboard.type("Abrieron ")
    page.locator("#cell-panel [data-others] input").check()
    page.locator("#cell-why").press_sequentially("una planta.")
    page.keyboard.press("Control+Enter")
    playwright.expect(page.locator("td.c-told")).to_have_count(2)

    assert explained("F:FIRMAAAAA") == explained("F:FIRMBBBBB") == "Abrieron una planta."
    assert (held("jobs"), held("jobs", "F:FIRMBBBBB")) == (80, 90)
