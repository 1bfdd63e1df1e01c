"""What is typed into a longer form outlives an ended session, a page that is left and a dropped line."""

import pytest

from monitoring.models import Entry
from monitoring.submission.opening import submit
from tests import factories
from tests.browser.test_entry import ADDRESS, PASSWORD, chromium, enter, playwright, site

__all__ = ["chromium", "enter", "site"]
TEXT = "Un texto de tres renglones que nadie quiere escribir dos veces."


def sign_in_again(page, person):
    page.fill("input[name=login]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def send(page, field):
    with page.expect_navigation():
        page.locator(field).evaluate("field => field.form.requestSubmit()")


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('pip-draft:'))")


def submitted(site):
    at = factories.moment("2005-01-20")
    factories.fill(site.opened, by=site.director, at=at)
    submit(site.opened.pk, by=site.director, at=at)


@pytest.fixture
def forms(site):
    """Of each long form: who writes, on which page, where, and the button."""
    return {
        "narrative": (site.director, ADDRESS + "narrative/", "#id_change"),
        "network": (
            site.director,
            ADDRESS + "units/N:N1/",
            "[name='value-regular-joint_purchases']",
        ),
        "return": (site.specialist, "/review/PIP-01/2004-S2/", "textarea[name=note]"),
        "remark": (site.specialist, ADDRESS + "cells/F:FIRMAAAAA/regular/jobs/", "#remark-new"),
        "remark on a text": (site.specialist, ADDRESS + "narrative/", "#remark-change"),
    }


@pytest.mark.parametrize("name", ["narrative", "network", "return", "remark", "remark on a text"])
def test_an_ended_session_loses_nothing(site, enter, forms, name):
    person, address, field = forms[name]
    if person is site.specialist:
        submitted(site)
    text = "588400" if name == "network" else TEXT
    page = enter(person)
    page.goto(site.url + address)
    page.locator(field).evaluate(
        "field => field.closest('details') && (field.closest('details').open = true)"
    )
    page.fill(field, text)
    page.context.clear_cookies(name="sessionid")
    page.locator(field).evaluate("field => field.form.requestSubmit()")
    page.wait_for_url("**/accounts/login/**")
    sign_in_again(page, person)

    assert page.url == site.url + address
    shown = "588.400" if name == "network" else text  # as in the sheet
    assert page.input_value(field) == shown
    send(page, field)
    assert drafts(page) == []


def test_a_composed_report_comes_back_with_all_that_was_chosen(site, enter):
    page = enter(site.specialist)
    page.goto(site.url + "/reports/new/")
    page.fill("#id_title", TEXT)
    page.locator("[name=projects]").first.check()
    page.locator("[name=group_by]").first.check()
    page.context.clear_cookies(name="sessionid")
    send(page, "#id_title")
    sign_in_again(page, site.specialist)

    assert page.url == site.url + "/reports/new/"
    assert page.input_value("#id_title") == TEXT
    assert page.locator("[name=projects]").first.is_checked()
    assert page.locator("[name=group_by]").first.is_checked()


def test_a_page_that_is_left_keeps_its_text_for_its_writer_alone(site, enter):
    submitted(site)
    page = enter(site.specialist)
    address, field = "/review/PIP-01/2004-S2/", "textarea[name=note]"
    page.goto(site.url + address)
    page.fill(field, TEXT)
    page.goto(site.url + "/review/")
    page.goto(site.url + address)
    assert page.input_value(field) == TEXT
    page.locator("form > .say button").click()
    assert (page.input_value(field), drafts(page)) == ("", [])

    page.fill(field, TEXT)
    page.goto(site.url + "/account/")
    with page.expect_navigation():
        page.locator("form[action$='/logout/'] button").first.click()
    assert drafts(page) == []


def stored(code):
    row = Entry.objects.filter(subject="N:N1", kind="regular", variable__code=code).first()
    return row and row.value


def test_each_field_of_a_units_form_is_saved_as_it_is_left(site, enter):
    page = enter(site.director)
    page.goto(site.url + ADDRESS + "units/N:N1/")
    page.fill("[name='value-regular-joint_purchases']", "588400")
    page.keyboard.press("Tab")
    page.select_option("[name='value-regular-formalised']", "1")
    playwright.expect(page.locator("[id='N:N1|regular|formalised'] .unit-mark")).to_contain_text(
        ":"
    )
    page.fill("[name='value-regular-joint_purchases']", "1.230")
    page.keyboard.press("Tab")
    page.locator(".held [data-take=reading0]").click()
    playwright.expect(page.locator(".held")).to_have_count(0)
    page.goto(site.url + ADDRESS)  # without the button

    assert (stored("joint_purchases"), stored("formalised")) == (1230, 1)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_field_of_a_units_form_waits_for_the_line(site, enter):
    page = enter(site.director)
    page.goto(site.url + ADDRESS + "units/N:N1/")
    page.context.set_offline(True)
    page.fill("[name='value-regular-joint_purchases']", "588400")
    page.keyboard.press("Tab")
    page.locator("#sheet-line [data-line=offline]").wait_for()
    assert stored("joint_purchases") is None
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(site.url + ADDRESS + "units/N:N1/")
    playwright.expect(again.locator(".saves")).to_contain_text(":")

    assert stored("joint_purchases") == 588400
