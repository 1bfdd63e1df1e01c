"""The text of a file, part by part as it is divided, and the face of the first page."""

import base64
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from PIL import Image

from ..refusals import Refused
from . import opendocument, pdf, pictures, presentations, sheets, words
from .archive import Archive
from .budget import renew
from .plain import decoded

Answer = dict[str, Any]
WIDTH, HEIGHT = 480, 680  # points of a preview at most
LONGEST = 100_000  # letters of one part; what is longer goes on as the next
MOST = 5_000  # parts
WORDS = 400  # of a part of a text that has no pages


def pages(file: BinaryIO, kind: str, after: int, seconds: int) -> Iterator[Answer]:
    """Each part behind number `after`, written as soon as it is read, each within so many seconds.

    Raises Refused.
    """
    renew(seconds)
    file.seek(0)
    if after == 0 and (preview := face(file, kind)):
        yield {"preview": preview}
        renew(seconds)
    if kind == "pdf":
        for page in pdf.pages(file.read(), after):
            yield page
            renew(seconds)
        return
    for number, (label, text) in enumerate(parts(file, kind), 1):
        if number > MOST:
            raise Refused("bomb")
        if number > after:
            yield {"page": number, "label": label, "text": text[:LONGEST]}


def parts(file: BinaryIO, kind: str) -> Iterable[tuple[str, str]]:
    """(what such a part is called, its text)."""
    match kind:
        case "docx":
            return [("part", text) for text in words.parts(Archive(file), WORDS)]
        case "pptx":
            return [("slide", text) for text in presentations.slides(Archive(file))]
        case "odt" | "odp":
            return opendocument.parts(Archive(file), kind, WORDS)
        case "xlsx" | "ods":
            return [("sheet", text) for text in sheets.sheets(file)]
        case "csv" | "txt":
            return [("part", text) for text in words.divided(decoded(file.read()), WORDS)]
    return []


def face(file: BinaryIO, kind: str) -> str:
    """The preview as WebP in base64; empty for what has no face."""
    picture: Image.Image
    if kind == "pdf":
        picture = pdf.face(file.read(), WIDTH)
    elif kind in ("png", "jpeg"):
        picture = pictures.opened(file, kind)
        picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))
    else:
        return ""
    picture.thumbnail((WIDTH, HEIGHT))
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=75)
    file.seek(0)
    return base64.b64encode(out.getvalue()).decode()
