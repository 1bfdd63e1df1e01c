"""What a file is, by its first bytes and never by its name."""

import re

from .answers import Answer, Limits
from .refusals import Refused
from .text import read_text
from .workbook import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
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
        raise Refused(
            "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel"
        )
    if data.startswith(ZIP):
        return read_workbook(data, limits)
    for start, kind in KNOWN_OTHERS:
        if data.startswith(start):
            raise Refused("kind", found=kind)
    if MARKUP.match(data[:500].removeprefix(b"\xef\xbb\xbf")):
        raise Refused("kind", found="markup")
    return read_text(data, limits)
