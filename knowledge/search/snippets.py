"""Where in a work the words stand: the best page, its own words marked, and why it was found."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from pip_network.folding.words import keys_and_places

from .engines import Alternatives, pages_of
from .marking import Marking
from .questions import Question
from .sets import keys_for
from .shelf import Shelf
from .thesaurus import Named
from .tokens import BRIDGE, PAGE_BITS

SPACE = re.compile(r"\s")
LENGTH = 240  # letters of a snippet, about
Place = tuple[int, int]  # where a word begins and ends


class BestPage(NamedTuple):
    """`ordinal` is a page of the work in the order of the index (0: its record); `others`: how many
    more pages have some of the words.
    """

    ordinal: int
    others: int


class Piece(NamedTuple):
    text: str
    marked: bool


def best_places(
    shelf: Shelf, question: Question, rows: Sequence[int], concepts: Sequence[Named] = ()
) -> dict[int, BestPage]:
    """For each row the page with most of what was asked, the first of equals; the record only where
    no page has any of it.
    """
    places = {}
    others = [tuple(label.keys for label in concept.labels) for concept in concepts]
    asked = [*asked_of_pages(shelf, question), *others]
    phrases = {place for place, one in enumerate(asked) if len(one[0]) > 1}
    for row, pieces in pages_of(rows, asked).items():
        pages = by_page(pieces, phrases)
        of_text = {page: found for page, found in pages.items() if page}
        if of_text:
            best = min(of_text, key=lambda page: (-len(of_text[page]), page))
            places[row] = BestPage(best, len(of_text) - 1)
        elif pages:
            places[row] = BestPage(0, 0)
    return places


def by_page(pieces: dict[int, set[int]], phrases: set[int]) -> dict[int, set[int]]:
    """What each page has. A bridge tells of phrases alone, and of none that the page before has."""
    pages: dict[int, set[int]] = {}
    bridges: dict[int, set[int]] = {}
    for number, found in pieces.items():
        into = bridges if number & BRIDGE == BRIDGE else pages
        into.setdefault(number >> PAGE_BITS, set()).update(found)
    for page, found in sorted(bridges.items()):
        if told := (found & phrases) - pages.get(page - 1, set()):
            pages.setdefault(page, set()).update(told)
    return pages


def asked_of_pages(shelf: Shelf, question: Question) -> list[Alternatives]:
    """Words and phrases that may stand in a text: of the beginning of a word, any of its words."""
    terms = [term for term in question.terms if not term.where]
    words = [tuple((found,) for found in keys_for(shelf, term)) for term in terms]
    phrases = [(phrase.keys,) for phrase in question.phrases]
    return list(dict.fromkeys(asked for asked in (*words, *phrases) if asked))


def marking_of(shelf: Shelf, question: Question, concepts: Sequence[Named] = ()) -> Marking:
    """What is marked: of a phrase the words that say something."""
    terms = [*question.terms, *(term for phrase in question.phrases for term in phrase.terms)]
    words = {found for term in terms for found in keys_for(shelf, term)}
    return Marking(words, (label.keys for concept in concepts for label in concept.labels))


def marked(text: str, marking: Marking) -> list[Piece]:
    """All of `text`, the words that were asked marked."""
    keys, words = keys_and_places(text)
    if not words:
        return [Piece(text, False)]
    start, end = words[0][0], words[-1][1]
    inner = cut_out(text[:end], words, (0, len(words) - 1), marking.places(keys))
    ends = Piece(text[:start], False), Piece(text[end:], False)
    return [piece for piece in (ends[0], *inner, ends[1]) if piece.text]


def snippet(text: str, marking: Marking) -> list[Piece]:
    """The part of `text` that has most of the words, in whole words; nothing where it has none."""
    keys, words = keys_and_places(text)
    hits = marking.places(keys)
    if not hits:
        return []
    return cut_out(text, words, window(words, keys, sorted(hits)), hits)


def window(words: Sequence[Place], keys: Sequence[str], hits: Sequence[int]) -> tuple[int, int]:
    """First and last word of the part with most different words that fits, the first of equals;
    what is left of its length goes before and after it.
    """
    best, ends = (0, 0), (hits[0], hits[0])
    for at, start in enumerate(hits):
        within = [end for end in hits[at:] if words[end][1] - words[start][0] <= LENGTH]
        worth = (len({keys[end] for end in within}), len(within))
        if within and worth > best:
            best, ends = worth, (start, within[-1])
    return widened(words, *ends)


def widened(words: Sequence[Place], first: int, last: int) -> tuple[int, int]:
    """To the length of a snippet, a word on each side at a time."""
    grows = True
    while grows:
        grows = False
        for before, after in ((1, 0), (0, 1)):
            start, end = first - before, last + after
            fits = start >= 0 and end < len(words)
            if fits and words[end][1] - words[start][0] <= LENGTH:
                first, last, grows = start, end, True
    return first, last


def cut_out(
    text: str, words: Sequence[Place], part: tuple[int, int], hits: Collection[int]
) -> list[Piece]:
    """The text from word to word, `hits` marked; an ellipsis where it goes on."""
    first, last = part
    pieces = [Piece("… ", False)] if first else []
    at = words[first][0]
    for place in range(first, last + 1):
        if place in hits:
            start, end = words[place]
            pieces += [Piece(shown(text[at:start]), False), Piece(shown(text[start:end]), True)]
            at = end
    pieces.append(Piece(shown(text[at : words[last][1]]), False))
    pieces.append(Piece(" …" if last < len(words) - 1 else "", False))
    return [piece for piece in pieces if piece.text]


def shown(text: str) -> str:
    """On one line; the hyphen of a broken line as a hyphen."""
    return SPACE.sub(" ", text.replace("\x02", "-").replace("\u00ad", ""))
