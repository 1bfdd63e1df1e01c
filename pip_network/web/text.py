"""Searching as readers expect: by words, whatever their form, capitals, accents and apostrophes
forgiven; the same on both databases.
"""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from pip_network.folding import fold, is_unseen
from pip_network.folding.columns import ComputedField, KeyedField
from pip_network.folding.words import SAY_NOTHING, beginning, keyed, whole, written
from pip_network.web.errors import Invalid

__all__ = [
    "How",
    "Meaning",
    "Searched",
    "fold",
    "found",
    "having",
    "holds",
    "is_unseen",
    "require_no_null",
    "require_seen",
    "search",
    "search_few",
    "telling",
    "unseen",
    "without_marks",
    "words_of",
]

MOST_WORDS = 8  # of a search; what follows is not looked for

MARKS = re.compile(r"^[\W_]+|[\W_]+$")  # around a word, quotes and signs are no part of it

How = Callable[[str], tuple[str, ...]]  # of which a keyed text has one where it has a word
Meaning = Callable[[str, How], Q]  # rows that a word stands for, beside what their columns say


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
    """The words of a search, folded; those that every text has only where there are no others.
    Where there is nothing but marks, these are looked for as they stand.
    """
    typed = fold(text).split()
    return (telling(without_marks(typed)) or typed)[:MOST_WORDS]


def without_marks(typed: list[str]) -> list[str]:
    """Words without the marks around them; a mark alone is none."""
    return [word for word in (MARKS.sub("", word) for word in typed) if word]


def telling(words: list[str]) -> list[str]:
    """Without those that every text has, such as *de*, unless there are no others."""
    return [word for word in words if fold(word) not in SAY_NOTHING] or words


def holds(text: str, words: Iterable[str], how: How = whole) -> bool:
    """Whether a keyed text has all of `words`."""
    return all(any(mark in text for mark in how(word)) for word in words)


class Searched(NamedTuple):
    """Where the words of a search are looked for: said once for each kind of row, so that its list,
    the search of the whole portal and the administration find the same.
    """

    columns: tuple[str, ...]
    named: tuple[Meaning, ...] = ()

    def search(self, queryset: QuerySet, text: str) -> QuerySet:
        return search(queryset, text, *self.columns, named=self.named)

    def found(self, queryset: QuerySet, text: str) -> tuple[QuerySet, bool]:
        """The same, and whether only beginnings of words were found."""
        return found(queryset, text, *self.columns, named=self.named)

    def having(self, model: type[Model], words: Iterable[str], how: How = whole) -> Q:
        """Rows that have all of `words`."""
        return having(model, words, self.columns, self.named, how)

    def writing(self, model: type[Model], words: Iterable[str]) -> Q:
        """Rows that write all of `words` just so."""
        columns = [column for column in self.columns if _is_keyed(model, column)]
        return having(model, words, columns, (), written)


def search(queryset: QuerySet, text: str, *columns: str, named: Iterable[Meaning] = ()) -> QuerySet:
    """Rows where every word of `text` occurs in one of `columns`, each in its own: keyed ones, in
    any form of the word; stored folded ones, and codes and addresses, by its letters.

    Where nothing has the whole words, what begins with them is found. `named`: what else a word may
    stand for, such as the name of a country that the row has by code.
    """
    return found(queryset, text, *columns, named=named)[0]


def found(
    queryset: QuerySet, text: str, *columns: str, named: Iterable[Meaning] = ()
) -> tuple[QuerySet, bool]:
    """As `search`, and whether only beginnings of words were found."""
    words, named = words_of(text), tuple(named)
    if not words:
        return queryset, False
    rows = queryset.filter(having(queryset.model, words, columns, named))
    if not any(_is_keyed(queryset.model, column) for column in columns) or rows.exists():
        return rows, False
    rows = queryset.filter(having(queryset.model, words, columns, named, beginning))
    return rows, rows.exists()


def having(
    model: type[Model],
    words: Iterable[str],
    columns: Iterable[str],
    named: Iterable[Meaning] = (),
    how: How = whole,
) -> Q:
    """What `search` asks for."""
    every = Q()
    for word in words:
        anywhere = Q(pk__in=())
        for column in columns:
            anywhere |= _holds(model, column, word, how)
        for meaning in named:
            anywhere |= meaning(word, how)
        every &= anywhere
    return every


def _holds(model: type[Model], column: str, word: str, how: How) -> Q:
    """What is folded or keyed is compared as it stands: databases differ in what a capital is."""
    field = _field(model, column)
    if isinstance(field, KeyedField):
        marks = (Q(**{f"{column}__contains": mark}) for mark in how(word))
        return reduce(or_, marks, Q(pk__in=()))
    return Q(
        **{f"{column}__{'contains' if isinstance(field, ComputedField) else 'icontains'}": word}
    )


def _is_keyed(model: type[Model], column: str) -> bool:
    return isinstance(_field(model, column), KeyedField)


def _field(model: type[Model], column: str) -> Any:
    *relations, name = column.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    return model._meta.get_field(name)


def search_few(queryset: QuerySet, text: str, *columns: str) -> QuerySet:
    """As `search`, for tables of some hundred rows whose columns are not stored: they are read, and
    compared here. Codes are looked into by their letters.
    """
    words = words_of(text)
    if not words:
        return queryset
    rows = [
        (key, *_code_and_words(dict(zip(columns, map(str, values), strict=True))))
        for key, *values in queryset.order_by().values_list("pk", *columns)
    ]

    def having_all(how: How) -> list[Any]:
        return [
            key
            for key, code, said in rows
            if all(word in code or holds(said, [word], how) for word in words)
        ]

    return queryset.filter(pk__in=having_all(whole) or having_all(beginning))


def _code_and_words(said: dict[str, str]) -> tuple[str, str]:
    """Its code, of which a part is enough, and the rest as a search looks into it."""
    return fold(said.pop("code", "")), keyed(" . ".join(said.values()))
