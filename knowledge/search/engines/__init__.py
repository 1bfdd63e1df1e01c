"""The two indexes of words, in the database that is used: one row for each work says which words it
has, one for each piece of a page says in which order.

They are asked for numbers of rows and nothing else; ranks, counts and texts are Python's, and so
alike on both. They get only our own tokens (letters, figures, `_`), quoted: nothing that a reader
types is read as their syntax.
"""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from . import postgresql, sqlite

# Phrases of which one is enough; a word alone is a phrase, too.
Alternatives = Sequence[Sequence[str]]
PIECE_BITS = 26  # of the number of a piece, below that of its work


class Engine(Protocol):
    """What each of the two databases can."""

    def create(self) -> None: ...

    def exists(self) -> bool: ...

    def empty(self) -> None: ...

    def add_work(self, row: int, tokens: Sequence[str]) -> None: ...

    def add_pieces(self, pieces: Sequence[tuple[int, Sequence[str]]]) -> None: ...

    def remove(self, row: int) -> None: ...

    def analyze(self) -> None: ...

    def works_with(self, groups: Sequence[Sequence[str]]) -> list[int]: ...

    def pieces_with(self, phrases: Alternatives) -> list[int]: ...

    def pieces_of(
        self, rows: Sequence[int], asked: Sequence[Alternatives]
    ) -> list[tuple[int, int, int]]: ...


def engine() -> Engine:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def bits(groups: Sequence[Sequence[str]]) -> list[int]:
    """Works that have, of each group, at least one token."""
    return engine().works_with(groups)


def phrase_works(*phrases: Sequence[str]) -> list[int]:
    """Works where the words of one of these follow one another, each once."""
    return list(dict.fromkeys(piece >> PIECE_BITS for piece in engine().pieces_with(phrases)))


def pages_of(rows: Sequence[int], asked: Sequence[Alternatives]) -> dict[int, dict[int, set[int]]]:
    """For each of these works, the pieces that have something of what was asked, and its places."""
    found: dict[int, dict[int, set[int]]] = {row: {} for row in rows}
    if rows and asked:
        for row, piece, place in engine().pieces_of(rows, asked):
            found[row].setdefault(piece, set()).add(place)
    return found
