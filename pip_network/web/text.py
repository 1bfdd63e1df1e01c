"""Searching as readers expect: capitals, accents and apostrophes forgiven, the same on both
databases.
"""

from collections.abc import Callable, Iterable

from django.db.models import Model, Q, QuerySet

from pip_network.folding import fold
from pip_network.folding.columns import ComputedField

__all__ = ["Meaning", "fold", "search", "search_few", "words_of"]

MOST_WORDS = 8  # of a search; what follows is not looked for

Meaning = Callable[[str], Q]  # rows that a word stands for, beside what their columns say


def words_of(text: str) -> list[str]:
    """The words of a search, folded."""
    return fold(text).split()[:MOST_WORDS]


def search(queryset: QuerySet, text: str, *columns: str, named: Iterable[Meaning] = ()) -> QuerySet:
    """Rows where every word of `text` occurs in one of `columns`: stored folded ones, and codes and
    addresses, which are of plain letters.

    `named`: what else a word may stand for, such as the name of a country that the row has by code.
    """
    for word in words_of(text):
        anywhere = Q()
        for column in columns:
            anywhere |= _holds(queryset.model, column, word)
        for meaning in named:
            anywhere |= meaning(word)
        queryset = queryset.filter(anywhere)
    return queryset


def _holds(model: type[Model], column: str, word: str) -> Q:
    """What is folded is compared as it stands: databases differ in what a capital is."""
    *relations, name = column.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    is_folded = isinstance(model._meta.get_field(name), ComputedField)
    return Q(**{f"{column}__{'contains' if is_folded else 'icontains'}": word})


def search_few(queryset: QuerySet, text: str, *columns: str) -> QuerySet:
    """As `search`, for tables of some hundred rows whose columns are not stored folded: they are
    read, and folded here.
    """
    words = words_of(text)
    if not words:
        return queryset
    found = [
        key
        for key, *texts in queryset.order_by().values_list("pk", *columns)
        if all(word in fold(" ".join(map(str, texts))) for word in words)
    ]
    return queryset.filter(pk__in=found)
