"""What a file is, by its first bytes and never by its name."""

import re

from ..beginnings import OLE, ZIP, is_locked
from ..refusals import Refused
from .answers import Answer, Limits
from .text import read_text
from .workbook import read_workbook

KNOWN_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"{\\rtf", "document"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"PK\x05\x06", "archive"),
    (b"SQLite format 3", "database"),
)
MARKUP = re.compile(rb"\s*<(!doctype|\?xml|html|head|body|table|svg|script|div|!--)", re.IGNORECASE)


def read(data: bytes, limits: Limits) -> Answer:
    """The tables of a workbook or of comma-separated text; raises Refused for all else."""
    if len(data) > limits["size"]:
        raise Refused("size", most=limits["size"])
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("empty")
    if data.startswith(OLE):
        raise Refused("encrypted" if is_locked(data) else "old_excel")
    if data.startswith(ZIP):
        return read_workbook(data, limits)
    for start, kind in KNOWN_OTHERS:
        if data.startswith(start):
            raise Refused("kind", found=kind)
    if MARKUP.match(data[:500].removeprefix(b"\xef\xbb\xbf")):
        raise Refused("kind", found="markup")
    return read_text(data, limits)
