"""The pages of evidence: without a script from the attaching to the taking away; who sees what."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monitoring.evidence.actions import attach, withdraw
from monitoring.evidence.places import Spot, of_remark
from monitoring.evidence.taking_away import take_away
from monitoring.models import Evidence, EvidenceDraft, Remark
from monitoring.submission.amendments import amend
from monitoring.submission.opening import submit
from monitoring.submission.review import approve, remark
from pip_network.models import Stored
from tests.pip_network.files.stored import pdf, xlsx
from tests.pip_network.files.stored.test_look import encrypted_pdf

from .conftest import AT, CELL, CHANGE, OF_C, PAGE, SALES, kept

HERE = "/monitoring/PIP-01/2004-S1/"
EVIDENCE = f"{HERE}evidence/"
ATTACH = f"{EVIDENCE}attach/"
PANEL = f"{HERE}cells/{SALES.subject}/{SALES.kind}/{SALES.variable}/"
REASON = "Contiene datos de una persona"


def client_of(person) -> Client:
    client = Client()
    client.cookies["pip_language"] = "en"
    client.force_login(person)
    return client


def sent(client: Client, beside: Any = CELL, *, follow: bool = False, **what: Any):
    return client.post(ATTACH, {"beside": str(beside), **what}, follow=follow)


def a_file(data: bytes | None = None, name: str = "acta.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf("Acta") if data is None else data)


def status(client: Client, address: str) -> int:
    """Of the answer, which is read to its end and so closed."""
    answer = client.get(address)
    if answer.streaming:
        list(answer.streaming_content)
    return answer.status_code


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def director(world):
    return client_of(world.director)


@pytest.fixture
def specialist(world):
    return client_of(world.specialist)


@pytest.fixture
def coordinator(world):
    return client_of(world.coordinator)


def handed_in(opened, world):
    submit(opened.pk, by=world.director, at=AT)


def approved(opened, world):
    handed_in(opened, world)
    approve(opened.pk, by=world.specialist, at=AT)


def test_a_file_goes_in_and_stands_beside_its_cell(opened, director):
    assert director.get(f"{ATTACH}?beside={CELL}").status_code == 200
    answer = sent(director, file=a_file())
    assert (answer.status_code, answer["Location"]) == (302, PANEL)
    row = EvidenceDraft.objects.get()
    panel = text(director.get(PANEL))
    assert "acta.pdf" in panel
    assert f"{EVIDENCE}{row.key}/" in panel


def test_the_panel_has_the_form_too(opened, director, specialist):
    page = text(director.get(PANEL, headers={"HX-Request": "true"}))
    assert f'action="{ATTACH}"' in page
    assert 'enctype="multipart/form-data"' in page
    assert ATTACH not in text(specialist.get(PANEL))


def test_sent_twice_it_is_one(opened, director):
    for _each in range(2):
        assert sent(director, file=a_file()).status_code == 302
    assert EvidenceDraft.objects.count() == 1


def test_it_goes_back_to_the_page_that_asked_if_that_is_one_of_ours(opened, director):
    assert sent(director, address=PAGE, next=f"{HERE}?x=1")["Location"] == f"{HERE}?x=1"
    away = sent(director, address=f"{PAGE}2", next="https://example.org/")
    assert away["Location"] == PANEL


def test_it_is_handed_out_as_it_came_and_inert(opened, director):
    data = pdf("Acta")
    sent(director, file=a_file(data, "../../etc/acta\u202efdp.exe"))
    row = EvidenceDraft.objects.get()
    answer = director.get(f"{EVIDENCE}{row.key}/")
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"] == 'attachment; filename="actafdp.exe.pdf"'
    assert re.fullmatch(r"[0-9a-f]{40}", row.stored.name)
    assert "\u202e" not in row.stored.original_name


BAD = {
    "disguised": (b"<html><script>alert(1)</script></html>", "acta.pdf"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "mapa.png"),
    "program": (b"MZ" + bytes(200), "acta.pdf"),
    "broken": (pdf("Acta")[:60], "acta.pdf"),
    "empty": (b"", "acta.pdf"),
    "scripted": (
        pdf("Acta", catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        "acta.pdf",
    ),
    "encrypted": (encrypted_pdf(), "acta.pdf"),
    "another kind": (b"Unas palabras sin formato.\n" * 5, "notas.txt"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_taken_is_said_at_the_field_and_not_kept(opened, director, name):
    content, called = BAD[name]
    answer = sent(director, file=a_file(content, called))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not EvidenceDraft.objects.exists()


def test_a_workbook_is_taken(opened, director):
    assert sent(director, file=a_file(xlsx("Ventas"), "ventas.xlsx")).status_code == 302
    assert EvidenceDraft.objects.get().format == "xlsx"


def test_one_byte_more_than_20_megabytes(opened, director, monkeypatch):
    most = 20 << 20
    body = pdf("Acta")
    fits = body + b"\n" * (most - len(body))
    answer = sent(director, file=a_file(fits + b"\n"))
    assert (answer.status_code, "20 MB" in text(answer)) == (422, True)
    assert not Stored.objects.exists()
    assert sent(director, file=a_file(fits)).status_code == 302


def test_an_address_that_is_none_says_so_and_stays_typed(opened, director):
    answer = sent(director, address="javascript:alert(1)")
    assert answer.status_code == 422
    assert answer.context["form"].errors["address"]
    assert 'value="javascript:alert(1)"' in text(answer)
    assert 'href="javascript' not in text(answer)
    assert sent(director, address=PAGE).status_code == 302
    assert f'href="{PAGE}" rel="noopener noreferrer nofollow"' in text(director.get(PANEL))


@pytest.mark.parametrize(
    "beside",
    [
        "",
        "cell:",
        "cell:F:NOBODY|regular|sales",
        "cell:F:FIRMAAAAA|regular|nothing",
        "narrative:nothing",
        "remark:1",
        "remark:99999999999999999999",
        "remark:x",
        "report:1",
    ],
)
def test_beside_nothing_there_is_nothing(opened, director, beside):
    assert sent(director, beside, address=PAGE).status_code == 404
    assert director.get(ATTACH, {"beside": beside}).status_code == 404


def test_a_coordinator_attaches_to_her_own_and_reads_no_other(opened, director, coordinator):
    assert sent(coordinator, CELL, address=PAGE).status_code == 302
    for beside in (Spot("cell", OF_C), CHANGE):
        assert sent(coordinator, beside, address=PAGE).status_code == 404
        sent(director, beside, file=a_file())
    keys = {row.place + row.subject: row.key for row in EvidenceDraft.objects.all()}
    assert status(coordinator, f"{EVIDENCE}{keys['narrative']}/") == 404
    assert status(coordinator, f"{EVIDENCE}{keys['cell' + OF_C.subject]}/") == 404
    page = text(coordinator.get(EVIDENCE))
    assert (PAGE in page, "acta.pdf" in page) == (True, False)


def test_a_stranger_finds_nothing(opened, director, world):
    sent(director, file=a_file())
    row = EvidenceDraft.objects.get()
    stranger = client_of(world.stranger)
    for address in (EVIDENCE, ATTACH, f"{EVIDENCE}{row.key}/", f"{EVIDENCE}{row.key}/take-away/"):
        assert status(stranger, address) == 404
    for what in ("remove", "put-back"):
        assert stranger.post(f"{EVIDENCE}{row.pk}/{what}/").status_code == 404
    assert Client().get(f"{EVIDENCE}{row.key}/").status_code == 302
    assert status(director, f"{EVIDENCE}{row.key}/") == 200


def test_a_piece_is_found_under_its_own_submission_alone(opened, director, world):
    sent(director, file=a_file())
    row = EvidenceDraft.objects.get()
    other = world.open("2004-S2")
    there = f"/monitoring/PIP-01/{other.round_id}/evidence/"
    assert status(director, f"{there}{row.key}/") == 404
    assert director.post(f"{there}{row.pk}/remove/").status_code == 404


def test_removed_and_put_back(opened, director, specialist):
    sent(director, file=a_file())
    row = EvidenceDraft.objects.get()
    answer = director.post(f"{EVIDENCE}{row.pk}/remove/", {"next": PANEL}, follow=True)
    assert "It is removed" in text(answer)
    assert f"{EVIDENCE}{row.pk}/put-back/" in text(answer)
    assert "acta.pdf" not in text(specialist.get(PANEL))
    assert status(specialist, f"{EVIDENCE}{row.key}/") == 404
    assert status(director, f"{EVIDENCE}{row.key}/") == 200
    again = director.post(f"{EVIDENCE}{row.pk}/remove/", {"next": PANEL}, follow=True)
    assert "This was removed already." in text(again)
    director.post(f"{EVIDENCE}{row.pk}/put-back/")
    assert "acta.pdf" in text(specialist.get(PANEL))


def test_the_sheet_gets_the_panel_as_it_is_now(opened, director):
    """Its script sends the forms of the panel, and draws what is answered."""
    sheet = {"headers": {"HX-Request": "true"}}
    said = {"beside": str(CELL), "file": a_file()}
    answer = director.post(ATTACH, said, **sheet)
    assert (answer.status_code, "<html" in text(answer)) == (200, False)
    row = EvidenceDraft.objects.get()
    assert f"{EVIDENCE}{row.pk}/remove/" in text(answer)
    removed = director.post(f"{EVIDENCE}{row.pk}/remove/", **sheet)
    assert f"{EVIDENCE}{row.pk}/put-back/" in text(removed)
    twice = director.post(f"{EVIDENCE}{row.pk}/remove/", **sheet)
    assert (twice.status_code, "removed already" in text(twice)) == (409, True)
    bad = director.post(ATTACH, {"beside": str(CELL), "address": "javascript:x"}, **sheet)
    assert (bad.status_code, "<html" in text(bad)) == (422, False)
    assert "An address begins with https" in text(bad)
    assert "It is" not in text(director.get(HERE))


def test_who_only_reads_is_refused(opened, director, specialist):
    sent(director, file=a_file())
    row = EvidenceDraft.objects.get()
    assert sent(specialist, address=PAGE).status_code == 403
    assert specialist.post(f"{EVIDENCE}{row.pk}/remove/").status_code == 403
    assert status(specialist, f"{EVIDENCE}{row.key}/") == 200


def test_after_handing_in_nothing_more_goes_in(opened, director, world):
    sent(director, file=a_file())
    handed_in(opened, world)
    assert sent(director, address=PAGE).status_code == 403
    assert ATTACH not in text(director.get(PANEL))
    assert "acta.pdf" in text(director.get(PANEL))


def test_a_text_and_a_remark_show_theirs(opened, director, world, specialist):
    handed_in(opened, world)
    thread = remark(opened.pk, "¿Hay comprobante?", key=SALES, by=world.specialist, at=AT)
    opened.refresh_from_db()
    opened.status, opened.review_begun_at, opened.review_begun_by = "draft", None, None
    opened.save()
    sent(director, of_remark(thread), file=a_file(name="factura.pdf"))
    sent(director, CHANGE, file=a_file(name="nota.pdf"))
    assert Remark.objects.count() == 1
    assert "factura.pdf" in text(specialist.get(PANEL))
    for client in (director, specialist):
        assert "nota.pdf" in text(client.get(f"{HERE}narrative/"))


def test_the_reviewer_sees_all_of_it_on_her_page(opened, director, world, specialist):
    sent(director, file=a_file())
    sent(director, CHANGE, address=PAGE)
    handed_in(opened, world)
    page = text(specialist.get("/review/PIP-01/2004-S1/"))
    assert all(said in page for said in ("acta.pdf", PAGE, "PDF document", "Directora"))
    assert "2 pieces attached" in page
    assert "pieces attached" not in text(director.get(f"{HERE}networks/N1/"))


def test_the_file_is_taken_away_with_its_reason(opened, director, world, specialist):
    sent(director, file=a_file())
    approved(opened, world)
    row = Evidence.objects.get()
    away = f"{EVIDENCE}{row.key}/take-away/"
    assert away in text(director.get(EVIDENCE))
    assert director.post(away, {"reason": "no"}).status_code == 422
    assert director.post(away, {"reason": REASON})["Location"] == EVIDENCE
    assert status(director, f"{EVIDENCE}{row.key}/") == 410
    page = text(specialist.get(EVIDENCE))
    assert REASON in page
    assert row.sha256[:12] in page
    assert "acta.pdf" not in page
    assert client_of(world.coordinator).post(away, {"reason": REASON}).status_code == 403
    assert director.post(away, {"reason": REASON}).status_code == 409


def test_what_was_superseded_is_read_as_long_as_it_is_of_the_record(opened, director, world):
    sent(director, file=a_file())
    approved(opened, world)
    row = Evidence.objects.get()
    amend(opened.pk, "Corrige una cifra", by=world.director, at=AT)
    withdraw(EvidenceDraft.objects.get().pk, by=world.director, at=AT)
    approved(opened, world)
    row.refresh_from_db()
    assert row.superseded_in_id == 2
    assert status(director, f"{EVIDENCE}{row.key}/") == 200
    assert "acta.pdf" not in text(director.get(EVIDENCE))
    take_away(row.pk, REASON, by=world.administrator, at=AT)
    assert status(director, f"{EVIDENCE}{row.key}/") == 410


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_page_asks_little(opened, director, world, django_assert_num_queries, count):
    for number in range(count):
        attach(opened.pk, CELL, address=f"{PAGE}{number}", by=world.director, at=AT)
    attach(opened.pk, CHANGE, file=kept(by=world.director), by=world.director, at=AT)
    director.get(EVIDENCE)
    with django_assert_num_queries(11):
        director.get(EVIDENCE)
    handed_in(opened, world)
