"""Files made on the fly: one of each kind that is kept, and what becomes of it in wrong hands."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

import xlsxwriter
from PIL import Image

WORD = "wordprocessingml.document.main+xml"
SLIDES = "presentationml.presentation.main+xml"


def pdf(
    *pages: str, extra: bytes = b"", catalog: str = "", streams: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF with so many pages of one line; `extra` is a further object, `catalog` stands in the
    first one, `streams` are the contents of pages instead of lines.
    """
    contents = [*streams] or [
        f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode("cp1252") for text in pages
    ]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        packed = zlib.compress(content)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
            + packed
            + b"\nendstream",
        ]
    if extra:
        objects.append(extra)
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def microsoft(part: str, content_type: str, parts: Mapping[str, str | bytes]) -> bytes:
    types = f'<Types><Override PartName="/{part}" ContentType="application/vnd.{content_type}"/></Types>'
    return archive({"[Content_Types].xml": types, **parts})


def docx(*paragraphs: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    body = body.replace("|", "</w:t><w:lastRenderedPageBreak/><w:t>")
    document = f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'
    return microsoft(
        "word/document.xml",
        f"openxmlformats-officedocument.{WORD}",
        {"word/document.xml": document, **(more or {})},
    )


def pptx(*slides: str, notes: str = "") -> bytes:
    """The slides in this order, kept in the archive in the other."""
    count = len(slides)
    order = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(count))
    parts: dict[str, str] = {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="urn:p" xmlns:r="urn:r">{order}</p:presentation>',
        "ppt/_rels/presentation.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="r{n}" Target="slides/slide{count - n}.xml"/>' for n in range(count)
        )
        + "</Relationships>",
    }
    for n, text in enumerate(slides):
        parts[f"ppt/slides/slide{count - n}.xml"] = _slide(text)
    if notes:
        parts["ppt/notesSlides/notesSlide1.xml"] = _slide(notes)
        parts[f"ppt/slides/_rels/slide{count}.xml.rels"] = (
            '<Relationships><Relationship Id="n" Target="../notesSlides/notesSlide1.xml"/>'
            "</Relationships>"
        )
    return microsoft("ppt/presentation.xml", f"openxmlformats-officedocument.{SLIDES}", parts)


def _slide(text: str) -> str:
    return f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'


def xlsx(*sheets: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, f"Ventas de {name}")
            sheet.write(1, 2, 2005)
    return out.getvalue()


def opendocument(kind: str, body: str, *, manifest: str = "") -> bytes:
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": '<o xmlns:text="urn:t" xmlns:draw="urn:d" xmlns:table="urn:b">'
            f"{body}</o>",
        }
    )


def odt(*paragraphs: str) -> bytes:
    return opendocument("text", "".join(f"<text:p>{text}</text:p>" for text in paragraphs))


def odp(*slides: str) -> bytes:
    pages = (f"<draw:page><text:p>{text}</text:p></draw:page>" for text in slides)
    return opendocument("presentation", "".join(pages))


def png_header(width: int, height: int) -> bytes:
    """A picture that says it is so large, and holds nothing."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    crc = zlib.crc32(head).to_bytes(4, "big")
    none = bytes(4) + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + crc + none


def picture(kind: str, width: int = 60, height: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (20, 90, 160)).save(out, kind)
    return out.getvalue()


CSV = "Año;Ventas\n2004;10\n2005;12\n".encode()
TEXT = "Lo que aprendimos de la red, en pocas palabras.\nNo más.\n".encode("cp1252")

GOOD: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: pdf("Gestión de redes", "Página dos"),
    "docx": lambda: docx("Gestión de redes"),
    "xlsx": lambda: xlsx("Norte", "Sur"),
    "pptx": lambda: pptx("Uno", "Dos"),
    "odt": lambda: odt("Gestión de redes"),
    "ods": lambda: opendocument("spreadsheet", "<table:table/>"),
    "odp": lambda: odp("Uno", "Dos"),
    "csv": lambda: CSV,
    "txt": lambda: TEXT,
    "png": lambda: picture("png"),
    "jpeg": lambda: picture("jpeg"),
}
