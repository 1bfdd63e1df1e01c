"""Who lays pages together: what firms know of themselves, and the middles that they read.

Nothing of the portal's guards. Two ways to recover a firm. **Pinned**: in every world that agrees with
what the readers know and with all middles on their pages, its value is within a tenth of the true one. A world is sought by moving its
value far, then others that the readers do not know, until every middle is what it was; where none is
found the firm counts as recovered. **Stepped**: two middles, on pages or public, are of groups that
differ by one firm that the readers do not know, and what the step between them says of it is within a
tenth.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

# By firm and what it gave: a firm of two projects may have given two values.
Unit = tuple[str, Decimal]
CLOSE = Decimal("0.1")
FAR = (Decimal(3), Decimal("1.2"), Decimal("0.8"), Decimal(0))
DEPTH, TRIES = 8, 400


class Read(NamedTuple):
    """A middle, on a page or public, and who stands behind it (to judge a guess)."""

    name: str
    group: Collection[Unit]
    public: bool = False


def middle(values: Collection[Decimal]) -> Decimal:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def is_near(guess: Decimal, truth: Decimal) -> bool:
    return abs(guess - truth) <= CLOSE * abs(truth)


class Readers:
    """Some firms (or all of a project) with all the pages that they were given."""

    def __init__(self, pages: Collection[Read], known: Collection[str]) -> None:
        self.pages, self.known = list(pages), frozenset(known)
        self.middles = [middle([value for _, value in page.group]) for page in self.pages]
        self.of_unit: dict[Unit, list[int]] = {}
        for at, page in enumerate(self.pages):
            for unit in () if page.public else page.group:
                self.of_unit.setdefault(unit, []).append(at)

    def recovered(self) -> set[str]:
        unknown = sorted(unit for unit in self.of_unit if unit[0] not in self.known)
        pinned = {unit[0] for unit in unknown if self.is_pinned(unit)}
        return pinned | set(self.stepped())

    def is_pinned(self, unit: Unit) -> bool:
        truth = unit[1]
        if not truth:
            return False  # nought is what most have, and says nothing that is a tenth off
        return not any(self.is_world({unit: truth * times}, unit) for times in FAR)

    def is_world(self, moved: dict[Unit, Decimal], first: Unit) -> bool:
        self.tries = TRIES
        return self.world(moved, first)

    def world(self, moved: dict[Unit, Decimal], first: Unit) -> bool:
        """Whether others can be moved so that all middles are as they were read."""
        wrong = next((at for at in self.touched(moved) if not self.agrees(at, moved)), None)
        if wrong is None:
            return True
        if len(moved) > DEPTH:
            return False
        target = self.middles[wrong]
        near = sorted(
            (unit for unit in self.pages[wrong].group if self.is_free(unit, moved)),
            key=lambda unit: abs(unit[1] - target),
        )
        moves = [(unit, value) for unit in near[:16] for value in (first[1], target)]
        moves.sort(key=lambda move: self.cost({**moved, move[0]: move[1]}))
        for other, value in moves[:4]:
            self.tries -= 1
            if self.tries < 0:
                return False
            if self.world({**moved, other: value}, first):
                return True
        return False

    def is_free(self, unit: Unit, moved: Mapping[Unit, Decimal]) -> bool:
        return unit not in moved and unit[0] not in self.known

    def touched(self, moved: Mapping[Unit, Decimal]) -> list[int]:
        return sorted({at for unit in moved for at in self.of_unit[unit]})

    def cost(self, moved: Mapping[Unit, Decimal]) -> int:
        return sum(not self.agrees(at, moved) for at in self.touched(moved))

    def agrees(self, at: int, moved: Mapping[Unit, Decimal]) -> bool:
        values = [moved.get(unit, unit[1]) for unit in self.pages[at].group]
        return middle(values) == self.middles[at]

    def stepped(self) -> Iterator[str]:
        """The one firm between two groups, of which the step between their middles is a guess."""
        for one, two in combinations(range(len(self.pages)), 2):
            between = set(self.pages[one].group) ^ set(self.pages[two].group)
            left = {unit for unit in between if unit[0] not in self.known}
            if len({firm for firm, _ in left}) != 1 or self.middles[one] == self.middles[two]:
                continue
            low, high = sorted((self.middles[one], self.middles[two]))
            guesses = (low, high, 2 * high - low, 2 * low - high)
            for firm, truth in left:
                if truth and any(is_near(guess, truth) for guess in guesses):
                    yield firm
