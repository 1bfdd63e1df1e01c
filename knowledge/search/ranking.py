"""The order of what was found: all words in a title, then with the accents that were typed, then
those that have them very often, then often; the newest first.

Each of these is a set (a plane). They are read only as far as the page that is shown needs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.models import Form

from .questions import Phrase, Question, Term
from .sets import Groups, groups_of, having
from .shelf import Shelf, places_in
from .tokens import EXACT, IN_TITLE, OFTEN, VERY_OFTEN, is_accented

# Up to so many, the sets of all planes cost less than to ask for each part of a part.
FEW = 2000


@dataclass(frozen=True)
class Plane:
    """Works with one token of each group, and with none of `without`."""

    groups: Groups = ()
    without: Groups = ()


def ordered(
    shelf: Shelf, found: int, question: Question, *, sort: str, language: str, need: int
) -> list[int]:
    """The first `need` places of `found`."""
    if sort == "title":
        return _in_order(shelf.by_title(language), found, need)
    if sort == "product":
        first = _in_order(shelf.products(), found, need)
        return first + newest(shelf, found & ~shelf.any_product(), need - len(first))
    if sort == "year":
        return newest(shelf, found, need)
    carry = found.bit_count() > FEW
    return _take(shelf, found, planes_of(shelf, question), need, () if carry else None)


def planes_of(shelf: Shelf, question: Question) -> list[Plane]:
    terms = [*question.terms, *words_of_phrases(question.phrases)]
    if not terms:
        return []
    exact = exact_plane(shelf, terms)
    return [
        Plane(groups_of(shelf, terms, IN_TITLE)),
        *([exact] if exact.groups or exact.without else []),
        Plane(groups_of(shelf, terms, VERY_OFTEN)),
        Plane(groups_of(shelf, terms, OFTEN)),
    ]


def words_of_phrases(phrases: Sequence[Phrase]) -> list[Term]:
    return [term for phrase in phrases for term in phrase.terms]


def exact_plane(shelf: Shelf, terms: Sequence[Term]) -> Plane:
    """Typed with accents: works that write it so. Typed without: works that do not write it with
    some, if without them it is a word of its own and not merely typed in haste.
    """
    words = [term for term in terms if not term.prefix]
    accented = tuple((EXACT + term.form,) for term in words if is_accented(term.form))
    plain = sorted({term.form for term in words if not is_accented(term.form)})
    twins = shelf.keep(("twins", *plain), lambda: twins_of(plain))
    return Plane(accented, ((*(EXACT + twin for twin in twins),),) if twins else ())


def twins_of(plain: Sequence[str]) -> tuple[str, ...]:
    """Forms with accents of those words that are common without them."""
    if not plain:
        return ()
    forms = list(Form.objects.filter(folded__in=plain).values_list("form", "folded", "common"))
    own = {form for form, _folded, common in forms if form in plain and common}
    return tuple(sorted(form for form, folded, _common in forms if folded in own - {form}))


def _take(
    shelf: Shelf, found: int, planes: Sequence[Plane], need: int, above: Groups | None
) -> list[int]:
    """`above`: what the planes above ask, asked along so that the index walks the shortest of all
    lists; None where the sets are read whole.
    """
    if need <= 0 or not found:
        return []
    if not planes:
        return newest(shelf, found, need)
    plane, *rest = planes
    inside = found & _set_of(shelf, plane, above)
    within = None if above is None else (*above, *plane.groups)
    first = _take(shelf, inside, rest, need, within)
    return first + _take(shelf, found & ~inside, rest, need - len(first), above)


def _set_of(shelf: Shelf, plane: Plane, above: Groups | None) -> int:
    groups = (*(above or ()), *plane.groups)
    inside = having(shelf, groups) if groups else shelf.live
    return inside & ~having(shelf, plane.without) if plane.without else inside


def newest(shelf: Shelf, found: int, need: int) -> list[int]:
    """By year, those without one last; within a year by code."""
    places: list[int] = []
    for year in sorted(shelf.values("year"), reverse=True):
        if len(places) >= need:
            break
        inside = places_in(found & shelf.set_of("year", year))
        places += sorted(inside, key=shelf.codes.__getitem__)
    return places[: max(need, 0)]


def _in_order(order: Sequence[int], found: int, need: int) -> list[int]:
    signs = f"{found:b}"[::-1]
    places: list[int] = []
    for place in order:
        if len(places) >= need:
            break
        if place < len(signs) and signs[place] == "1":
            places.append(place)
    return places
