"""The one order of lists: by the folded text of what is shown, in all languages and on both
databases alike.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Case, Expression, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast

from pip_network.folding import fold

Key = TypeVar("Key")
Named = Iterable[tuple[Key, Any]]  # a code, or a key, and what is shown of it


def sorted_by_name(pairs: Named[Key]) -> list[tuple[Key, Any]]:
    """Pairs in the order of what is shown; the same text twice: by code."""
    return sorted(pairs, key=lambda pair: (fold(str(pair[1])), str(pair[0])))


def place_of(column: str, pairs: Named[Key]) -> Expression:
    """In SQL, the place that the code in `column` has among what is shown of `pairs`; one that is
    not among them comes last. Codes that are shown alike have one place.
    """
    texts = {code: fold(str(name)) for code, name in pairs}
    places = {text: place for place, text in enumerate(sorted(set(texts.values())))}
    codes: dict[int, list[Key]] = {}
    for code, text in texts.items():
        codes.setdefault(places[text], []).append(code)
    if not codes:
        # A bare number after ORDER BY would be the number of a column.
        return Cast(Value(0), IntegerField())
    return Case(
        *(When(**{f"{column}__in": alike}, then=Value(place)) for place, alike in codes.items()),
        default=Value(len(places)),
        output_field=IntegerField(),
    )


def ordered(
    queryset: QuerySet, place: Any, descending: bool, *further: str
) -> tuple[QuerySet, bool]:
    """What a column of a table answers when it is asked for an order: by `place`, then `further`,
    all turned round when `descending`.
    """
    turned = [f"-{name}" for name in further] if descending else further
    return queryset.order_by(place.desc() if descending else place.asc(), *turned), True
