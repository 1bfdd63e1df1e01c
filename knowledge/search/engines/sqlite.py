"""The index in FTS5, without a copy of the words.

A row without its content cannot be deleted: what is replaced stays as a ghost whose number nobody
asks for any more, until the index is built anew.
"""
# ruff: noqa: S608 -- statements are made of literal names

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

WORKS, PIECES = "knowledge_index_works", "knowledge_index_pieces"
BELOW = 1 << 26
CREATE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORKS} USING fts5(words, content='', columnsize=0, "
    "detail=none, tokenize=\"ascii tokenchars '_'\")",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {PIECES} USING fts5(words, content='', columnsize=0, "
    "detail=full, tokenize=\"ascii tokenchars '_'\")",
)


def create() -> None:
    with connection.cursor() as cursor:
        for statement in CREATE:
            cursor.execute(statement)


def exists() -> bool:
    return {WORKS, PIECES} <= set(connection.introspection.table_names())


def empty() -> None:
    with connection.cursor() as cursor:
        for table in (WORKS, PIECES):
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")


def add_work(row: int, tokens: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {WORKS}(rowid, words) VALUES (%s, %s)", [row, " ".join(tokens)]
        )


def add_pieces(pieces: Sequence[tuple[int, Sequence[str]]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {PIECES}(rowid, words) VALUES (%s, %s)",
            [(number, " ".join(keys)) for number, keys in pieces],
        )


def remove(row: int) -> None:
    """Its ghost stays: nothing to do."""


def analyze() -> None:
    """Its plans ask for no statistics: every question names the index it goes by."""


def works_with(groups: Sequence[Sequence[str]]) -> list[int]:
    wanted = " AND ".join(f"({' OR '.join(map(quoted, group))})" for group in groups)
    return _numbers(f"SELECT json_group_array(rowid) FROM {WORKS} WHERE {WORKS} MATCH %s", wanted)


def pieces_with(phrases: Sequence[Sequence[str]]) -> list[int]:
    return _numbers(
        f"SELECT json_group_array(rowid) FROM {PIECES} WHERE {PIECES} MATCH %s",
        any_of(phrases),
    )


def pieces_of(
    rows: Sequence[int], asked: Sequence[Sequence[Sequence[str]]]
) -> list[tuple[int, int, int]]:
    """One part for each row and each thing asked: it reads its own short range of the lists. They
    are at most 20 works and 12 words; SQLite takes 500 parts.
    """
    part = f"SELECT %s, rowid, %s FROM {PIECES} WHERE {PIECES} MATCH %s AND rowid BETWEEN %s AND %s"
    parameters = [
        value
        for row in rows
        for place, phrases in enumerate(asked)
        for value in (row, place, any_of(phrases), row * BELOW, row * BELOW + BELOW - 1)
    ]
    statement = " UNION ALL ".join([part] * (len(rows) * len(asked)))
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [(row, number % BELOW, place) for row, number, place in cursor.fetchall()]


def any_of(phrases: Sequence[Sequence[str]]) -> str:
    return " OR ".join(quoted(" ".join(keys)) for keys in phrases)


def quoted(token: str) -> str:
    return f'"{token}"'


def _numbers(statement: str, *parameters: Any) -> list[int]:
    """As one text, which is read faster than rows are."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return json.loads(cursor.fetchone()[0])
