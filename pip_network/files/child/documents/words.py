"""Word documents: a text without pages, divided into parts.

Where Word broke the lines into pages the last time it says so (`lastRenderedPageBreak`): there a
part ends. It is called a part all the same, because the next program breaks elsewhere.
"""

import re
from collections.abc import Iterable, Iterator

from .archive import Archive
from .markup import elements, forget

DOCUMENT = "word/document.xml"
# Besides the text itself; each is a part of its own, after it.
BESIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
BREAK = "\f"


def parts(archive: Archive, most: int) -> Iterator[str]:
    """The text, part by part; then what stands in headers, notes and comments."""
    text = "".join(_text(archive.read(DOCUMENT)))
    for page in text.split(BREAK):
        yield from divided(page, most)
    said = set()
    for name in sorted(filter(BESIDE.fullmatch, archive.members)):
        beside = "".join(_text(archive.read(name))).replace(BREAK, "\n").strip()
        if beside and beside not in said:  # one header stands for many sections
            said.add(beside)
            yield beside


def divided(text: str, most: int) -> Iterator[str]:
    """Pieces of whole lines with so many words, or few more; a line that is longer is cut."""
    piece: list[str] = []
    words = 0
    for line in _short_lines(text.splitlines(), most):
        count = len(line.split())
        if piece and words + count > most:
            yield "\n".join(piece).strip("\n")
            piece, words = [], 0
        piece.append(line)
        words += count
    if words:
        yield "\n".join(piece).strip("\n")


def _short_lines(lines: Iterable[str], most: int) -> Iterator[str]:
    for line in lines:
        words = line.split()
        if len(words) <= most:
            yield line
        else:
            for start in range(0, len(words), most):
                yield " ".join(words[start : start + most])


def _text(content: bytes) -> Iterator[str]:
    """Its text in its order. What is only there for older programs says the same once more."""
    older = 0
    for event, name, element in elements(content, begins=True):
        if name == "Fallback":
            older += 1 if event == "start" else -1
        if event == "start" or older:
            continue
        match name:
            case "t":
                yield element.text or ""
            case "tab":
                yield "\t"
            case "br" if "page" in element.attrib.values():
                yield BREAK
            case "br" | "cr":
                yield "\n"
            case "lastRenderedPageBreak":
                yield BREAK
            case "noBreakHyphen":
                yield "-"
            case "p":
                yield "\n"
                forget(element)
