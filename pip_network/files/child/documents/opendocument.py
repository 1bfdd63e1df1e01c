"""OpenDocument: texts in parts, presentations by slide."""

from collections.abc import Iterator

from lxml import etree

from .archive import Archive
from .markup import elements
from .words import BREAK, divided

CONTENT = "content.xml"
SLIDE = "page"
TEXTS = ("p", "h")
MOST_SPACES = 100


def parts(archive: Archive, kind: str, most: int) -> Iterator[tuple[str, str]]:
    """(what the part is called, its text). Raises Refused."""
    content = archive.read(CONTENT)
    if kind == "odt":
        for page in "".join(_text(content)).split(BREAK):
            for text in divided(page, most):
                yield "part", text
        return
    pieces: list[str] = []
    for piece in _text(content, SLIDE):
        if piece != BREAK:
            pieces.append(piece)
            continue
        yield "slide", "".join(pieces).strip("\n")
        pieces = []


def _text(content: bytes, divides: str = "") -> Iterator[str]:
    """The text in its order; a break after each element called `divides`, and at each page where
    the last program saw one.
    """
    inside = 0  # of how many paragraphs: only there is what stands between elements text
    for event, name, element in elements(content, begins=True):
        if event == "start":
            if name in TEXTS:
                inside += 1
            if name == "soft-page-break" and not divides:
                yield BREAK
        elif name in TEXTS:
            inside -= 1
            if not inside:
                yield "".join(_spoken(element)) + "\n"
        elif name == divides:
            yield BREAK


def _spoken(element: etree._Element) -> Iterator[str]:
    """All text of a paragraph, with the spaces, tabs and lines that are elements."""
    for node in element.iter():
        name = node.tag.rpartition("}")[2]
        if name == "s":
            count = next((value for key, value in node.attrib.items() if key.endswith("}c")), "1")
            yield " " * min(MOST_SPACES, int(count) if count.isdigit() else 1)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        yield node.text or ""
        if node is not element:
            yield node.tail or ""
