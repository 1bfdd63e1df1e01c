"""The answer to a question for a reader: how many, which, and what they can be narrowed by."""

from collections.abc import Mapping
from dataclasses import dataclass

from pip_network.folding import fold

from . import shelf as shelves
from .facet_labels import FACETS, PERIODS, label
from .questions import Question
from .ranking import newest, ordered
from .sets import expanded, matching, narrowed
from .shelf import Shelf
from .thesaurus import named

Choice = tuple[str, str, int]  # value, label, how many works


@dataclass(frozen=True)
class Found:
    """`codes`: those of the page that was asked for, in order."""

    total: int
    codes: list[str]
    rows: dict[str, int]


class Answer:
    """What `question` finds among what a reader with these `keys` may see.

    `chosen` are the facets that narrow it: names and values. With `expand`, the other terms of the
    concepts that it names answer too, after what was typed.
    """

    def __init__(
        self,
        question: Question,
        keys: frozenset[str],
        chosen: Mapping[str, str] | None = None,
        *,
        expand: bool = True,
    ) -> None:
        self.question = question
        self.keys, self.expand = keys, expand
        self.chosen = {facet: value for facet, value in (chosen or {}).items() if value}
        self.shelf: Shelf = shelves.current()
        self.mask = self.shelf.mask(keys)
        literal = matching(self.shelf, question) & self.mask
        self.concepts = named(self.shelf, question) if expand else []
        self.asked = literal
        if self.concepts:
            self.asked |= expanded(self.shelf, question, self.concepts) & self.mask
        self.literal = narrowed(self.shelf, literal, self.chosen)
        self.found = narrowed(self.shelf, self.asked, self.chosen)

    @property
    def total(self) -> int:
        return self.found.bit_count()

    def page(self, start: int, size: int, *, sort: str, language: str) -> Found:
        """`size` works from the place `start` on."""
        need = start + size
        first = self.literal if sort == "relevance" else self.found
        places = ordered(self.shelf, first, self.question, sort=sort, language=language, need=need)
        places += newest(self.shelf, self.found & ~first, need - len(places))
        codes = [self.shelf.codes[place] for place in places[start:]]
        rows = {self.shelf.codes[place]: self.shelf.base + place for place in places[start:]}
        return Found(self.total, codes, rows)

    def also(self, question: Question) -> "Answer":
        """Another question of the same reader."""
        return Answer(question, self.keys, self.chosen, expand=self.expand)

    def choices(self, facet: str) -> list[Choice]:
        """Each value with the number of works that the reader will see when she chooses it."""
        rest = narrowed(self.shelf, self.asked, self.chosen, without=facet)
        counted = [
            (value, label(facet, value), (rest & self.shelf.set_of(facet, value)).bit_count())
            for value in self.shelf.values(facet)
        ]
        shown = [choice for choice in counted if choice[2] or choice[0] == self.chosen.get(facet)]
        if facet == "period":
            order = list(PERIODS)
            return sorted(shown, key=lambda choice: order.index(choice[0]))
        return sorted(shown, key=lambda choice: (-choice[2], fold(choice[1]), choice[0]))

    def facets(self) -> dict[str, list[Choice]]:
        return {facet: self.choices(facet) for facet in FACETS}
