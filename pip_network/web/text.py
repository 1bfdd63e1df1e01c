"""Searching and sorting as readers expect: capitals and accents forgiven, the same on both
databases.
"""

from collections.abc import Callable, Iterable

from django.db.models import CharField, Func, Q, QuerySet

ACCENTED = "áàâãäéèêëíìîïóòôõöúùûüçñ"
PLAIN = "aaaaaeeeeiiiiooooouuuucn"
TABLE = str.maketrans(ACCENTED, PLAIN)
SQLITE_FUNCTION = "FOLDED"
MOST_WORDS = 8  # of a search; what follows is not looked for

Meaning = Callable[[str], Q]  # rows that a word stands for, beside what their columns say


def fold(text: str) -> str:
    """Lower case without accents: «Córdoba» becomes cordoba."""
    return text.lower().translate(TABLE)


class Folded(Func):
    """`fold` of a column, in SQL. Sorted by code point, so that both databases give one order."""

    function = "LOWER"
    output_field = CharField()

    def __init__(self, expression, **extra):
        super().__init__(expression, **extra)

    def as_postgresql(self, compiler, connection, **extra):
        # Capitals too: in a database of locale C, LOWER knows only ASCII.
        template = f"TRANSLATE(LOWER(%(expressions)s), '{ACCENTED + ACCENTED.upper()}', '{PLAIN * 2}') COLLATE \"C\""
        return super().as_sql(compiler, connection, template=template, **extra)

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function=SQLITE_FUNCTION, **extra)


def teach_sqlite(connection, **_kwargs) -> None:
    """SQLite's own LOWER knows only ASCII: give each of its connections ours."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            SQLITE_FUNCTION,
            1,
            lambda text: None if text is None else fold(text),
            deterministic=True,
        )


def search(queryset: QuerySet, text: str, *columns: str, named: Iterable[Meaning] = ()) -> QuerySet:
    """Rows where every word of `text` occurs in one of `columns`, capitals and accents forgiven.

    `named`: what else a word may stand for, such as the name of a country that the row has by code.
    """
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return queryset
    names = {f"folded_{place}": Folded(column) for place, column in enumerate(columns)}
    queryset = queryset.alias(**names)
    for word in words:
        anywhere = Q()
        for name in names:
            anywhere |= Q(**{f"{name}__contains": word})
        for meaning in named:
            anywhere |= meaning(word)
        queryset = queryset.filter(anywhere)
    return queryset
