"""What a file is, by its content and never by its name."""

from typing import BinaryIO

from ..beginnings import OLE, ZIP, is_locked
from ..refusals import Refused
from .office import office_kind
from .plain import plain_kind

PDF = b"%PDF-"
PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
KNOWN_OTHERS = (
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"{\\rtf",
    b"PK\x05\x06",
    b"SQLite format 3",
    b"%!PS",
)


def look(file: BinaryIO) -> str:
    """The kind of a file that may be kept. Raises Refused for all else, with the reason."""
    start = file.read(8)
    if not start.strip(b"\0 \r\n\t") and not file.read(1 << 16).strip(b"\0 \r\n\t"):
        raise Refused("empty")
    if start == OLE:
        file.seek(0)
        raise Refused("encrypted" if is_locked(file.read()) else "old_office")
    if start.startswith(PDF):
        from . import pdf  # noqa: PLC0415 -- its library, only when it is needed

        pdf.check(file)
        return "pdf"
    if start.startswith(ZIP):
        return office_kind(file)
    for magic, kind in PICTURES:
        if start.startswith(magic):
            from .pictures import check_picture  # noqa: PLC0415 -- likewise

            check_picture(file, kind)
            return kind
    if start.startswith((b"#!", b"\x7fELF")):
        raise Refused("program")
    if start.startswith(KNOWN_OTHERS):
        raise Refused("kind")
    file.seek(0)
    return plain_kind(file.read())
