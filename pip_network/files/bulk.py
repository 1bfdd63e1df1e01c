"""Rows by the thousand without an object each: plain tuples into one table, the same on both
databases.

Only for rows that our own code has checked: no defaults, no model methods, no signals; the
constraints of the database hold as always. A submission of 1,500 cells is saved and approved four
times as fast as with `bulk_create`.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

CHUNK = 500
# What the drivers do not take as it is; DateTimeField is a DateField.
PREPARED = (models.DecimalField, models.DateField, models.JSONField)


def insert(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> None:
    """Insert `rows` (values in the order of `fields`, foreign keys as keys).

    With `unique` and `update`: a row whose `unique` fields exist already gets the `update` fields
    instead.
    """
    connection = connections[router.db_for_write(model)]
    columns: dict[str, Any] = {name: model._meta.get_field(name) for name in fields}
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.column) for column in columns.values())
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608
    conflict = _on_conflict(columns, unique, update, connection) if unique else ""
    values = f"({', '.join(['%s'] * len(columns))})"
    prepared = iter(_prepared(list(columns.values()), rows, connection))
    with connection.cursor() as cursor:
        while chunk := list(islice(prepared, CHUNK)):
            if connection.vendor == "sqlite":
                cursor.executemany(into + values + conflict, chunk)
            else:
                cursor.execute(
                    into + ", ".join([values] * len(chunk)) + conflict,
                    [value for row in chunk for value in row],
                )


def _on_conflict(
    columns: dict[str, Any],
    unique: Sequence[str],
    update: Sequence[str],
    connection: BaseDatabaseWrapper,
) -> str:
    """What becomes of a row whose `unique` fields exist already."""
    quoted = {name: connection.ops.quote_name(column.column) for name, column in columns.items()}
    keys = ", ".join(quoted[name] for name in unique)
    sets = ", ".join(f"{quoted[name]} = EXCLUDED.{quoted[name]}" for name in update)
    return f" ON CONFLICT ({keys}) DO UPDATE SET {sets}"


def create(rows: Sequence[models.Model]) -> None:
    """Insert new objects of one model that know their own key; afterwards they are as if saved."""
    if not rows:
        return
    model = type(rows[0])
    columns = model._meta.concrete_fields
    names = [field.attname for field in columns]
    insert(
        model,
        [field.name for field in columns],
        (tuple(getattr(row, name) for name in names) for row in rows),
    )
    for row in rows:
        row._state.adding, row._state.db = False, router.db_for_write(model)


def _prepared(
    fields: list[Any], rows: Iterable[tuple[Any, ...]], connection: BaseDatabaseWrapper
) -> Iterable[Sequence[Any]]:
    """Rows with decimals, dates and JSON as the driver wants them; equal decimals and dates are
    turned once.
    """
    turns: list[tuple[int, Callable[[Any], Any], dict[Any, Any] | None]] = [
        (place, _turn(field, connection), None if isinstance(field, models.JSONField) else {})
        for place, field in enumerate(fields)
        if isinstance(field, PREPARED)
    ]
    for row in rows:
        values = list(row)
        for place, turn, turned in turns:
            value = values[place]
            if value is None:
                continue
            if turned is None:
                values[place] = turn(value)
                continue
            if value not in turned:
                turned[value] = turn(value)
            values[place] = turned[value]
        yield values


def _turn(field: Any, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)
