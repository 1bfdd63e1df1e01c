"""What a question must find, computed from the texts alone: no index, no sets, no database.

It shares with the portal what a word is (`words_in`, `key`, the stop words), and nothing else.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from knowledge.search.texts import WorkText
from pip_network.folding import fold
from pip_network.folding.words import STOP_WORDS, key, words_in

Words = list[str]


@dataclass(frozen=True)
class Asked:
    """One part of a question. `kind`: word, author, title, prefix, phrase, year."""

    kind: str
    text: str
    out: bool = False

    @property
    def typed(self) -> str:
        shapes = {
            "word": "{}",
            "author": "autor:{}",
            "title": "título:{}",
            "prefix": "{}*",
            "phrase": '"{}"',
            "year": "año:{}",
        }
        return "-" * self.out + shapes[self.kind].format(self.text)


@dataclass
class Told:
    total: int
    codes: list[str]
    facets: dict[str, dict[str, int]]
    places: dict[str, tuple[int, int]]


@dataclass
class Library:
    works: list[WorkText]
    common: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    written: dict[str, set[str]] = field(default_factory=dict)
    held: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for work in self.works:
            counts = Counter(lower(word) for text in texts(work) for word in plain_words(text))
            lines = {lower(word) for line in work.lines for word in plain_words(line.text)}
            self.common |= lines | {form for form, count in counts.items() if count >= 4}
            self.forms |= counts.keys() | lines
            self.written[work.code] = set(counts)
            self.held[work.code] = {k for text in texts(work) for k in keys(text)}

    def ask(self, parts: list[Asked], keys: frozenset[str], chosen: dict[str, str]) -> Told:
        seen = [work for work in self.works if work.audience & keys]
        asked = [work for work in seen if all(self.has(work, part) != part.out for part in parts)]
        found = [work for work in asked if fits(work, chosen)]
        found.sort(key=lambda work: self.rank(work, parts))
        return Told(
            len(found),
            [work.code for work in found],
            {facet: counted(asked, chosen, facet) for facet in ("language", "type", "theme")},
            {
                work.code: place
                for work in found
                if (place := self.place(work, [part for part in parts if not part.out]))
            },
        )

    def has(self, work: WorkText, part: Asked) -> bool:
        words = every_key(part.text)
        match part.kind:
            case "word":
                return words[0] in self.held[work.code]
            case "author" | "title":
                return words[0] in {
                    k for line in work.lines if line.kind == part.kind for k in keys(line.text)
                }
            case "prefix":
                return not self.held[work.code].isdisjoint(self.beginning(part.text))
            case "phrase":
                return any(follow(words, text) for text in stretches(work))
        return str(work.facts["year"] or "") == part.text

    def beginning(self, start: str) -> set[str]:
        return {key(form) for form in self.forms if fold(form).startswith(fold(start))}

    def rank(self, work: WorkText, parts: list[Asked]) -> tuple:
        """The smaller, the sooner."""
        asked = [part for part in parts if not part.out and part.kind != "year"]
        words = [
            (part.kind, word)
            for part in asked
            for word in plain_words(part.text)
            if part.kind != "phrase" or key(word) not in STOP_WORDS
        ]
        year = work.facts["year"]
        last = (-(year or -1), work.code)
        if not words:
            return last
        return (
            not all(self.in_title(work, kind, word) for kind, word in words),
            not self.exact(work, [word for kind, word in words if kind != "prefix"]),
            not all(self.times(work, kind, word, 16) for kind, word in words),
            not all(self.times(work, kind, word, 4) for kind, word in words),
            *last,
        )

    def keys_for(self, kind: str, word: str) -> set[str]:
        return self.beginning(word) if kind == "prefix" else {key(word)}

    def in_title(self, work: WorkText, kind: str, word: str) -> bool:
        if kind == "author":
            return self.has(work, Asked(kind, word))
        titles = {k for line in work.lines if line.kind == "title" for k in keys(line.text)}
        return not titles.isdisjoint(self.keys_for(kind, word))

    def exact(self, work: WorkText, words: Words) -> bool:
        forms = self.written[work.code]
        for word in words:
            if lower(word) != fold(word):
                if lower(word) not in forms:
                    return False
            elif lower(word) in self.common:
                twins = {form for form in self.forms if fold(form) == fold(word) != form}
                if forms & twins:
                    return False
        return True

    def times(self, work: WorkText, kind: str, word: str, least: int) -> bool:
        if kind in ("author", "title"):
            return self.has(work, Asked(kind, word))
        counts = Counter(k for text in texts(work) for k in keys(text))
        return any(counts[k] >= least for k in self.keys_for(kind, word))

    def place(self, work: WorkText, parts: list[Asked]) -> tuple[int, int] | None:
        """The page with most of what was asked, and how many others have some."""
        wanted: list[list[Words]] = []  # of each, one is enough
        for part in parts:
            if part.kind in ("word", "prefix"):
                wanted.append([[k] for k in sorted(self.keys_for(part.kind, part.text))])
            elif part.kind == "phrase":
                wanted.append([every_key(part.text)])
        wanted = [words for number, words in enumerate(wanted) if words not in wanted[:number]]
        pages = [every_key(page.text) for page in work.pages]
        held = [[follow_any(words, page) for words in wanted] for page in pages]
        for number, (before, page) in enumerate(pairwise(pages)):
            for place, words in enumerate(wanted):
                over = len(words[0:1] and words[0]) > 1 and follow_any(
                    words, before[-11:] + page[:11]
                )
                if over and not held[number][place]:
                    held[number + 1][place] = True
        counts = [sum(row) for row in held]
        if any(counts):
            best = max(range(len(counts)), key=lambda number: (counts[number], -number))
            return best + 1, sum(1 for count in counts if count) - 1
        record = any(
            follow_any(words, every_key(line.text)) for words in wanted for line in work.lines
        )
        return (0, 0) if record else None


@cache
def plain_words(text: str) -> Words:
    return [word.text for word in words_in(text)]


def lower(word: str) -> str:
    return word.lower()


@cache
def every_key(text: str) -> Words:
    return [key(word) for word in plain_words(text)]


@cache
def keys(text: str) -> Words:
    return [k for k in every_key(text) if k not in STOP_WORDS]


def texts(work: WorkText) -> Iterable[str]:
    yield from (line.text for line in work.lines)
    yield from (page.text for page in work.pages)


def stretches(work: WorkText) -> Iterable[Words]:
    """Texts in which a phrase may stand: lines, and the pages one after the other."""
    for line in work.lines:
        yield every_key(line.text)
    yield [word for page in work.pages for word in every_key(page.text)]


def follow_any(phrases: list[Words], text: Words) -> bool:
    return any(follow(words, text) for words in phrases)


def follow(words: Words, text: Words) -> bool:
    starts = (at for at, word in enumerate(text) if word == words[0])
    return any(text[at : at + len(words)] == words for at in starts)


def fits(work: WorkText, chosen: dict[str, str], without: str = "") -> bool:
    return all(value in work.facts[facet] for facet, value in chosen.items() if facet != without)


def counted(works: list[WorkText], chosen: dict[str, str], facet: str) -> dict[str, int]:
    rest = [work for work in works if fits(work, chosen, without=facet)]
    counts = Counter(value for work in rest for value in work.facts[facet])
    return {**dict.fromkeys([chosen[facet]] if facet in chosen else [], 0), **counts}
