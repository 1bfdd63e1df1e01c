"""The narrative is saved text by text, and none of it is lost."""

from monitoring.models import NarrativeDraft
from monitoring.submission.opening import submit
from pip_network.models import AuditEvent
from tests import factories
from tests.browser.test_entry import ADDRESS, chromium, enter, playwright, site
from tests.browser.test_typed_text import TEXT, sign_in_again

__all__ = ["chromium", "enter", "site"]
PAGE = ADDRESS + "narrative/"
CHANGE = "#id_change"


def held(theme="change"):
    row = NarrativeDraft.objects.filter(theme=theme).first()
    return row and row.text


def waiting(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('pip-text:'))")


def is_saved(page, theme="change"):
    spot = page.locator(f"#{theme}[data-mark=saved] .unit-mark")
    playwright.expect(spot).to_contain_text(":")


def written_by_another(site, text):
    NarrativeDraft.objects.create(
        submission=site.opened,
        theme="change",
        text=text,
        language="es",
        stamp=1,
        changed_by=site.specialist,
        changed_at=factories.moment("2004-12-01"),
    )


def test_each_text_is_saved_as_it_is_left(site, enter):
    page = enter(site.director)
    page.goto(site.url + PAGE)
    page.fill(CHANGE, TEXT)
    page.keyboard.press("Tab")
    is_saved(page)
    assert (held(), waiting(page)) == (TEXT, [])
    page.select_option("#id_language", "pt")
    playwright.expect(page.locator(".saves")).not_to_be_empty()
    page.fill("#id_example", "Uno.")
    page.keyboard.press("Tab")
    is_saved(page, "example")

    assert held("example") == "Uno."
    assert set(NarrativeDraft.objects.values_list("language", flat=True)) == {"pt"}
    assert AuditEvent.objects.filter(verb="narrative.saved").count() == 3


def test_a_text_that_is_left_in_the_middle_waits_and_goes_by_itself(site, enter):
    """The line drops; the page is closed while a second text is being typed."""
    page = enter(site.director)
    page.goto(site.url + PAGE)
    page.context.set_offline(True)
    page.fill(CHANGE, TEXT)
    page.keyboard.press("Tab")
    page.locator("#sheet-line [data-line=offline]").wait_for()
    assert "sin enviar todavía" in page.locator("#change .unit-mark").inner_text()
    page.fill("#id_example", "A medias")
    assert held() is None
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(site.url + PAGE)
    for theme in ("change", "example"):
        is_saved(again, theme)

    assert (held(), held("example"), waiting(again)) == (TEXT, "A medias", [])


def test_an_ended_session_is_told_and_the_text_goes_after_signing_in(site, enter):
    page = enter(site.director)
    page.goto(site.url + PAGE)
    page.context.clear_cookies(name="sessionid")
    page.fill(CHANGE, TEXT)
    page.keyboard.press("Tab")
    line = page.locator("#sheet-line [data-line=signin]")
    line.wait_for()
    line.locator("a").click()
    sign_in_again(page, site.director)

    assert page.url == site.url + PAGE
    is_saved(page)
    assert (held(), waiting(page)) == (TEXT, [])


def test_who_was_first_is_shown_with_both_texts_and_neither_is_lost(site, enter):
    page = enter(site.director)
    page.goto(site.url + PAGE)
    written_by_another(site, "Otro.")
    page.fill(CHANGE, TEXT)
    page.keyboard.press("Tab")
    box = page.locator("#change .held")
    box.wait_for()
    assert [box.locator(f"[data-{spot}]").inner_text() for spot in ("theirs", "mine", "by")] == [
        "Otro.",
        TEXT,
        site.specialist.name,
    ]
    page.reload()
    box.wait_for()
    assert (held(), page.input_value(CHANGE)) == ("Otro.", TEXT)
    box.locator("[data-take=mine]").click()
    is_saved(page)
    assert (held(), box.count(), waiting(page)) == (TEXT, 0, [])

    NarrativeDraft.objects.update(text="Otro más.", stamp=9)
    page.fill(CHANGE, "Ya no.")
    page.keyboard.press("Tab")
    box.locator("[data-take=theirs]").click()
    assert (page.input_value(CHANGE), held(), waiting(page)) == ("Otro más.", "Otro más.", [])


def test_a_submission_sent_meanwhile_keeps_the_text_and_says_so(site, enter):
    page = enter(site.director)
    page.goto(site.url + PAGE)
    at = factories.moment("2005-01-20")
    factories.fill(site.opened, by=site.director, at=at)
    submit(site.opened.pk, by=site.director, at=at)
    page.fill(CHANGE, TEXT)
    page.keyboard.press("Tab")
    line = page.locator("#sheet-line [data-line=closed]")
    line.wait_for()
    assert "Esta presentación está cerrada" in line.inner_text()
    page.reload()
    kept = page.locator(".held")
    kept.wait_for()
    assert kept.locator("[data-mine]").inner_text() == TEXT
    kept.locator("button").click()

    assert (kept.count(), waiting(page), held()) == (0, [], None)
