"""A file is sent in pieces while the form is filled in; a lost line, a closed page and an ended
session lose none that arrived.
"""

import hashlib
import re

import pytest

from pip_network.models import Stored, Upload
from tests.browser.test_drafts import administrator, end_session
from tests.browser.test_entry import chromium, enter, playwright, site
from tests.browser.test_typed_text import sign_in_again
from tests.pip_network.files.stored import pdf

__all__ = ["chromium", "enter", "site"]

DATA = pdf("Gestión", extra=b"<< /Length 900000 >>\nstream\n" + b"x" * 900_000 + b"\nendstream")
FIELD = ".upload [type=file]"
KEY = ".upload [type=hidden]"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def page(site, enter):
    page = enter(administrator(site))
    page.goto(site.url + "/components/")
    return page


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "informe.pdf"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def pieces(page):
    """The offsets of the pieces that the page sends."""
    sent = []
    page.on(
        "request",
        lambda asked: (
            sent.append(int(asked.headers["upload-offset"])) if asked.method == "PATCH" else None
        ),
    )
    return sent


def arrived(page):
    playwright.expect(page.locator(KEY)).to_have_value(re.compile(".{36}"), timeout=15_000)
    stored = Upload.objects.get(pk=page.locator(KEY).input_value()).stored
    assert stored.sha256 == hashlib.sha256(DATA).hexdigest()


def told(page, text: str):
    playwright.expect(page.locator(".upload [role=status]")).to_contain_text(text)


def test_a_file_arrives_in_pieces_and_the_form_names_it(page, report, pieces):
    page.set_input_files(FIELD, report)
    arrived(page)
    told(page, "informe.pdf")
    assert pieces == [0, 262144, 524288, 786432]
    assert page.locator(FIELD).get_attribute("name") is None
    playwright.expect(page.locator(".upload-state")).to_be_hidden()


def test_a_lost_line_costs_a_piece(page, report, pieces):
    cut = []

    def lose(route):
        offset = route.request.headers.get("upload-offset")
        if route.request.method == "PATCH" and offset == "262144" and len(cut) < 2:
            cut.append(offset)
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/uploads/**", lose)
    page.set_input_files(FIELD, report)
    told(page, "The line was lost")
    arrived(page)
    assert pieces[:4] == [0, 262144, 262144, 262144]
    assert pieces[4] < 524288  # the pieces are shorter now


def test_a_page_that_was_left_goes_on_where_it_stopped(page, report, pieces):
    page.route(
        "**/uploads/**",
        lambda route: (
            route.abort()
            if route.request.headers.get("upload-offset") == "524288"
            else route.continue_()
        ),
    )
    page.set_input_files(FIELD, report)
    told(page, "The line was lost")
    page.unroute("**/uploads/**")
    page.reload()
    pieces.clear()
    page.set_input_files(FIELD, report)
    arrived(page)
    assert pieces[0] == 524288
    assert Upload.objects.count() == 1


def test_an_ended_session_waits_for_the_sign_in(site, page, report):
    page.route(
        "**/uploads/",
        lambda route: (end_session(page), route.continue_(headers=without_cookies(route)))[1],
    )
    page.set_input_files(FIELD, report)
    told(page, "session has ended")
    page.unroute("**/uploads/")
    other = page.context.new_page()
    other.goto(site.url + "/accounts/login/?next=/components/")
    sign_in_again(other, site.administrator)
    arrived(page)


def without_cookies(route):
    return {name: value for name, value in route.request.headers.items() if name != "cookie"}


def test_what_is_not_kept_is_told_at_the_field(page, tmp_path):
    page.set_input_files(
        FIELD, {"name": "informe.pdf", "mimeType": "application/pdf", "buffer": b"#!/bin/sh\n"}
    )
    told(page, "This is a program")
    assert page.locator(KEY).input_value() == ""
    page.evaluate("document.querySelector('.upload').dataset.most = '10'")
    page.set_input_files(
        FIELD, {"name": "largo.txt", "mimeType": "text/plain", "buffer": b"once letras"}
    )
    told(page, "larger than 25 MB")
    assert (Upload.objects.count(), Stored.objects.count()) == (0, 0)


def test_sending_is_stopped_by_its_button(page, report):
    page.route(
        "**/uploads/**",
        lambda route: route.abort() if route.request.method == "PATCH" else route.continue_(),
    )
    page.set_input_files(FIELD, report)
    told(page, "The line was lost")
    page.get_by_role("button", name="Stop").click()
    told(page, "was stopped")
    playwright.expect(page.locator(".upload-state")).to_be_hidden()
    playwright.expect(page.locator(FIELD)).to_have_value("")
    page.wait_for_function("() => !Object.keys(localStorage).some(n => n.startsWith('pip-upload'))")
    assert Upload.objects.count() == 0
