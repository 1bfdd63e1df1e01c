"""The tokens of a work: what its rows of the two indexes hold.

A token of the works' index is the key of a word, alone or behind a marker that says where or how
often it stands. Markers begin with `_`, which no word does.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pip_network.folding import fold
from pip_network.folding.words import STOP_WORDS, form_of, key, keys_of, texts_of_words

from .texts import AUTHOR, READ, TITLE, WorkText

IN_TITLE, IN_RECORD, BY_AUTHOR, OFTEN, VERY_OFTEN, EXACT = "_t_", "_m_", "_a_", "_b_", "_c_", "_x_"
OFTEN_TIMES, VERY_OFTEN_TIMES = 4, 16
LONGEST_NUMBER = 4  # of a text: longer ones are tables and codes; of the record they are kept

# A database keeps 256 places of a word in a row, so no piece of a page has more words than that. A
# piece begins with the last words of the one before; the end of a page and the beginning of the next
# are a piece of their own (the bridge), where phrases are found that go on over the page.
PIECE, OVERLAP = 240, 11
PAGE_BITS = 8  # of the number of a piece, below that of its page
BRIDGE = (1 << PAGE_BITS) - 1


class Tokens(NamedTuple):
    """`pieces`: (number, words in order). `forms`: each word as written, and whether it is common."""

    work: tuple[str, ...]
    pieces: tuple[tuple[int, tuple[str, ...]], ...]
    forms: dict[str, bool]

    @property
    def digest(self) -> str:
        text = repr((self.work, self.pieces, sorted(self.forms.items())))
        return hashlib.sha256(text.encode()).hexdigest()


def tokens_of(text: WorkText) -> Tokens:
    counts: Counter[str] = Counter()  # of written forms
    marked: set[str] = set()
    common: set[str] = set()
    for line in text.lines:
        forms = [form_of(word) for word in texts_of_words(line.text)]
        for form in forms:
            marked |= marks_of(form, line.kind)
        common.update(forms)
        if line.kind in READ:
            counts.update(forms)
    for word, count in Counter(words_of_pages(text)).items():
        if not is_long_number(form_of(word)):
            counts[form_of(word)] += count
    common.update(form for form, count in counts.items() if count >= OFTEN_TIMES)
    seen = {form for form in counts.keys() | common if key(form) and key(form) not in STOP_WORDS}
    return Tokens(
        work=tuple(sorted(marked | counted(counts) | exact(seen))),
        pieces=tuple(pieces_of(text)),
        forms={form: form in common for form in seen if not form.isdigit()},
    )


@lru_cache(maxsize=100_000)
def is_accented(form: str) -> bool:
    return form != fold(form)


def is_long_number(form: str) -> bool:
    return form.isdigit() and len(form) > LONGEST_NUMBER


def words_of_pages(text: WorkText) -> Iterator[str]:
    """Each word; of one that a line's end has broken its halves too, which may be words."""
    for page in text.pages:
        yield from texts_of_words(page.text)
        yield from halves_in(page.text)


def halves_in(text: str) -> Iterator[str]:
    if "\x02" in text:
        for word in texts_of_words(text):
            if "\x02" in word:
                yield from (half for half in word.split("\x02") if half)


def marks_of(form: str, kind: str) -> set[str]:
    """The tokens of a word in a line of the record."""
    found = key(form)
    if not found or found in STOP_WORDS:
        return set()
    marks = {found, IN_RECORD + found}
    if kind == TITLE:
        marks = {found, IN_TITLE + found}
    elif kind == AUTHOR:
        marks.add(BY_AUTHOR + found)
    return marks


def counted(counts: Counter[str]) -> set[str]:
    """Each key that the text has, and how often."""
    times: Counter[str] = Counter()
    for form, count in counts.items():
        times[key(form)] += count
    found = set()
    for each, count in times.items():
        if each and each not in STOP_WORDS:
            found.add(each)
            if count >= OFTEN_TIMES:
                found.add(OFTEN + each)
            if count >= VERY_OFTEN_TIMES:
                found.add(VERY_OFTEN + each)
    return found


def exact(forms: Iterable[str]) -> set[str]:
    """Words with their accents: only those that have some."""
    return {EXACT + form for form in forms if is_accented(form)}


def pieces_of(text: WorkText) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Page 0 is the record, a line a piece; then the pages in their order."""
    lines = (line for line in text.lines if line.kind in READ)
    yield from numbered(0, [piece for line in lines for piece in cut_up(keys_of(line.text))])
    before: tuple[str, ...] = ()
    for ordinal, page in enumerate(text.pages, 1):
        keys = tuple(keys_of(page.text))
        halves = tuple(found for found in map(key, halves_in(page.text)) if found)
        yield from numbered(ordinal, [*cut_up(keys), *cut_up(halves)])
        if before and keys and not page.first:
            yield (ordinal << PAGE_BITS) + BRIDGE, (*before, *keys[:OVERLAP])
        before = (*(() if page.first else before), *keys)[-OVERLAP:]


def cut_up(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Pieces that overlap, so that no phrase is cut in two."""
    for start in range(0, len(keys), PIECE):
        yield tuple(keys[max(0, start - OVERLAP) : start + PIECE])


def numbered(page: int, pieces: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, piece in enumerate(pieces[:BRIDGE]):
        yield (page << PAGE_BITS) + number, piece
