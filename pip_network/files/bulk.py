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

CHUNK = 500
# What the drivers do not take as it is; DateTimeField is a DateField.
PREPARED = (models.DecimalField, models.DateField, models.JSONField)


def insert(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[tuple],
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
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(f.column) for f in columns.values())}) VALUES "  # noqa: S608
    conflict = ""
    if unique:
        keys = ", ".join(quote(columns[name].column) for name in unique)
        sets = ", ".join(
            f"{quote(columns[name].column)} = EXCLUDED.{quote(columns[name].column)}"
            for name in update
        )
        conflict = f" ON CONFLICT ({keys}) DO UPDATE SET {sets}"
    one = f"({', '.join(['%s'] * len(columns))})"
    prepared = iter(_prepared(list(columns.values()), rows, connection))
    with connection.cursor() as cursor:
        while chunk := list(islice(prepared, CHUNK)):
            if connection.vendor == "sqlite":
                cursor.executemany(into + one + conflict, chunk)
            else:
                cursor.execute(
                    into + ", ".join([one] * len(chunk)) + conflict,
                    [value for row in chunk for value in row],
                )


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


def _prepared(fields: list, rows: Iterable[tuple], connection) -> Iterable[Sequence]:
    """Rows with decimals, dates and JSON as the driver wants them; equal decimals and dates are
    turned once.
    """
    turns: list[tuple[int, Callable[[Any], Any], dict | None]] = [
        (place, _turn(field, connection), None if isinstance(field, models.JSONField) else {})
        for place, field in enumerate(fields)
        if isinstance(field, PREPARED)
    ]
    for row in rows:
        values = list(row)
        for place, turn, known in turns:
            value = values[place]
            if value is None:
                continue
            if known is None:
                values[place] = turn(value)
                continue
            if value not in known:
                known[value] = turn(value)
            values[place] = known[value]
        yield values


def _turn(field, connection) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)
