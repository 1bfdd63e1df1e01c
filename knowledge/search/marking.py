"""Which words of a text are marked: those that were asked wherever they stand, terms that were asked
besides only where they stand whole.
"""

from collections.abc import Iterable, Sequence

from pip_network.folding.words import STOP_WORDS, keys_of

Keys = tuple[str, ...]


class Marking:
    """`words` are keys; of a term the words that say something are marked."""

    def __init__(self, words: Iterable[str], terms: Iterable[Keys] = ()) -> None:
        terms = set(terms)
        self.words = frozenset(words) | {term[0] for term in terms if len(term) == 1}
        self.terms: dict[str, list[Keys]] = {}  # by their first word
        for term in sorted(term for term in terms if len(term) > 1):
            self.terms.setdefault(term[0], []).append(term)

    def __bool__(self) -> bool:
        return bool(self.words or self.terms)

    def places(self, keys: Sequence[str]) -> set[int]:
        """Of a text's words, given by their keys, those that are marked."""
        found = {place for place, one in enumerate(keys) if one in self.words}
        if self.terms:
            for place, one in enumerate(keys):
                for term in self.terms.get(one, ()):
                    if tuple(keys[place : place + len(term)]) == term:
                        found |= {
                            place + n for n, word in enumerate(term) if word not in STOP_WORDS
                        }
        return found

    def among(self, keys: Sequence[str]) -> bool:
        """Whether a text with these words has something to mark."""
        return not self.words.isdisjoint(keys) or (
            not self.terms.keys().isdisjoint(keys) and bool(self.places(keys))
        )

    def in_text(self, text: str) -> bool:
        return self.among(keys_of(text))
