"""What a reader typed, read as words, phrases, exclusions and fields. Everything that is none of
these is a word: no question is refused.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pip_network.folding import fold
from pip_network.folding.words import STOP_WORDS, Word, form_of, key, seen_as_typed, words_in

LENGTH, MOST_WORDS, SHORTEST_PREFIX = 300, 12, 3

# A closed list: what a field is called, folded, in the three languages.
FIELDS = {
    name: which
    for which, names in {
        "author": "autor autora autores author authors",
        "title": "titulo title",
        "theme": "tema theme topic",
        "country": "pais country",
        "year": "ano year",
        "language": "idioma lengua lingua language",
        "type": "tipo type",
    }.items()
    for name in names.split()
}
OF_WORDS = ("author", "title")  # the others are values of the record

QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
PART = re.compile(
    r'(?P<out>-?)(?:(?P<field>[^\W\d_]{2,12}):(?=\S))?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))'
)


class Term(NamedTuple):
    """One word. `where` is "author" or "title", or nothing; a prefix holds the beginning of words.
    `name`: the field as the reader called it.
    """

    text: str
    key: str
    form: str
    where: str = ""
    prefix: bool = False
    name: str = ""

    @property
    def typed(self) -> str:
        return f"{self.name}:{self.text}" if self.name else self.text + "*" * self.prefix


class Phrase(NamedTuple):
    """Words that follow one another, stop words too."""

    text: str
    keys: tuple[str, ...]
    terms: tuple[Term, ...]  # those that say something

    @property
    def typed(self) -> str:
        return f'"{self.text}"'


class Filter(NamedTuple):
    """A field of the record: its name and what was asked of it."""

    facet: str
    text: str
    name: str

    @property
    def typed(self) -> str:
        quoted = f'"{self.text}"' if " " in self.text else self.text
        return f"{self.name}:{quoted}"


Part = Term | Phrase | Filter


@dataclass
class Question:
    """`shortened`: more was typed than is read. `ignored`: words that every text has. `signs`: what
    was typed has no word.
    """

    typed: str
    asked: list[Part] = field(default_factory=list)
    excluded: list[Part] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    shortened: bool = False
    signs: bool = False

    @property
    def terms(self) -> list[Term]:
        return [part for part in self.asked if isinstance(part, Term)]

    @property
    def phrases(self) -> list[Phrase]:
        return [part for part in self.asked if isinstance(part, Phrase)]

    @property
    def empty(self) -> bool:
        return not self.asked and not self.excluded


def read(typed: str) -> Question:
    """At most LENGTH characters and MOST_WORDS words of what was typed."""
    seen = seen_as_typed(typed)
    question = Question(seen[:LENGTH].strip(), shortened=len(seen) > LENGTH)
    left = MOST_WORDS
    for found in PART.finditer(question.typed.translate(QUOTES)):
        words = words_in(found["phrase"] or found["word"] or "")
        if len(words) > left:
            question.shortened = True
        if left and words[:left]:
            _add(question, found, words[:left])
        left = max(0, left - len(words))
    if question.empty and question.ignored:
        question.asked.append(phrase_of(question.ignored))
    question.signs = question.empty and bool(typed.strip())
    return question


def _add(question: Question, found: re.Match[str], words: list[Word]) -> None:
    into = question.excluded if found["out"] else question.asked
    name = found["field"] or ""
    where = FIELDS.get(fold(name), "")
    if name and not where:  # no field of ours: a word like any other
        _add_words(question, into, words_in(name), "")
        name = ""
    if where and where not in OF_WORDS:
        into.append(Filter(where, found["phrase"] or found["word"], name))
    elif found["phrase"] and not where and len(words) > 1:
        phrase = phrase_of([word.text for word in words])
        if phrase.keys:
            into.append(phrase)
    else:
        _add_words(question, into, words, name, prefix=(found["word"] or "").endswith("*"))


def _add_words(
    question: Question, into: list[Part], words: list[Word], name: str, *, prefix: bool = False
) -> None:
    for word in words:
        form = form_of(word.text)
        last = prefix and word is words[-1] and len(form) >= SHORTEST_PREFIX
        term = Term(word.text, key(word.text), form, FIELDS.get(fold(name), ""), last, name)
        if term.key in STOP_WORDS and not last:
            if into is question.asked:
                question.ignored.append(word.text)
        elif term.key and term not in into:
            into.append(term)


def phrase_of(words: list[str]) -> Phrase:
    terms = [Term(word, key(word), form_of(word)) for word in words if key(word)]
    return Phrase(
        " ".join(words),
        tuple(term.key for term in terms),
        tuple(term for term in terms if term.key not in STOP_WORDS),
    )
