"""What is typed into any form is kept until the portal has it: one mechanism for every page."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from monitoring.models import Remark
from projects.models import Firm, Project
from tests.browser.test_entry import (
    PASSWORD,
    SHEET,
    chromium,
    enter,
    open_sheet,
    playwright,
    site,
)
from tests.browser.test_typed_text import TEXT, drafts, send, sign_in_again, submitted
from workshops.models import Workshop

__all__ = ["chromium", "enter", "site"]
NO_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full'); };"


def administrator(site):
    person = site.administrator
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def held(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('pip-'))")


def test_a_form_of_the_registry_and_one_of_the_administration_come_back(site, enter):
    """A longer text, and a short form that is kept from when it is sent."""
    person = administrator(site)
    page = enter(person)
    edit = reverse("project-edit", args=["PIP-01"])
    page.goto(site.url + edit)
    page.fill("#id_summary", TEXT)
    page.select_option("#id_countries", label="Argentina")
    end_session(page)
    send(page, "#id_summary")
    sign_in_again(page, person)
    assert (page.url, page.input_value("#id_summary")) == (site.url + edit, TEXT)
    send(page, "#id_summary")
    assert (Project.objects.get().summary, drafts(page)) == (TEXT, [])

    add = reverse("admin:workshops_workshop_add")
    page.goto(site.url + add)
    page.fill("[name=source]", TEXT)
    end_session(page)
    send(page, "[name=source]")
    sign_in_again(page, person)
    assert (page.url, page.input_value("[name=source]")) == (site.url + add, TEXT)
    assert Workshop.objects.count() == 0
    page.goto(site.url + "/account/")
    with page.expect_navigation():
        page.locator("form[action$='/logout/'] button").first.click()
    assert held(page) == []


def test_a_short_form_outlives_another_language_and_what_confirms_is_not_kept(site, enter):
    person = administrator(site)
    page = enter(person)
    archive = reverse("project-archive", args=["PIP-01"])
    page.goto(site.url + archive)
    page.fill("#id_reason", TEXT)
    with page.expect_navigation():
        page.locator("form[action$='/language/'] button[value=pt]").first.click()
    assert (page.url, page.input_value("#id_reason")) == (site.url + archive, TEXT)
    page.goto(site.url + reverse("firm-anonymise", args=["FIRMAAAAA"]))
    page.fill("input[type=password]", PASSWORD)  # it matters: she is asked who she is
    page.press("input[type=password]", "Enter")
    page.fill("#id_code", "FIRMAAAAA")
    page.reload()
    assert page.input_value("#id_code") == ""


def test_what_makes_something_keeps_its_key(site, enter):
    """The firm was stored and the answer lost; the form comes back with its own key."""
    page = enter(site.director)
    page.goto(site.url + reverse("firm-new", args=["N1"]))
    key = page.input_value("[name=form_key]")
    page.fill("#id_name", "Lácteos del Prado")
    page.reload()
    assert page.input_value("#id_name") == "Lácteos del Prado"
    assert page.input_value("[name=form_key]") == key
    page.locator("form > .say button").click()
    assert page.input_value("[name=form_key]") != key
    assert (page.input_value("#id_name"), drafts(page)) == ("", [])
    assert not Firm.objects.filter(name="Lácteos del Prado").exists()


def test_a_remark_of_the_panel_waits_for_the_sign_in_and_goes_by_itself(site, enter):
    submitted(site)
    page = enter(site.specialist)
    with page.expect_response(lambda answer: "/cells/" in answer.url):  # its panel
        open_sheet(page, site)
    page.fill("#remark-new", TEXT)
    end_session(page)
    page.locator("#remark-new").evaluate("field => field.form.requestSubmit()")
    said = page.locator("[data-failed]:visible")
    playwright.expect(said).to_contain_text("Su sesión terminó")
    assert (page.input_value("#remark-new"), Remark.objects.count()) == (TEXT, 0)
    said.locator("a").click()
    sign_in_again(page, site.specialist)
    playwright.expect(page.locator("#cell-panel")).to_contain_text(TEXT)

    assert page.url.startswith(site.url + SHEET)
    assert list(Remark.objects.values_list("text", flat=True)) == [TEXT]
    assert (page.input_value("#remark-new"), held(page)) == ("", [])


def test_what_another_window_has_sent_meanwhile_is_left_to_it(site, enter):
    page, asked = enter(site.specialist), []
    page.goto(site.url + "/start/")
    names = [f"pip-post:{site.specialist.pk}:{which}" for which in ("a", "b")]
    page.evaluate(
        """names => names.forEach(name => localStorage.setItem(
            name, JSON.stringify({ action: "/sent-later/", fields: [], at: Date.now() })))""",
        names,
    )
    page.route("**/sent-later/", lambda route: asked.append(route))
    with page.expect_request("**/sent-later/"):
        page.reload()
    page.evaluate(
        """() => {
            Object.keys(localStorage).filter(name => name.startsWith("pip-post:")).slice(1)
                .forEach(name => localStorage.removeItem(name));
            document.addEventListener("pip:sent", () => { window.told = true; });
        }"""
    )
    asked[0].fulfill(status=200)
    page.wait_for_function("window.told", timeout=5000)
    assert (len(asked), held(page)) == (1, [])


@pytest.mark.parametrize("is_refused", [True, False])
def test_leaving_asks_where_the_browser_keeps_nothing(site, enter, is_refused):
    page = enter(site.specialist)
    if is_refused:
        page.add_init_script(NO_STORAGE)
    submitted(site)
    asked = []

    def leave(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(site.url + "/review/PIP-01/2004-S2/")
    page.locator("textarea[name=note]").evaluate(
        "field => field.closest('details') && (field.closest('details').open = true)"
    )
    page.locator("textarea[name=note]").click()
    page.keyboard.type("Un texto")
    page.goto(site.url + "/review/")
    assert asked == ["beforeunload"] * is_refused


def test_no_password_is_kept(site, enter):
    page = enter(site.director)
    page.goto(site.url + reverse("account_change_password"))
    for field in page.locator("main input[type=password]").all():
        field.fill("una-clave-nueva-9")
    send(page, "main input[type=password] >> nth=0")
    assert held(page) == []


def test_amounts_of_the_registry_look_so_too_and_a_draft_keeps_them_plain(site, enter):
    page = enter(administrator(site))
    edit = site.url + reverse("project-edit", args=["PIP-01"])
    page.goto(edit)
    field = page.locator("#id_amount_fomin")
    playwright.expect(field).to_have_value("1,000,000")
    page.fill("#id_summary", "Un texto")  # the amount, which nobody touched, is no part of it
    page.goto(edit)
    playwright.expect(page.locator("form .say")).to_have_count(1)
    field.fill("1250000.5")
    page.keyboard.press("Tab")
    playwright.expect(field).to_have_value("1,250,000.5")
    page.goto(edit)
    playwright.expect(field).to_have_value("1,250,000.5")
    page.locator("form .say button").click()  # not wanted any more
    playwright.expect(field).to_have_value("1,000,000")
    field.fill("1250000.5")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        field.evaluate("field => field.form.requestSubmit()")
    assert str(Project.objects.get(pk="PIP-01").amount_fomin) == "1250000.50"
