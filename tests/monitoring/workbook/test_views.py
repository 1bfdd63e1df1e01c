"""The pages of the workbook: who may, what is shown, sent twice."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monitoring import tasks
from monitoring.models import WorkbookUpload
from tests import factories

from .books import Edited
from .uploading import JOBS

PAGE = "/monitoring/PIP-01/2004-S2/workbook/"


@pytest.fixture
def browser(room):
    return browser_of(room.world.director)


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, data: bytes, name: str = "libro.xlsx"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


def test_the_whole_way(room, browser):
    file = browser.get(PAGE + "file.xlsx")
    assert file["Content-Disposition"] == 'attachment; filename="pip-pip-01-2004-s2.xlsx"'
    book = Edited(file.content)
    book[JOBS] = 8

    preview = send(browser, book.data)
    assert preview.status_code == 302
    page = browser.get(preview.url)
    assert [(outcome.value, count) for outcome, count in page.context["counts"] if count][:1] == [
        ("new", 1)
    ]
    assert room.held() is None

    done = browser.post(preview.url + "confirm/", follow=True)
    assert "1 celda guardada." in done.content.decode()
    assert room.held() == 8
    again = browser.post(preview.url + "confirm/", follow=True)
    assert again.status_code == 200

    back = browser.post(preview.url + "take-back/", follow=True)
    assert "Celdas restituidas: 1." in back.content.decode()
    assert room.held() is None


def test_the_preview_can_be_filtered(room, browser):
    data = room.book(cells={JOBS: 8, "F:FIRMBBBBB|regular|jobs": "many"})
    url = send(browser, data).url
    shown = {
        show: [line.cell for line in browser.get(url, {"show": show}).context["lines"]]
        for show in ("new", "rejected", "conflict")
    }
    assert shown == {"new": [JOBS], "rejected": ["F:FIRMBBBBB|regular|jobs"], "conflict": []}
    assert "confirm/" not in browser.get(url).content.decode()


def test_the_marked_copy_says_why_and_can_be_mended(room, browser):
    data = room.book(cells={JOBS: "many"})
    url = send(browser, data).url

    marked = browser.get(url + "marked.xlsx").content

    sheet, row, column = Edited(data).place(JOBS)
    cell = openpyxl.load_workbook(io.BytesIO(marked))[sheet.title].cell(row, column)
    assert (cell.value, cell.comment.text) == ("many", "«many» no es un número.")
    assert cell.fill.fgColor.rgb == "FFF7C6C5"
    book = Edited(marked)
    book[JOBS] = 8
    assert room.counts(book.data) == {"new": 1}


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_reader_s_language_says_it(room, browser, language):
    browser.cookies["pip_language"] = language
    url = send(browser, room.book(cells={JOBS: "many"})).url
    rule = next(iter(browser.get(url).context["lines"])).rule
    other = {"es": "en", "pt": "es", "en": "pt"}[language]
    browser.cookies["pip_language"] = other

    there = next(iter(browser.get(url).context["lines"])).rule

    rules = {
        "es": "«many» no es un número.",
        "pt": "«many» não é um número.",
        "en": "“many” is not a number.",
    }
    assert (rule, there) == (rules[language], rules[other])


def test_a_refused_file_is_said_at_its_field(room, browser):
    page = send(browser, b"%PDF-1.4")
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert browser.post(PAGE, {}).status_code == 422


def test_an_upload_is_of_who_made_it(room, browser):
    url = send(browser, room.book(cells={JOBS: 8})).url
    others = [room.world.coordinator, room.world.specialist, room.world.stranger]
    for other in others:
        there = browser_of(other)
        assert there.get(url).status_code == 404
        assert there.get(url + "marked.xlsx").status_code == 404
        assert there.post(url + "confirm/").status_code == 404
    assert room.held() is None


def test_a_director_takes_a_coordinator_s_workbook_back(room, browser):
    hers = browser_of(room.world.coordinator)
    book = Edited(hers.get(PAGE + "file.xlsx").content)
    assert [sheet.title for sheet in book.book.worksheets] == ["Guía", "N1 Red N1", "Redes"]
    book[JOBS] = 8
    url = send(hers, book.data).url
    hers.post(url + "confirm/")
    assert room.held() == 8

    browser.post(url + "take-back/")

    assert room.held() is None


def test_who_reads_downloads_and_uploads_nothing(room):
    reader = browser_of(room.world.specialist)
    assert reader.get(PAGE + "file.csv").status_code == 200
    assert reader.get(PAGE + "file.ods").status_code == 404
    assert send(reader, room.book()).status_code == 403
    assert reader.get(PAGE).context["may_upload"] is False


def test_one_network_only(room, browser):
    book = Edited(browser.get(PAGE + "file.xlsx", {"network": "N2"}).content)
    assert [sheet.title for sheet in book.book.worksheets] == ["Guía", "N2 Red N2", "Redes"]
    hers = browser_of(room.world.coordinator)
    assert hers.get(PAGE + "file.xlsx", {"network": "N2"}).status_code == 404


def test_a_stale_preview_says_so_and_shows_what_would_happen_now(room, browser):
    url = send(browser, room.book(cells={JOBS: 8})).url
    room.save(JOBS, "9")
    page = browser.post(url + "confirm/", follow=True)
    assert "cambió después de la vista previa" in page.content.decode()
    assert {o.value: n for o, n in page.context["counts"]}["conflict"] == 1
    browser.post(url + "confirm/", {"in_conflict": "replace"})
    assert room.held() == 8


@pytest.mark.parametrize("many", [1, 3, 12])
def test_the_page_asks_the_same_questions_however_many_uploads(
    room, browser, django_assert_num_queries, many
):
    for _number in range(many):
        room.store(room.book(cells={JOBS: _number + 1}))
    browser.get(PAGE)
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(PAGE)


PAGE_QUERIES = 8


def test_a_large_one_is_compared_and_stored_by_a_worker(room, browser, monkeypatch):
    monkeypatch.setattr("monitoring.workbook.uploads.LARGE", 10)
    monkeypatch.setattr("monitoring.workbook.storing.LARGE", 10)
    factories.fill(room.submission, by=room.by, at=factories.moment("2004-12-20"))
    data = room.book(cells={JOBS: 7})
    url = send(browser, data).url
    tasks.compare_workbook(str(WorkbookUpload.objects.get().job_id))
    page = browser.get(url)
    assert {o.value: n for o, n in page.context["counts"]}["changed"] == 1

    browser.post(url + "confirm/")
    assert room.held() == 8
    tasks.store_workbook(str(WorkbookUpload.objects.get().job_id))

    upload = WorkbookUpload.objects.get()
    assert (room.held(), upload.status, upload.job.status) == (7, "stored", "done")


def test_the_submission_leads_to_it(room, browser):
    page = browser.get("/monitoring/PIP-01/2004-S2/").content.decode()
    assert re.search(r'href="/monitoring/PIP-01/2004-S2/workbook/"', page)
