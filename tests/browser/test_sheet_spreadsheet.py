"""The sheet as a spreadsheet, by keyboard alone: blocks selected, copied, filled, emptied, undone."""

import pytest

from monitoring.models import EntryChange
from tests.browser.test_entry import (  # the fixtures too
    A,
    cell,
    chromium,
    enter,
    held,
    open_sheet,
    playwright,
    settled,
    site,
)

__all__ = ["chromium", "enter", "site"]

BOTH = ("F:FIRMAAAAA", "F:FIRMBBBBB")
CLIPBOARD = """kinds => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(kinds)) data.setData(type, text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
TAKEN = """name => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(
        new ClipboardEvent(name, {clipboardData: data, bubbles: true, cancelable: true}));
    return {'text/plain': data.getData('text/plain'), 'text/html': data.getData('text/html')};
}"""


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def at(page):
    """Where the focus is: firm and variable."""
    return page.evaluate(
        "[document.activeElement.parentNode.dataset.u, document.activeElement.dataset.k]"
    )


def typed(page, *rows):
    """From the sales of the first firm on, row by row."""
    cell(page, A + "sales").click()
    for row in rows:
        for text in row:
            page.keyboard.type(text)
            press(page, "Tab")
        press(page, "Enter")
    settled(page)


@pytest.fixture
def page(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    return page


def sales(variable="sales"):
    return [held(variable, subject) for subject in BOTH]


def test_enter_goes_back_to_where_the_row_began(page):
    press(page, "ArrowRight")
    page.keyboard.type("5")
    press(page, "Tab")
    page.keyboard.type("6")
    press(page, "Tab", "Enter")

    assert at(page) == ["F:FIRMBBBBB", "Exportaciones anuales (FOB)"]


def test_a_block_is_copied_cut_and_comes_back_as_it_was(page):
    typed(page, ("8",), ("1234,5",))
    press(page, "ArrowUp", "n", "2")
    settled(page)
    press(page, "ArrowUp", "Shift+ArrowDown")
    copied = page.evaluate(TAKEN, "copy")
    assert copied["text/plain"] == "se negó\r\n1234,50"
    page.evaluate(TAKEN, "cut")
    settled(page)
    assert sales() == [None, None]

    press(page, "ArrowRight")
    page.evaluate(CLIPBOARD, copied)
    settled(page)
    assert sales("exports") == ["refused", 1234.5]


def test_fill_empty_undo_and_do_again(page):
    page.keyboard.type("70")
    press(page, "Enter", "ArrowUp", "Shift+ArrowDown", "Control+d")
    settled(page)
    assert sales() == [70, 70]
    press(page, "Control+Shift+ArrowDown", "Shift+ArrowRight", "Control+r")
    settled(page)
    assert sales("exports") == [70, 70]
    press(page, "Delete")
    settled(page)
    assert sales() + sales("exports") == [None] * 4

    for wanted in ([70] * 4, [70, 70, None, None], [70, None, None, None], [None] * 4):
        press(page, "Control+z")
        settled(page)
        assert sales() + sales("exports") == wanted
    for _each in range(3):
        press(page, "Control+y")
        settled(page)
    assert sales() + sales("exports") == [70] * 4
    doors = EntryChange.objects.filter(
        submission__round="2004-S2", subject="F:FIRMAAAAA", variable_code="sales"
    ).order_by("id")
    assert list(doors.values_list("door", flat=True)) == ["web", "web", "undo", "undo", "undo"]


def test_an_undo_is_refused_where_somebody_else_wrote_since(page, site, enter):
    page.keyboard.type("70")
    press(page, "Enter")
    settled(page)
    other = enter(site.coordinator)
    open_sheet(other, site)
    cell(other, A + "sales").click()
    other.keyboard.type("80")
    press(other, "Enter")
    settled(other)

    press(page, "Control+z")
    playwright.expect(page.locator("td.c-clash")).to_have_count(1)
    assert held("sales") == 80
    assert "80" in cell(page, A + "sales").inner_text()


def test_an_undo_outlives_the_page(page, site):
    page.keyboard.type("70")
    press(page, "Enter")
    settled(page)
    open_sheet(page, site, "employment")
    page.locator("td[tabindex='0']").first.focus()
    press(page, "Control+z")
    settled(page)

    assert held("sales") is None


def test_a_firm_that_did_not_answer_in_one_act(page):
    press(page, "Shift+Space", "n", "1")
    settled(page)

    assert (held("sales"), held("exports"), held("sales", BOTH[1])) == (
        "not_collected",
        "not_collected",
        None,
    )
    said = page.locator("#sheet-said")
    assert "no recogido" in said.inner_text()
    press(page, "Control+z")
    settled(page)
    assert held("exports") is None


def test_what_is_selected_is_said(page):
    press(page, "Control+a")
    playwright.expect(page.locator("#sheet-said")).to_contain_text("Celdas seleccionadas")
    assert page.locator("td[aria-selected=true]").count() == page.locator(".sheet tbody td").count()
    press(page, "Escape")
    assert page.locator("td[aria-selected=true]").count() == 1


def test_the_list_of_keys(page):
    press(page, "?")
    assert page.locator("#sheet-keys").is_visible()
    press(page, "Escape")
    assert at(page)[0] == "F:FIRMAAAAA"
    assert held("sales") is None


EXCEL = """<html><head><style>td {{mso-number-format:General}}</style></head><body><table border=0>
<!--StartFragment--><tr height=20 style='height:15.0pt'><td align=right style='width:48pt' {0}>{1}</td>
<td>20</td></tr><!--EndFragment--></table></body></html>"""


@pytest.mark.parametrize(
    ("mark", "text", "value"),
    [("x:num='1230'", "1.230", 1230), ("sdval='1.23'", "1.230", 1.23), ("", "1234,50", 1234.5)],
)
def test_a_table_says_what_its_numbers_are(page, mark, text, value):
    page.evaluate(CLIPBOARD, {"text/html": EXCEL.format(mark, text), "text/plain": text})
    settled(page)

    assert (float(held("sales")), held("exports")) == (value, 20)


def test_merged_cells_paste_nothing_and_are_named(page):
    page.evaluate(CLIPBOARD, {"text/html": EXCEL.format("colspan=2", "7"), "text/plain": "7\t\t20"})

    said = page.locator("#paste-said").inner_text()
    assert "fila 1, columna 1" in said
    assert sales() == [None, None]


@pytest.mark.parametrize("text", ["7\n" * 10_001, "9" * 1_000_000, "7\0", "\u202e12"])
def test_nothing_of_what_no_cell_holds_goes_in(page, text):
    page.evaluate(CLIPBOARD, {"text/plain": text})
    playwright.expect(page.locator("#paste-said")).to_be_visible()
    playwright.expect(page.locator("td.c-saving, td.c-queued")).to_have_count(0)

    assert sales() == [None, None]
    assert len(page.locator("#paste-said").inner_text()) < 600


def test_the_others_in_the_sheet_are_named(page, site, enter):
    other = enter(site.coordinator)
    open_sheet(other, site)

    playwright.expect(other.locator("#sheet-others")).to_contain_text("Directora")


def test_the_mouse_selects_by_dragging_and_by_shift(page):
    first, last = cell(page, A + "sales"), cell(page, "F:FIRMBBBBB|regular|exports")
    first.hover()
    page.mouse.down()
    last.hover()
    page.mouse.up()
    assert page.locator("td.c-in").count() == 4
    first.click()
    assert page.locator("td.c-in").count() == 0
    last.click(modifiers=["Shift"])
    assert page.locator("td.c-in").count() == 4
