"""Text without any format, and tables in it: their letters, and which of both they are."""

import re

from ..refusals import Refused

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
DELIMITERS = (",", ";", "\t", "|")
CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MARKUP = re.compile(
    r"\s*<(!doctype|\?xml|\?php|html|head|body|table|svg|script|div|!--)", re.IGNORECASE
)
SIGNS = "ºª°«»¿¡–—“”‘’€·…•\xa0"  # what people write besides letters, as Windows-1252 has it


def plain_kind(data: bytes) -> str:
    """csv or txt. Raises Refused for bytes that are no text, and for text that browsers act on."""
    begins_like_markup(data[:1000].decode("latin-1").removeprefix("ï»¿"))
    text = decoded(data)
    begins_like_markup(text[:1000])
    return "csv" if is_table(text) else "txt"


def begins_like_markup(text: str) -> None:
    """Raises Refused: browsers look no further than to the beginning, whatever follows."""
    if MARKUP.match(text):
        raise Refused("markup")


def decoded(data: bytes) -> str:
    """By its mark, else UTF-8, else Windows-1252 when each byte is a letter of it.

    Raises Refused.
    """
    text = _decoded(data)
    if CONTROL.search(text):
        raise Refused("kind")
    return text


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise Refused("kind") from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("kind") from error
    foreign = [letter for letter in text if ord(letter) > 127]
    if not all(letter.isalpha() or letter in SIGNS for letter in foreign):
        raise Refused("kind")
    return text


def is_table(text: str) -> bool:
    """Does one mark divide most of its lines into equally many cells?"""
    lines = [line for line in text[:200_000].splitlines() if line.strip()]
    return len(lines) > 1 and any(_divides(mark, lines) for mark in DELIMITERS)


def _divides(mark: str, lines: list[str]) -> bool:
    cells = lines[0].count(mark)
    equal = sum(line.count(mark) == cells for line in lines)
    return cells > 0 and equal * 10 >= len(lines) * 8
