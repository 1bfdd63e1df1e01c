"""What was typed, as words, and the other terms of what it names."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from knowledge.search import shelf, thesaurus
from knowledge.search.marking import Marking
from knowledge.search.questions import read as read_for_library
from knowledge.search.thesaurus import Label
from pip_network.folding.words import beginning, keys_of, seen_as_typed, whole
from pip_network.web.text import MOST_WORDS, How, fold, telling, without_marks

LENGTH = 100  # of a question; what stands after is not searched, and the page says so


class Concept(NamedTuple):
    """Words of a question that name a concept, and its other terms in all languages."""

    words: tuple[str, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Question:
    """What is searched for: `shortened` when more was typed than is searched.

    `how` its words are looked for: whole, in any form, unless nothing has them so.
    """

    text: str  # as it is searched: without operators, at most LENGTH long
    words: tuple[str, ...]
    shortened: bool
    concepts: tuple[Concept, ...] = ()
    how: How = whole
    expand: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def of_library(self) -> str:
        """As somebody would ask the library."""
        return self.text if self.how is whole else " ".join(f"{word}*" for word in self.words)

    @property
    def by_beginnings(self) -> "Question":
        """The same, of words that begin with what was typed."""
        return replace(self, concepts=(), how=beginning)

    @property
    def also(self) -> list[Label]:
        """Terms in each language that are asked besides, each once."""
        labels = (label for concept in self.concepts for label in concept.labels if label.preferred)
        return list({label.told: label for label in labels}.values())

    @cached_property
    def wider(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """What else answers: for each part of the question its words, and terms instead of them."""
        named = {word for concept in self.concepts for word in concept.words}
        parts = [(concept.words, terms_of(concept)) for concept in self.concepts]
        return [*parts, *(((word,), ()) for word in self.words if word not in named)]

    @cached_property
    def marking(self) -> Marking:
        """What of a text is marked: its words, and the other terms only where they stand whole."""
        terms = (label.keys for concept in self.concepts for label in concept.labels)
        return Marking(frozenset(found for word in self.words for found in keys_of(word)), terms)


def terms_of(concept: Concept) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label.text for label in concept.labels))


def read(typed: str, *, expand: bool = False) -> Question:
    """What was typed as words: quotes, signs and operators are no words and are left out. With
    `expand`, the other terms of what it names are looked for too.
    """
    typed = seen_as_typed(typed)
    typed_words = without_marks(typed[:LENGTH].split())
    asked = typed_words[:MOST_WORDS]
    shortened = len(typed) > LENGTH or len(typed_words) > MOST_WORDS
    words = telling(asked)
    concepts = concepts_in(words) if expand else ()
    return Question(" ".join(asked), tuple(words), shortened, concepts, expand=expand)


def concepts_in(words: list[str]) -> tuple[Concept, ...]:
    """By the thesaurus of the library."""
    asked = thesaurus.named(shelf.current(), read_for_library(" ".join(words)))
    return tuple(Concept(tuple(t.text for t in named.terms), named.labels) for named in asked)
