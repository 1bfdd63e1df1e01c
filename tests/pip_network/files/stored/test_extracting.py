"""The text of a kept file, named as what it is: pages, slides, sheets, parts."""

import io
import time

import pytest
from PIL import Image

from pip_network.files.stored import extracting, reading
from pip_network.files.stored.extracting import Extraction

from . import CSV, GOOD, WORD, docx, microsoft, odp, odt, pdf, picture, pptx, xlsx

HARD = b"BT /F1 1 Tf (x) Tj ET\n" * 1_500_000  # a page that takes seconds


def easy(text: str) -> bytes:
    return f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode("cp1252")


def read(data: bytes, kind: str, tmp_path) -> tuple[Extraction, list[tuple[int, str, str]]]:
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("rb") as file:
        extraction = Extraction(file, kind)
        return extraction, [tuple(part) for part in extraction.parts()]


@pytest.mark.parametrize(
    ("kind", "data", "parts"),
    [
        ("pdf", pdf("Gestión", "Página dos"), [(1, "", "Gestión"), (2, "", "Página dos")]),
        (
            "docx",
            docx("Uno", "Dos |tres", more={"word/footnotes.xml": "<f><p><t>Nota</t></p></f>"}),
            [(1, "part", "Uno\nDos "), (2, "part", "tres"), (3, "part", "Nota")],
        ),
        (
            "pptx",
            pptx("Uno", "Dos", notes="Diga"),
            [(1, "slide", "Uno\nDiga"), (2, "slide", "Dos")],
        ),
        ("odt", odt("Uno<text:s text:c='2'/>y", "Dos"), [(1, "part", "Uno  y\nDos")]),
        (
            "odp",
            odp("Uno", "", "Tres"),
            [(1, "slide", "Uno"), (2, "slide", ""), (3, "slide", "Tres")],
        ),
        (
            "xlsx",
            xlsx("Norte", "Sur"),
            [
                (1, "sheet", "Norte\nVentas de Norte\n\t\t2005"),
                (2, "sheet", "Sur\nVentas de Sur\n\t\t2005"),
            ],
        ),
        ("csv", CSV, [(1, "part", "Año;Ventas\n2004;10\n2005;12")]),
        ("png", picture("png"), []),
    ],
)
def test_each_kind_is_read_in_its_own_parts(kind: str, data: bytes, parts, tmp_path):
    extraction, found = read(data, kind, tmp_path)
    assert found == parts
    assert (extraction.refused, extraction.unread, extraction.is_cut) == ("", [], False)


def test_a_text_without_pages_is_cut_into_parts_of_so_many_words(tmp_path):
    lines = [f"{n} " + "palabra " * 99 for n in range(10)]
    _extraction, found = read("\n".join(lines).encode(), "txt", tmp_path)
    assert [(number, label, len(text.split())) for number, label, text in found] == [
        (1, "part", 400),
        (2, "part", 400),
        (3, "part", 200),
    ]
    assert found[1][2].startswith("4 ")


def test_what_word_keeps_for_older_programs_is_read_once(tmp_path):
    body = (
        '<w:document xmlns:w="w" xmlns:m="m"><w:p><m:AlternateContent><m:Choice><w:t>Uno</w:t>'
        "</m:Choice><m:Fallback><w:t>Uno</w:t></m:Fallback></m:AlternateContent></w:p></w:document>"
    )
    data = microsoft(
        "word/document.xml", f"openxmlformats-officedocument.{WORD}", {"word/document.xml": body}
    )
    assert read(data, "docx", tmp_path)[1] == [(1, "part", "Uno")]


@pytest.mark.parametrize(
    ("kind", "size"), [("pdf", (480, 680)), ("png", (480, 320)), ("jpeg", (480, 320))]
)
def test_the_face_of_the_first_page_is_a_small_picture(kind: str, size, tmp_path):
    data = GOOD["pdf"]() if kind == "pdf" else picture(kind, 1200, 800)
    preview = Image.open(io.BytesIO(read(data, kind, tmp_path)[0].preview))
    assert (preview.format, preview.size) == ("WEBP", size)


def test_what_has_no_face_has_no_preview(tmp_path):
    assert read(GOOD["docx"](), "docx", tmp_path)[0].preview == b""


def test_the_pages_around_a_bad_one_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(extracting, "PART_SECONDS", 0)
    data = pdf(streams=(easy("Uno"), HARD, easy("Tres")))
    extraction, found = read(data, "pdf", tmp_path)
    assert found == [(1, "", "Uno"), (2, "", ""), (3, "", "Tres")]
    assert (extraction.refused, extraction.unread, extraction.is_cut) == ("", [2], False)
    assert extraction.preview[:4] == b"RIFF"


def test_a_file_of_bad_pages_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(extracting, "PART_SECONDS", 0)
    monkeypatch.setattr(extracting, "LOST", 0)
    extraction, _found = read(pdf(streams=(HARD,)), "pdf", tmp_path)
    assert (extraction.refused, extraction.is_cut) == ("heavy", True)


def test_the_whole_ends_when_its_time_is_over(tmp_path, monkeypatch):
    """By the clock on the wall, should the process wait for something."""
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.6)
    start = time.monotonic()
    extraction, found = read(pdf(streams=(HARD, easy("Dos"))), "pdf", tmp_path)
    assert time.monotonic() - start < 5
    assert (extraction.refused, extraction.is_cut, len(found)) == ("heavy", True, 1)


@pytest.mark.parametrize(
    ("kind", "data", "key"),
    [
        ("pdf", pdf("Uno")[:120], "damaged"),
        ("docx", docx("Uno").replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
        ("docx", docx("Uno", "<!ENTITY a 'b'>"), "damaged"),
        ("docx", docx("<w:p>" * 500 + "</w:p>" * 500), "damaged"),
        ("xlsx", b"PK\x03\x04 nothing", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(kind: str, data: bytes, key: str, tmp_path):
    extraction, found = read(data, kind, tmp_path)
    assert (extraction.refused, found) == (key, [])


def test_a_file_of_more_letters_than_are_kept_is_cut_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(extracting, "LETTERS", 5)
    extraction, found = read(pdf("Uno", "Dos", "Tres"), "pdf", tmp_path)
    assert ([number for number, _label, _text in found], extraction.is_cut) == ([1, 2], True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\0b\x1bc", "abc"),
        ("gestio\u0301n\tx\ny", "gestión\tx\ny"),
        ("\ud83dmedia", "media"),
        ("😀 网", "😀 网"),
    ],
)
def test_no_database_is_given_what_it_cannot_keep(text: str, written: str):
    assert extracting.writable(text) == written
