"""Words as a search compares them: singular and plural, masculine and feminine, with and without
accents are one word, by rules that ask neither the language of the text nor that of the question.

`key` is a function of the word alone, so words with one key are found together in every text. When
a rule changes, so does KEYS, and the indexes that hold keys are built anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .letters import APOSTROPHES, fold
from .stop_words import ENGLISH, PORTUGUESE, SPANISH

KEYS = 1
SHORTEST_BEGINNING = 3  # letters: fewer begin nearly every text
LONGEST = 40  # letters of a key: what is longer is cut, on both sides of the comparison

# Marks on letters, what has no width, the hyphen at which a line broke (as PDFs say it), apostrophes.
WITHIN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff\x02" + re.escape(APOSTROPHES)
WORD = re.compile(rf"[^\W_]+(?:[{WITHIN}]+[^\W_]+)*[\u0300-\u036f]*")
ELIDED = re.compile(rf"^[dl][{re.escape(APOSTROPHES)}]+(?=[^\W\d_])", re.IGNORECASE)
LONGEST_FORM = 80
ELIDING = re.compile(f"[{re.escape(APOSTROPHES)}]")
TURNING = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNTYPED = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *TURNING), " ")
NO_WORD = re.compile(r"[\W_]+")

# Words in -s that are no plurals, as their own plurals show: interés, intereses.
IN_ES = ("interes", "ingles", "frances", "portugues", "holandes", "japones", "irlandes", "burgues")
EXCEPTIONS = {form: word for word in IN_ES for form in (word, f"{word}es", f"{word}a", f"{word}as")}
LAST_LETTERS = {"y": "i", "z": "c", "m": "n"}  # policy and policies, vez and veces, imagem and -ns


class Word(NamedTuple):
    """A word and where it stands in its text."""

    text: str
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    """The words of `text`, in order. An elision stands apart: `d'água` is `d` and `água`."""
    if not ELIDING.search(text):  # as in nearly every text, and by a third quicker
        return [Word(found[0], *found.span()) for found in WORD.finditer(text)]
    return list(_words_apart(text))


def _words_apart(text: str) -> Iterator[Word]:
    for found in WORD.finditer(text):
        start, end = found.span()
        word = found[0]
        if elided := ELIDED.match(word):
            yield Word(word[:1], start, start + 1)
            start += elided.end()
            word = text[start:end]
        yield Word(word, start, end)


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """What the forms of a word have in common; empty where there is no letter or figure."""
    form = NO_WORD.sub("", fold(word))[:LONGEST]
    return EXCEPTIONS.get(form) or _last_letter(_without_gender(_singular(form)))


def _singular(form: str) -> str:
    length = len(form)
    if length > 3 and form.endswith(("oes", "aes")):  # gestões, pães
        return form[:-3] + "ao"
    if length < 4 or form[-1] != "s" or form[-2] == "s":  # not business, process
        return form
    if length == 4 and form[-2] in "iu":  # not país, this, plus
        return form
    if form.endswith(("ais", "eis", "ois")):  # nacionais, níveis
        return form[:-2] + "l"
    return form[:-1]


def _without_gender(form: str) -> str:
    return form[:-1] if len(form) > 3 and form[-1] in "aeo" else form


def _last_letter(form: str) -> str:
    return form[:-1] + LAST_LETTERS.get(form[-1], form[-1]) if len(form) > 2 else form


@lru_cache(maxsize=100_000)
def form_of(word: str) -> str:
    """A word as it is written, but for capitals and for what has no width."""
    return NO_WORD.sub("", unicodedata.normalize("NFC", word).casefold())[:LONGEST_FORM]


def keys_of(text: str) -> list[str]:
    """The keys of the words of `text`, in order."""
    return [found for found in map(key, texts_of_words(text)) if found]


def keys_and_places(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Of each word of `text` its key, be it empty, and where it begins and ends."""
    if ELIDING.search(text):
        words = list(_words_apart(text))
        return [key(word.text) for word in words], [(word.start, word.end) for word in words]
    found = list(WORD.finditer(text))
    return [key(one[0]) for one in found], [one.span() for one in found]


def texts_of_words(text: str) -> list[str]:
    """The words of `text`, without their places."""
    if not ELIDING.search(text):
        return WORD.findall(text)
    return [word.text for word in _words_apart(text)]


SAY_NOTHING = frozenset(f"{SPANISH} {PORTUGUESE} {ENGLISH}".split())  # folded
STOP_WORDS = frozenset(keys_of(" ".join(SAY_NOTHING)))  # their keys


def seen_as_typed(typed: str) -> str:
    """What was typed, on one line and in its order: without NUL, other signs that control
    something, and those that turn letters round.
    """
    return " ".join(typed.translate(UNTYPED).split())


def keyed(text: str) -> str:
    """`text` as a search box looks into it: the keys of its words in order, then each of them as it
    is written, behind a sign. ` gestion de red =gestión =de =redes `.
    """
    keys, forms = keys_of(text), dict.fromkeys(form_of(word) for word in texts_of_words(text))
    return f" {' '.join([*keys, *('=' + form for form in forms if form)])} " if keys else ""


def whole(typed: str) -> tuple[str, ...]:
    """What a keyed text has where it has `typed` in any of its forms; nothing for a mark alone."""
    keys = keys_of(typed)
    return (f" {' '.join(keys)} ",) if keys else ()


def written(typed: str) -> tuple[str, ...]:
    """What it has where the word is written just so."""
    forms = [form for word in texts_of_words(typed) if (form := form_of(word))]
    return (f" ={forms[0]} ",) if len(forms) == 1 else whole(typed)


def beginning(typed: str) -> tuple[str, ...]:
    """What it has where it has `typed`, or a word that begins with its letters."""
    *before, last = [fold(word) for word in texts_of_words(typed)] or [""]
    keys = [*map(key, before), last]
    return (
        (*whole(typed), f" {' '.join(keys)}") if len(last) >= SHORTEST_BEGINNING else whole(typed)
    )
