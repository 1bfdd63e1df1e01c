"""Concepts that a question names, and their other terms."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from knowledge.models import Concept
from pip_network.folding.words import STOP_WORDS, keys_of

from .index import locked_head
from .questions import Question, Term
from .shelf import Shelf

FILE = settings.BASE_DIR / "knowledge" / "data" / "thesaurus.csv"
Keys = tuple[str, ...]


class Label(NamedTuple):
    """A term: `keys` are all its words, `told` those that say something. `preferred` in its
    language, or another name.
    """

    text: str
    language: str
    preferred: bool
    keys: Keys
    told: Keys


class Named(NamedTuple):
    """Words of a question that name a concept, and the terms that they stand for besides."""

    terms: tuple[Term, ...]
    labels: tuple[Label, ...]


def named(shelf: Shelf, question: Question) -> list[Named]:
    """Concepts in the order of the question, the longest names first. Only plain words name one:
    no phrase, no field, no beginning of a word.
    """
    if not question.terms:
        return []
    names = shelf.keep("thesaurus", names_of_concepts)
    most = max(map(len, names), default=0)
    found, at = [], 0
    while at < len(question.asked):
        words = plain_words(question, at, most)
        length = next((n for n in range(len(words), 0, -1) if keys(words[:n]) in names), 0)
        if length:
            typed = keys(words[:length])
            others = tuple(label for label in names[typed] if label.told != typed)
            found.append(Named(tuple(words[:length]), others))
        at += max(length, 1)
    return [one for one in found if one.labels]


def plain_words(question: Question, start: int, most: int) -> list[Term]:
    """The plain words from one place on, at most so many."""
    words: list[Term] = []
    for part in question.asked[start : start + most]:
        if not isinstance(part, Term) or part.where or part.prefix:
            break
        words.append(part)
    return words


def keys(words: Sequence[Term]) -> Keys:
    return tuple(word.key for word in words)


def names_of_concepts() -> dict[Keys, list[Label]]:
    """For each name, all terms of the concepts that are called so."""
    names: dict[Keys, list[Label]] = {}
    for concept in Concept.objects.order_by("code"):
        labels = labels_of(concept)
        for told in dict.fromkeys(label.told for label in labels):
            names.setdefault(told, []).extend(labels)
    return names


def labels_of(concept: Concept) -> list[Label]:
    labels = []
    for language, _name in settings.LANGUAGES:
        for place, text in enumerate(concept.terms(language)):
            found = tuple(keys_of(text))
            told = tuple(key for key in found if key not in STOP_WORDS)
            if told:
                labels.append(Label(text, language, place == 0, found, told))
    return labels


def load_thesaurus(path: Path = FILE) -> int:
    """The concepts of the file, into an empty table; says how many."""
    if Concept.objects.exists():
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Concept(**row) for row in csv.DictReader(file)]
    count = len(Concept.objects.bulk_create(rows))
    tell_every_process()
    return count


def tell_every_process(**_signal: Any) -> None:
    """What is kept of the terms is kept until the index changes: say that it did."""
    with transaction.atomic():
        locked_head()
