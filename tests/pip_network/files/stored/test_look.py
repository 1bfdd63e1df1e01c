"""What a file is, is told by its content; what is none of those that are kept is refused in words."""

import io
import zipfile
import zlib

import pytest
from django.utils import translation

from pip_network.choices import FileKind
from pip_network.files.stored import reading
from pip_network.files.stored.reading import Refused

from . import (
    CSV,
    GOOD,
    TEXT,
    archive,
    docx,
    microsoft,
    opendocument,
    pdf,
    picture,
    png_header,
    xlsx,
)

BOMB = bytes(60 << 20)
ENCRYPT = b"<< /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >>".replace(b"{0}", b"41" * 32)


def looked(data: bytes, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("rb") as file:
        return reading.look(file)


@pytest.mark.parametrize("kind", FileKind.values)
def test_one_of_each_kind_is_known_by_its_content(kind: str, tmp_path):
    assert looked(GOOD[kind](), tmp_path) == kind


def encrypted_pdf() -> bytes:
    return pdf("Secreto", extra=ENCRYPT).replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R /ID [<41><41>]"
    )


def hidden_script() -> bytes:
    """The action stands in a packed list of objects, its name written by numbers of letters."""
    packed = zlib.compress(b"9 0 << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>")
    head = b"<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >>" % len(packed)
    return pdf("Hola", extra=head + b"\nstream\n" + packed + b"\nendstream")


def encrypted_archive() -> bytes:
    data = bytearray(docx("Secreto"))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.find(start)
        while place >= 0:
            data[place + (6 if start == b"PK\x03\x04" else 8)] |= 1
            place = data.find(start, place + 4)
    return bytes(data)


def endless_list() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(6_000):
            file.writestr(f"word/{number}", b"")
    return out.getvalue()


HOSTILE = {
    "empty": (lambda: b"", "empty"),
    "only zeros": (lambda: bytes(2_000), "empty"),
    "truncated pdf": (lambda: pdf("Uno")[:150], "damaged"),
    "random behind the mark": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "pdf behind markup": (lambda: b"<html>" + pdf("Uno"), "markup"),
    "pages that are their own parents": (
        lambda: pdf("Uno").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        "damaged",
    ),
    "pdf with a password": (encrypted_pdf, "encrypted"),
    "pdf that acts when opened": (
        lambda: pdf("Uno", catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        "scripts",
    ),
    "pdf that starts a program": (
        lambda: pdf("Uno", catalog="/OpenAction << /S /Launch /F (calc.exe) >>"),
        "scripts",
    ),
    "script that is packed": (hidden_script, "scripts"),
    "pdf with a file inside": (
        lambda: pdf("Uno", catalog="/Names << /EmbeddedFiles << /Names [] >> >>"),
        "attachments",
    ),
    "truncated archive": (lambda: docx("Uno" * 900)[:300], "damaged"),
    "archive of something": (lambda: archive({"notes.txt": "Hola"}), "kind"),
    "archive with a password": (encrypted_archive, "encrypted"),
    "archive that climbs": (lambda: docx("Uno", more={"../x.xml": "<x/>"}), "damaged"),
    "part that unpacks without end": (
        lambda: docx("Uno", more={"word/media/a.bin": BOMB}),
        "bomb",
    ),
    "list without end": (endless_list, "bomb"),
    "word with macros": (lambda: docx("Uno", more={"word/vbaProject.bin": b"x"}), "macros"),
    "docm by its types": (
        lambda: microsoft(
            "word/document.xml",
            "ms-word.document.macroEnabled.main+xml",
            {"word/document.xml": "<w/>"},
        ),
        "macros",
    ),
    "program inside": (lambda: docx("Uno", more={"word/embeddings/a.exe": b"MZ"}), "macros"),
    "opendocument with a password": (
        lambda: opendocument("text", "", manifest="<encryption-data/>"),
        "encrypted",
    ),
    "office before archives": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        "old_office",
    ),
    "office with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "web page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "markup"),
    "drawing with code": (lambda: b"<svg xmlns='x'><script/></svg>", "markup"),
    "page behind a mark": (lambda: b"\xef\xbb\xbf  <html></html>", "markup"),
    "shell": (lambda: b"#!/bin/sh\nrm -rf /\n", "program"),
    "program": (lambda: b"\x7fELF" + bytes(200), "program"),
    "windows program": (lambda: b"MZ\x90\0" + bytes(range(256)), "kind"),
    "gif": (lambda: b"GIF89a" + bytes(40), "kind"),
    "rtf": (lambda: b"{\\rtf1 Hola}", "kind"),
    "text with a zero": (lambda: TEXT + b"\0", "kind"),
    "bytes of no letters": (lambda: b"\x81\x8d\x8f\x90 hola", "kind"),
    "cut picture": (lambda: picture("png")[:60], "damaged"),
    "picture by its first bytes": (lambda: b"\xff\xd8\xff\xe0" + bytes(300), "damaged"),
    "picture that unpacks without end": (lambda: png_header(60_000, 60_000), "bomb"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_kept_says_why(name: str, tmp_path):
    make, key = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        looked(make(), tmp_path)
    assert refused.value.key == key
    assert "%" not in str(refused.value.message)


def relations(kind: str, mode: str = "External") -> bytes:
    target = f'Type="http://schemas/{kind}" Target="https://a.example/x.dotm" TargetMode="{mode}"'
    rels = f'<Relationships><Relationship Id="r1" {target}/></Relationships>'
    return docx("Uno", more={"word/_rels/settings.xml.rels": rels})


def test_what_opens_by_itself_from_elsewhere_is_refused_and_a_link_is_not(tmp_path):
    assert looked(relations("hyperlink"), tmp_path) == "docx"
    assert looked(relations("attachedTemplate", "Internal"), tmp_path) == "docx"
    with pytest.raises(Refused) as refused:
        looked(relations("attachedTemplate"), tmp_path)
    assert refused.value.key == "reaches_out"


def test_a_page_that_never_ends_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LOOK_SECONDS", 1)
    with pytest.raises(Refused) as refused:
        looked(pdf(streams=(b"BT /F1 1 Tf (x) Tj ET\n" * 2_000_000,)), tmp_path)
    assert refused.value.key == "heavy"


def test_a_program_is_one_by_its_folder_too(tmp_path):
    """What OpenOffice calls macros lies in a folder of the archive."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": "<o/>",
    }
    assert looked(archive(parts), tmp_path) == "odt"
    with pytest.raises(Refused) as refused:
        looked(archive({**parts, "Basic/Standard/Module1.xml": "<x/>"}), tmp_path)
    assert refused.value.key == "macros"


def test_a_table_is_no_prose_and_prose_no_table(tmp_path):
    assert looked(CSV, tmp_path) == "csv"
    assert looked(b"Uno, dos y tres.\nCuatro y cinco.\nSeis.\n", tmp_path) == "txt"
    assert looked("\ufeffaño,ventas\n2004,1\n".encode("utf-16"), tmp_path) == "csv"


def test_a_name_says_nothing(tmp_path):
    """A workbook is one, whatever its file is called; so is what only calls itself so."""
    path = tmp_path / "informe.pdf"
    path.write_bytes(xlsx("Norte"))
    with path.open("rb") as file:
        assert reading.look(file) == "xlsx"


def test_every_refusal_has_its_sentence_in_each_language():
    for key in {key for _make, key in HOSTILE.values()} | {
        "size",
        "longer",
        "virus",
        "heavy",
        "reaches_out",
    }:
        said = set()
        for language in ("es", "pt", "en"):
            with translation.override(language):
                said.add(reading.sentence_of(key))
        assert len(said) == 3, key
