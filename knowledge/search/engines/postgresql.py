"""The index in two narrow tables of vectors.

They are filled with our own tokens as they are (`to_tsvector` would take them apart anew) and asked
by functions that may not scan: for a frequent word the planner prefers to read every vector, which
takes sixty times as long.
"""
# ruff: noqa: S608 -- statements are made of literal names

from collections.abc import Sequence
from typing import Any

from django.db import connection

WORKS, PIECES = "knowledge_index_works", "knowledge_index_pieces"
BELOW = 1 << 26
ASKED = "LANGUAGE sql STABLE SET enable_seqscan = off SET jit = off AS"
CREATE = (
    f"CREATE TABLE IF NOT EXISTS {WORKS} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    f"CREATE TABLE IF NOT EXISTS {PIECES} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    f"ALTER TABLE {PIECES} ALTER words SET STORAGE MAIN",
    f"CREATE INDEX IF NOT EXISTS {WORKS}_words ON {WORKS} USING gin (words)",
    f"CREATE INDEX IF NOT EXISTS {PIECES}_words ON {PIECES} USING gin (words)",
    *(
        f"CREATE OR REPLACE FUNCTION {table}_with(wanted tsquery) RETURNS bigint[] {ASKED} "
        f"$$ SELECT coalesce(array_agg(id), '{{}}') FROM {table} WHERE words @@ wanted $$"
        for table in (WORKS, PIECES)
    ),
)


def create() -> None:
    with connection.cursor() as cursor:
        for statement in CREATE:
            cursor.execute(statement)


def exists() -> bool:
    return {WORKS, PIECES} <= set(connection.introspection.table_names())


def empty() -> None:
    """Not by TRUNCATE, for which readers would have to wait."""
    with connection.cursor() as cursor:
        for table in (WORKS, PIECES):
            cursor.execute(f"DELETE FROM {table}")


def add_work(row: int, tokens: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {WORKS} (id, words) VALUES (%s, array_to_tsvector(%s))",
            [row, list(tokens)],
        )


def add_pieces(pieces: Sequence[tuple[int, Sequence[str]]]) -> None:
    if not pieces:
        return
    values = ", ".join(["(%s, %s::tsvector)"] * len(pieces))
    parameters = [value for number, keys in pieces for value in (number, _vector(keys))]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {PIECES} (id, words) VALUES {values}", parameters)


def remove(row: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {WORKS} WHERE id = %s", [row])
        cursor.execute(
            f"DELETE FROM {PIECES} WHERE id BETWEEN %s AND %s",
            [row * BELOW, row * BELOW + BELOW - 1],
        )


def analyze() -> None:
    """Tell the planner how many rows there are now: the server does so by itself, minutes later.
    Until then it reads the pieces of a page of works 30 times as slowly (20,000 works).
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {WORKS}, {PIECES}")


def works_with(groups: Sequence[Sequence[str]]) -> list[int]:
    wanted = " & ".join(f"({' | '.join(map(quoted, group))})" for group in groups)
    return _numbers(f"SELECT {WORKS}_with(%s::tsquery)", wanted)


def pieces_with(phrases: Sequence[Sequence[str]]) -> list[int]:
    return _numbers(f"SELECT {PIECES}_with(%s::tsquery)", any_of(phrases))


def pieces_of(
    rows: Sequence[int], asked: Sequence[Sequence[Sequence[str]]]
) -> list[tuple[int, int, int]]:
    """The pieces of these works are read by their numbers, and looked into. OFFSET keeps the planner
    from reading all pieces of the library that have a frequent word, to choose among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.number, pieces.id, phrase.place FROM unnest(%s) AS asked (number) "
            f"CROSS JOIN LATERAL (SELECT id, words FROM {PIECES} "
            f"WHERE id BETWEEN asked.number * {BELOW}::bigint "
            f"AND asked.number * {BELOW}::bigint + {BELOW - 1} OFFSET 0) AS pieces "
            "JOIN unnest(%s::tsquery[]) WITH ORDINALITY AS phrase (words, place) "
            "ON pieces.words @@ phrase.words",
            [list(rows), list(map(any_of, asked))],
        )
        return [(row, number % BELOW, place - 1) for row, number, place in cursor.fetchall()]


def any_of(phrases: Sequence[Sequence[str]]) -> str:
    return " | ".join(f"({followed(keys)})" for keys in phrases)


def followed(keys: Sequence[str]) -> str:
    return " <-> ".join(map(quoted, keys))


def quoted(token: str) -> str:
    return f"'{token}'"


def _vector(keys: Sequence[str]) -> str:
    """Each word with its places, as the type reads it."""
    places: dict[str, list[str]] = {}
    for place, key in enumerate(keys, 1):
        places.setdefault(key, []).append(str(place))
    return " ".join(f"{quoted(key)}:{','.join(found)}" for key, found in places.items())


def _numbers(statement: str, *parameters: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]
