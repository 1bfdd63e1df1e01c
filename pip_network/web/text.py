"""Searching as readers expect: capitals, accents and apostrophes forgiven, the same on both
databases.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from pip_network.folding import fold, is_unseen
from pip_network.folding.columns import ComputedField
from pip_network.web.errors import Invalid

__all__ = [
    "Meaning",
    "Searched",
    "fold",
    "is_unseen",
    "require_no_null",
    "require_seen",
    "search",
    "search_few",
    "unseen",
    "without_marks",
    "words_of",
]

MOST_WORDS = 8  # of a search; what follows is not looked for

MARKS = re.compile(r"^[\W_]+|[\W_]+$")  # around a word, quotes and signs are no part of it

Meaning = Callable[[str], Q]  # rows that a word stands for, beside what their columns say


def require_no_null(text: str, place: str = "") -> None:
    """Raises Invalid for a text with a null character, as the fields of forms do: PostgreSQL stores
    none.
    """
    if "\0" in text:
        raise Invalid(ProhibitNullCharactersValidator.message, place=place)


def require_seen(text: str, place: str = "") -> None:
    """Raises Invalid for a text of which nothing is seen: whoever reads it takes it for empty."""
    if is_unseen(text):
        raise Invalid(unseen(), place=place)


def unseen() -> str:
    return _("Nothing can be seen of what was written here: use letters or digits.")


def words_of(text: str) -> list[str]:
    """The words of a search, folded. Where there is nothing but marks, these are looked for as they
    stand.
    """
    typed = fold(text).split()
    return (without_marks(typed) or typed)[:MOST_WORDS]


def without_marks(typed: list[str]) -> list[str]:
    """Words without the marks around them; a mark alone is none."""
    return [word for word in (MARKS.sub("", word) for word in typed) if word]


class Searched(NamedTuple):
    """Where the words of a search are looked for: said once for each kind of row, so that its list,
    the search of the whole portal and the administration find the same.
    """

    columns: tuple[str, ...]
    named: tuple[Meaning, ...] = ()

    def search(self, queryset: QuerySet, text: str) -> QuerySet:
        return search(queryset, text, *self.columns, named=self.named)


def search(queryset: QuerySet, text: str, *columns: str, named: Iterable[Meaning] = ()) -> QuerySet:
    """Rows where every word of `text` occurs in one of `columns`, each in its own: stored folded
    ones, and codes and addresses, which are of plain letters.

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
