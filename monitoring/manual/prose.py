"""The texts of the Manual: one file for each chapter and language, in the few marks of this page.

    # Title                     the first line; the paragraph below it is the lede
    ## Section {#anchor}        a section; ### a part of it
    A paragraph. {R}            words with **strong** ones; at the end how they are known:
                                {R} reconstructed, {S1 S2} stated there, {inf S1} inferred from it
    - one                       points; `1. one` numbered ones
    | Head | Head |             a table; a line before it, `: Title {R}`, is its title
    ! Title: text               set apart
    [[part]]                    what is made from the catalogue

A file is part of the program: what cannot be read is an error of ours, not of a reader.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from monitoring.manual.blocks import (
    Block,
    Column,
    Heading,
    Mark,
    Note,
    Paragraph,
    Points,
    Run,
    Table,
)
from pip_network.choices import Origin

TEXTS = Path(__file__).parent / "texts"
HEADING = re.compile(r"(##+) (.+?) \{#([\w-]+)\}(.*)")
NUMBERED = re.compile(r"\d+\. ")
MARK = re.compile(r"\s*\{(R|(?:inf )?S\d+(?: S\d+)*)\}$")
PART = re.compile(r"\[\[(\w+)\]\]")


def source(language: str, key: str) -> str:
    """The file of a chapter."""
    return (TEXTS / language / f"{key}.md").read_text("utf-8")


@cache
def written(language: str, key: str) -> tuple[str, str, tuple[Block | str, ...]]:
    """Title, lede, and the blocks of a chapter; a text among them names a part that is made."""
    title, lede, *pieces = re.split(r"\n{2,}", source(language, key).strip())
    return title.removeprefix("# "), _joined(lede), tuple(_block(piece) for piece in pieces)


def filled(pieces: tuple[Block | str, ...], make: Callable[[str], list[Block]]) -> Iterator[Block]:
    """The blocks, with those that are made in their places."""
    for piece in pieces:
        if isinstance(piece, str):
            yield from make(piece)
        else:
            yield piece


def _block(piece: str) -> Block | str:
    if part := PART.fullmatch(piece):
        return part[1]
    if heading := HEADING.fullmatch(piece):
        hashes, text, anchor, rest = heading.groups()
        return Heading(text, anchor, len(hashes) - 1, mark=_marked(rest)[1])
    if piece.startswith("! "):
        title, _colon, text = _joined(piece[2:]).partition(": ")
        return Note(title, text, "rec")
    lines = piece.splitlines()
    if lines[0].startswith("- "):
        return Points(tuple(_paragraph(item) for item in _items(piece, "- ")))
    if NUMBERED.match(piece):
        return Points(tuple(_paragraph(item) for item in _items(piece, NUMBERED)), numbered=True)
    if lines[0].startswith((": ", "|")):
        return _table(lines)
    return _paragraph(piece)


def _items(piece: str, sign: str | re.Pattern[str]) -> list[str]:
    """The points of a list; a line that begins with two spaces goes on with the one before."""
    pattern = sign.pattern if isinstance(sign, re.Pattern) else re.escape(sign)
    return [item for item in re.split(rf"(?m)^{pattern}", piece) if item]


def _table(lines: list[str]) -> Table:
    title, mark = _marked(lines.pop(0)[2:]) if lines[0].startswith(": ") else ("", None)
    heads, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return Table(title, tuple(Column(head) for head in heads), tuple(map(tuple, rows)), mark)


def _paragraph(piece: str) -> Paragraph:
    text, mark = _marked(_joined(piece))
    pieces = text.split("**")
    runs = (Run(words, at % 2 == 1) for at, words in enumerate(pieces) if words)
    return Paragraph(tuple(runs), mark)


def _marked(text: str) -> tuple[str, Mark | None]:
    """A text without its mark, and the mark."""
    found = MARK.search(text)
    if found is None:
        return text.strip(), None
    rest, code = text[: found.start()].strip(), found[1]
    if code == "R":
        return rest, Mark(Origin.RECONSTRUCTED)
    if code.startswith("inf "):
        return rest, Mark(Origin.INFERRED, code.removeprefix("inf "))
    return rest, Mark(Origin.STATED, code)


def _joined(piece: str) -> str:
    return " ".join(line.strip() for line in piece.splitlines())
