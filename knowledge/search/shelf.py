"""Every work of the index as bits, in the memory of the process: one bit for each work, so that a
set of works is one number, and counting, narrowing and hiding are arithmetic.

Brought up to date before each question by what was written since.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any

from knowledge.models import IndexHead, IndexRow

from .facet_labels import FACETS, period_of

KEPT_SETS = 500
Key = tuple[str, str]  # a facet and its value, or ("audience", key), or ("year", "2005")


class Shelf:
    """`rows[place]` is the number of the row at that bit."""

    def __init__(self) -> None:
        self.seq = 0
        self.built = 0
        self.base = 0
        self.width = 0
        self.live = 0
        self.sets: dict[Key, int] = {}
        self.codes: dict[int, str] = {}
        self.facts: dict[int, dict[str, Any]] = {}
        self.places: dict[str, int] = {}
        self.kept: OrderedDict[Any, Any] = OrderedDict()

    def put(self, row: IndexRow) -> None:
        """A row that is new, or has changed."""
        if row.code in self.places:
            self._take(self.places[row.code])
        place = row.id - self.base
        self.places[row.code] = place
        self.codes[place] = row.code
        self.facts[place] = row.facts | {"audience": row.audience}
        self.width = max(self.width, place + 1)
        self.live |= 1 << place
        for name in self._names(place):
            self.sets[name] = self.sets.get(name, 0) | 1 << place

    def _take(self, place: int) -> None:
        self.live ^= 1 << place
        for name in self._names(place):
            self.sets[name] ^= 1 << place
        del self.codes[place], self.facts[place]

    def _names(self, place: int) -> set[Key]:
        facts = self.facts[place]
        names = {(facet, value) for facet in FACETS for value in facts.get(facet) or ()}
        names |= {("audience", key) for key in facts["audience"]}
        names |= {("product", "any")} if facts.get("product") else set()
        year = facts.get("year")
        return names | {("period", period_of(year)), ("year", str(year or ""))}

    def set_of(self, facet: str, value: str) -> int:
        return self.sets.get((facet, value), 0)

    def values(self, facet: str) -> list[str]:
        return [value for name, value in self.sets if name == facet]

    def mask(self, keys: Iterable[str]) -> int:
        """What a reader with these keys may see."""
        found = 0
        for key in keys:
            found |= self.set_of("audience", key)
        return found

    def bits(self, rows: Sequence[int]) -> int:
        """Numbers of rows as a set; what the shelf does not hold yet is left out."""
        if not rows:
            return 0
        base, end = self.base, self.base + self.width
        if min(rows) < base or max(rows) >= end:
            rows = [row for row in rows if base <= row < end]
        signs = bytearray(b"0") * end
        for row in rows:  # nothing else in this loop: a frequent word has half of the library
            signs[row] = 49  # "1"
        del signs[:base]
        signs.reverse()
        return int(signs or b"0", 2) & self.live

    def by_title(self, language: str) -> list[int]:
        """All places by the title that a reader of `language` is shown."""
        return self.keep(("title", language), lambda: self._sorted(language))

    def _sorted(self, language: str) -> list[int]:
        def title(place: int) -> tuple[str, str]:
            titles = self.facts[place].get("titles", {})
            shown = titles.get(language) or titles.get(self.facts[place].get("original"), "")
            return shown or next(iter(titles.values()), ""), self.codes[place]

        return sorted(self.codes, key=title)

    def products(self) -> list[int]:
        """Places of the products of the programme, in their order."""
        numbers = {place: self.facts[place]["product"] for place in places_in(self.any_product())}
        return sorted(numbers, key=numbers.__getitem__)

    def any_product(self) -> int:
        return self.set_of("product", "any")

    def keep(self, name: Any, make: Callable[[], Any]) -> Any:
        """The answer of `make`, kept until something is written to the index."""
        if name in self.kept:
            self.kept.move_to_end(name)
            return self.kept[name]
        found = self.kept[name] = make()
        if len(self.kept) > KEPT_SETS:
            self.kept.popitem(last=False)
        return found


def places_in(bits: int) -> list[int]:
    """The places of a set, in order."""
    found, signs = [], f"{bits:b}"[::-1]
    place = signs.find("1")
    while place >= 0:
        found.append(place)
        place = signs.find("1", place + 1)
    return found


_lock = Lock()
_shelf = Shelf()


def current() -> Shelf:
    """The shelf as the index is now."""
    global _shelf  # noqa: PLW0603 -- one for the process
    with _lock:
        seq, built = IndexHead.objects.values_list("seq", "built").first() or (0, 0)
        if seq < _shelf.seq or built != _shelf.built:
            _shelf = Shelf()
        if seq != _shelf.seq:
            _refresh(_shelf, seq, built)
        return _shelf


def forget() -> None:
    """Read everything again at the next question: for tests, which undo what they wrote."""
    global _shelf  # noqa: PLW0603
    _shelf = Shelf()


def _refresh(shelf: Shelf, seq: int, built: int) -> None:
    rows = IndexRow.objects.filter(seq__gt=shelf.seq).defer("digest", "pages").order_by("id")
    for row in rows.iterator(chunk_size=2000):
        if not shelf.seq and not shelf.places:
            shelf.base = row.id
        shelf.put(row)
        seq = max(seq, row.seq)
    shelf.seq, shelf.built = seq, built
    shelf.kept.clear()
