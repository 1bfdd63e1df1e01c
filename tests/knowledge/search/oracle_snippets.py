"""The snippet of a page, computed from its text alone, by trying every part of it that fits.

It shares with the portal what a word is, and nothing else.
"""

from collections.abc import Iterable

from knowledge.search.snippets import LENGTH
from pip_network.folding.words import STOP_WORDS, key, words_in

from .oracle import Asked, Library, every_key

NO_TEXT = ("year",)


def wanted(library: Library, parts: Iterable[Asked]) -> set[str]:
    """Keys that are marked: of a phrase those that say something."""
    found: set[str] = set()
    for part in parts:
        if part.out or part.kind in NO_TEXT:
            continue
        if part.kind == "prefix":
            found |= library.beginning(part.text)
        elif part.kind == "phrase":
            found |= {word for word in every_key(part.text) if word not in STOP_WORDS}
        else:
            found |= set(every_key(part.text))
    return found


def snippet(text: str, marks: set[str]) -> str:
    """With what is marked in brackets; empty where nothing is."""
    words = words_in(text)
    hits = [place for place, word in enumerate(words) if key(word.text) in marks]
    if not hits:
        return ""
    first, last = widest(words, *best(words, hits))
    said = "… " if first else ""
    at = words[first].start
    for place in range(first, last + 1):
        word = words[place]
        if place in hits:
            said += f"{text[at : word.start]}[{text[word.start : word.end]}]"
            at = word.end
    said += text[at : words[last].end]
    return " ".join((said + (" …" if last < len(words) - 1 else "")).split())


def best(words: list, hits: list[int]) -> tuple[int, int]:
    """With most different words, then most words, the first of equals."""
    fitting = [
        (first, last)
        for first in hits
        for last in hits
        if first <= last and words[last].end - words[first].start <= LENGTH
    ]

    def worth(part: tuple[int, int]) -> tuple[int, int, int, int]:
        inside = [key(words[hit].text) for hit in hits if part[0] <= hit <= part[1]]
        return len(set(inside)), len(inside), -part[0], part[1]

    return max(fitting, key=worth)


def widest(words: list, first: int, last: int) -> tuple[int, int]:
    """A word before, a word after, in turn, as long as it fits."""
    while True:
        before = first > 0 and words[last].end - words[first - 1].start <= LENGTH
        first -= before
        after = last + 1 < len(words) and words[last + 1].end - words[first].start <= LENGTH
        last += after
        if not (before or after):
            return first, last
