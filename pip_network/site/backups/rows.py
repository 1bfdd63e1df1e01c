"""Rows as JSON and back, the same on both databases: the fields of the models say how a value is
read.
"""
# ruff: noqa: S608 -- statements are made of the names of our own tables and columns

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.utils.duration import duration_iso_string

CHUNK = 500
# What is worth nothing after a restore: who is signed in now, and which forms are open. (What
# limits counted lies in no model.)
SIGNED_IN = {"django_session", "usersessions_usersession", "pip_network_sentform"}
# The index of the library is made anew from its works.
INDEX = {f"knowledge_{name}" for name in ("form", "formcut", "indexhead", "indexrow")}
# Uses that are not counted yet name a reader's program: they are forgotten within a day.
NOT_COUNTED = {"knowledge_rawuse"}
LEFT_OUT = frozenset(SIGNED_IN | INDEX | NOT_COUNTED)
NUMBERED = (models.AutoField, models.BigAutoField, models.SmallAutoField)
AS_THEY_ARE = (models.IntegerField, models.FloatField, models.CharField, models.TextField)


def tables(apps: Apps) -> dict[str, type[models.Model]]:
    """Table -> model, many-to-many tables included, in the order of their names."""
    by_name = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }
    return {name: by_name[name] for name in sorted(by_name) if name not in LEFT_OUT}


def columns(model: type[models.Model]) -> list[models.Field]:
    return [
        field for field in model._meta.concrete_fields if not getattr(field, "generated", False)
    ]


def _column(field: models.Field) -> str:
    if field.column is None:
        raise TypeError(f"{field} has no column.")
    return field.column


def read(model: type[models.Model]) -> Iterator[bytes]:
    """One line of JSON for each row, in the order of the primary key."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2000):
        yield (
            json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()
            + b"\n"
        )


def _plain(value: Any) -> str:
    match value:
        case Decimal() | uuid.UUID():
            return str(value)
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return duration_iso_string(value)
        case bytes() | bytearray() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"a {type(value).__name__} cannot be kept in a backup")


def write(
    model: type[models.Model],
    names: list[str],
    lines: Iterable[bytes],
    connection: BaseDatabaseWrapper,
) -> int:
    """Insert the rows of `lines`, whose values stand in the order of `names`; returns how many
    there were.
    """
    by_name = {field.attname: field for field in columns(model)}
    fields = [by_name[name] for name in names]
    turns = [_turn(field, connection) for field in fields]
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(_column(field)) for field in fields)}) VALUES "
    values = f"({', '.join(['%s'] * len(fields))})"
    rows = (
        [turn(value) for turn, value in zip(turns, json.loads(line), strict=True)] for line in lines
    )
    count = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            count += len(chunk)
            if connection.vendor == "sqlite":
                cursor.executemany(into + values, chunk)
            else:
                cursor.execute(
                    into + ", ".join([values] * len(chunk)),
                    [value for row in chunk for value in row],
                )
    return count


def _turn(field: models.Field, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """From JSON to what the driver takes."""
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, models.JSONField):
        null = None if field.null else connection.ops.adapt_json_value(None, target.encoder)
        return lambda value: null if value is None else target.get_db_prep_save(value, connection)
    if isinstance(target, AS_THEY_ARE):
        return lambda value: value
    return lambda value: (
        None if value is None else target.get_db_prep_save(target.to_python(value), connection)
    )


# --- the next number of each table, so that a number which was given once is never given again


def next_numbers(
    models_by_table: dict[str, type[models.Model]], connection: BaseDatabaseWrapper
) -> dict[str, int]:
    """By table, for those that number their rows by themselves."""
    with connection.cursor() as cursor:
        return {
            table: _next_number(cursor, table, _column(model._meta.pk), connection.vendor)
            for table, model in models_by_table.items()
            if isinstance(model._meta.pk, NUMBERED)
        }


def _next_number(cursor: CursorWrapper, table: str, column: str, vendor: str) -> int:
    if vendor == "postgresql":
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")
        last, called = cursor.fetchone()
        return last + 1 if called else last
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    row = cursor.fetchone()
    return row[0] + 1 if row else 1


def set_next_numbers(
    numbers: dict[str, int],
    models_by_table: dict[str, type[models.Model]],
    connection: BaseDatabaseWrapper,
) -> None:
    """Each table goes on from its number, or after the last of its rows."""
    with connection.cursor() as cursor:
        for table, number in numbers.items():
            column = _column(models_by_table[table]._meta.pk)
            cursor.execute(
                f"SELECT COALESCE(MAX({connection.ops.quote_name(column)}), 0) + 1 FROM "
                f"{connection.ops.quote_name(table)}"
            )
            number = max(number, cursor.fetchone()[0])
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                    [f'"{table}"', column, number],
                )
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1]
                )
