"""A hostile corpus: one clear answer each, in bounded time; each beside a twin that is read."""

import datetime as dt
import random
import time

import pytest
from django.utils import translation

from pip_network.files.incoming import Limits, Refused, read
from tests.pip_network.files.incoming import files

GOOD = files.workbook(["code", "name"], ["A", "Uno"], ["B", "Dos"])
ROWS = [["code", "name"], ["A", "Uno"], ["B", "Dos"]]


def empty_rows() -> bytes:
    return b"".join(b'<row r="%d"/>' % number for number in range(4, 300_004))


def with_cell(reference: str) -> bytes:
    """The good workbook with one more cell, far away."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    return files.changed(GOOD, old=b"</sheetData>", new=cell.encode())


NOISE = random.Random(1).randbytes(3000)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def answer(data: bytes, limits: Limits | None = None):
    """The rows of the first sheet, or the key of the refusal; never anything else, and never late."""
    began = time.monotonic()
    try:
        found = read(data, limits).sheets[0].rows
    except Refused as refused:
        found = refused.key if str(refused.message) not in ("", refused.key) else "no sentence"
    assert time.monotonic() - began < 25
    return found


def faults(data: bytes) -> list[str]:
    return [str(fault) for fault in read(data).faults]


def test_a_good_workbook_is_read():
    assert answer(GOOD) == ROWS


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("nothing", b"", "empty"),
        ("blank", b" \r\n\t\n", "empty"),
        ("nulls", b"\0" * 5000, "empty"),
        ("a picture with the name of a workbook", b"\x89PNG\r\n\x1a\n" + NOISE, "kind"),
        ("a document", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "kind"),
        ("a page", b"<!DOCTYPE html><html><table><tr><td>code</td></tr></table>", "kind"),
        ("a page after spaces", b"\xef\xbb\xbf\n  <table><tr><td>code", "kind"),
        (
            "an archive of something else",
            files.changed(GOOD, member="xl/workbook.xml")[:0] or b"PK\x05\x06" + b"\0" * 18,
            "kind",
        ),
        (
            "a protected workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        ("half a workbook", GOOD[: len(GOOD) // 2], "damaged"),
        ("a bomb", lambda: files.bomb(60), "ratio"),
        ("a bomb that says it is small", lambda: files.understated(files.bomb(60)), "damaged"),
        ("parts over parts", lambda: files.overlapping(300), "ratio"),
        (
            "parts without end",
            lambda: files.changed(GOOD, add={f"x/{number}": b"" for number in range(500)}),
            "members",
        ),
        ("a part twice", files.changed(GOOD, add={files.SHEET.upper(): b"<x/>"}), "duplicates"),
        ("a part outside", files.changed(GOOD, add={"../../x": b""}), "damaged"),
        ("macros", files.changed(GOOD, add={"xl/vbaProject.bin": NOISE}), "macros"),
        (
            "links",
            files.changed(GOOD, add={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
            "external_links",
        ),
        (
            "entities",
            files.changed(
                GOOD,
                member="xl/workbook.xml",
                old=b"<workbook ",
                new=b'<!DOCTYPE x [<!ENTITY a "b">]><workbook ',
            ),
            "entities",
        ),
        ("markup that ends nowhere", files.changed(GOOD, old=b"</sheetData>", new=b""), "damaged"),
        (
            "rows without end",
            lambda: files.changed(GOOD, old=b"</sheetData>", new=empty_rows() + b"</sheetData>"),
            "rows",
        ),
        ("the last cell", with_cell("XFD1048576"), "rows"),
        ("a far column", with_cell("XFD4"), "columns"),
        ("a far corner", with_cell("GR49999"), "cells"),
        ("text that is none", b"code,name\nA,\0\n", "nul"),
        ("wide text without its mark", "code,name\nA,Uno\n".encode("utf-16-le"), "nul"),
        ("half a letter of wide text", "code,name\n".encode("utf-16") + b"\0", "encoding"),
        ("letters that are none", b"code,name\nA,\x81\x8d\n", "encoding"),
        ("noise", b"code,name\n" + NOISE.replace(b"\0", b""), "encoding"),
        ("two marks that could divide", b"code;na,me\nA;B,1\n", "delimiter"),
        ("a quotation that never ends", b'code,name\n"A,Uno\n' + b"B,Dos\n" * 50_000, "quotes"),
        ("quotes after quotes", b'code,name\nA,"x"y"z"\n', "quotes"),
        ("rows without end, as text", b"code,name\n" + b"A,B\n" * 60_000, "rows"),
        (
            "columns without end, as text",
            b",".join(b"c%d" % number for number in range(300)) + b"\n",
            "columns",
        ),
    ],
)
def test_what_is_hostile_gets_one_sentence(name, data, key):
    assert answer(files.made(data)) == key


def test_declared_dimensions_are_not_believed():
    lying = files.changed(
        GOOD, old=b'<dimension ref="A1:B3"/>', new=b'<dimension ref="A1:XFD1048576"/>'
    )
    short = files.changed(GOOD, old=b'<dimension ref="A1:B3"/>', new=b'<dimension ref="A1:A1"/>')
    assert (answer(lying), answer(short)) == (ROWS, ROWS)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            files.formula("=1+1", 2),
            "Sheet Empresas, row 2, column B: The cell holds a formula: paste its value instead.",
        ),
        (b"<v>1e309</v>", "Sheet Empresas, row 2, column B («inf»): This is not a finite number."),
        (b"<v>NaN</v>", "Sheet Empresas, row 2, column B («nan»): This is not a finite number."),
        ("x" * 10_000, f"Sheet Empresas, row 2, column B («{'x' * 40}»): The text is too long."),
        (
            "a\x07b",
            "Sheet Empresas, row 2, column B («a?b»): The text contains characters that cannot be "
            "shown.",
        ),
        (
            files.dated(dt.datetime(2006, 7, 31, 14, 30), "yyyy-mm-dd hh:mm"),
            "Sheet Empresas, row 2, column B («2006-07-31 14:30:00»): The cell holds a time of "
            "day: give a day only.",
        ),
    ],
)
def test_a_cell_that_no_rule_reads_is_told_with_its_place(cell, sentence):
    if isinstance(cell, bytes):
        data = files.changed(files.workbook(["code", "n"], ["A", 5]), old=b"<v>5</v>", new=cell)
    else:
        data = files.workbook(["code", "n"], ["A", cell])
    assert faults(data) == [sentence]


def test_an_error_of_the_spreadsheet_is_told_although_the_reader_shows_it_blank():
    data = files.changed(
        files.workbook(["code", "n"], ["A", 5]),
        old=b'<c r="B2"><v>5</v>',
        new=b'<c r="B2" t="e"><v>#N/A</v>',
    )
    assert faults(data) == [
        "Sheet Empresas, row 2, column B: The cell holds an error of the spreadsheet."
    ]
    assert faults(files.workbook(["code", "n"], ["A", 5])) == []


def test_cells_keep_their_kind():
    data = files.workbook(
        ["a"], [files.dated(dt.datetime(2006, 7, 31)), 7, 7.25, True, " x "], [None, None, "01"]
    )
    assert answer(data) == [
        ["a", None, None, None, None],
        [dt.date(2006, 7, 31), 7, 7.25, True, "x"],
        [None, None, "01", None, None],
    ]


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        ("code,name\nA,Ñandú\n".encode(), "utf-8", ","),
        ("code;name\nA;Ñandú\n".encode("utf-8-sig"), "utf-8", ";"),
        ("code\tname\nA\tÑandú\n".encode("utf-16"), "utf-16", "\t"),
        ("code;name\r\nA;Ñandú\r\n".encode("cp1252"), "windows-1252", ";"),
        ("sep=;\ncode;name\nA;Ñandú\n".encode(), "utf-8", ";"),
        ('code;"name, or not"\nA;Ñandú\n'.encode(), "utf-8", ";"),
    ],
)
def test_text_is_read_in_each_usual_encoding(data, encoding, delimiter):
    book = read(data)
    assert (book.kind, book.encoding, book.delimiter) == ("csv", encoding, delimiter)
    assert book.sheets[0].rows[1] == ["A", "Ñandú"]


def test_a_row_of_another_width_is_told():
    assert faults(b"code,name\nA,Uno,3\nB\n") == [
        "Row 3 («1 / 2»): The row has fewer cells than the heading."
    ]


def test_limits_can_be_given():
    assert answer(GOOD, Limits(rows=3)) == ROWS
    assert answer(GOOD, Limits(rows=2)) == "rows"
    assert answer(b"x" * 11, Limits(size=10)) == "size"


def test_a_parser_without_memory_or_time_ends_with_a_sentence():
    slow = files.workbook(*[[1] * 50 for _row in range(10_000)])
    assert answer(slow, Limits(memory=50 << 20)) == "heavy"
    assert answer(slow, Limits(cpu_seconds=1, wall_seconds=1)) == "heavy"


def test_the_parser_knows_nothing_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert answer(GOOD) == ROWS
