"""PDF: whether it can be opened, whether something in it acts, its pages and the face of the first."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from ..refusals import Refused

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
OBJECTS = re.compile(rb"/ObjStm\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTS = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)(?![A-Za-z0-9])")
CARRIES = re.compile(rb"/EmbeddedFiles?(?![A-Za-z0-9])")
UNPACKED = 64 << 20  # bytes, of lists of objects
PAGES = 5_000


def check(file: BinaryIO) -> None:
    """Raises Refused for one that is damaged, locked with a password, scripted, or hard to read."""
    file.seek(0)
    data = file.read()
    document = opened(data)
    structure = structure_of(data)
    if ACTS.search(structure) or pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refused("scripts")
    if CARRIES.search(structure) or pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("attachments")
    if not 0 < len(document) <= PAGES:
        raise Refused("damaged")
    text_of(document, 0)


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """Raises Refused."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Refused("encrypted" if locked else "damaged") from error


def text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    """The text of a page, counted from 0. Raises Refused for a page that cannot be read."""
    try:
        page = document[number]
        text = page.get_textpage().get_text_bounded()
        page.close()
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged") from error
    # PDFium marks the hyphen at the end of a line so, in real compounds too.
    return text.replace("\x02", "-").replace("\r\n", "\n")


def structure_of(data: bytes) -> bytes:
    """What the file says of its objects: outside of streams, and in streams that hold objects.
    Names written with numbers of letters (`#4A`) are put right.
    """
    parts, left = [], UNPACKED
    for match in STREAM.finditer(data):
        if OBJECTS.search(data, max(0, match.start() - 400), match.start()):
            unpacked = inflated(match[1], left)
            left -= len(unpacked)
            parts.append(unpacked)
    outside = STREAM.sub(b"", data)
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), b"\n".join([outside, *parts]))


def inflated(content: bytes, most: int) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(content, max(1, most + 1))
    except zlib.error:
        return content
    if len(unpacked) > most:
        raise Refused("bomb")
    return unpacked


def pages(data: bytes, after: int) -> Iterator[dict[str, Any]]:
    """The text of each page behind number `after`, counted from 1."""
    document = opened(data)
    for number in range(after, min(len(document), PAGES)):
        try:
            yield {"page": number + 1, "label": "", "text": text_of(document, number)}
        except Refused:  # the others are read all the same
            yield {"page": number + 1, "label": "", "text": "", "unread": True}


def face(data: bytes, width: int) -> Any:
    """The first page as a picture of so many points across."""
    page = opened(data)[0]
    return page.render(scale=width / max(1.0, page.get_width())).to_pil()
