"""Database triggers that refuse what the record does not allow, whoever asks: code, administration
or a plain connection.

What defines a figure is refused every change like the figure: see DEFINING.

A row of the record is written once; it is changed once, by naming the later approval that
supersedes it; it is never deleted. Only SQL that both databases have built in, so that the refusals
hold on any connection.
"""
# ruff: noqa: S608 -- statements are made of literal names

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

from . import postgresql, sqlite
from .tables import DEFINING, DIGESTS, HEAD, TABLES, Guard


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every guard in place, replacing what stands there; and the one row of the head.

    Tables that do not exist are passed by.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(postgresql.FUNCTION)
            cursor.execute(postgresql.DEFINING_FUNCTION)
        for guard in _guards(using):
            cursor.execute(_drop(connection.vendor, guard))
            cursor.execute(guard.sql)
        if HEAD in connection.introspection.table_names(cursor):
            cursor.execute(
                f"INSERT INTO {HEAD} (id, number, hash) SELECT 1, 0, '' WHERE NOT EXISTS (SELECT "
                f"1 FROM {HEAD})"
            )


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take every guard away: for tests that empty the tables, and for repairs by the owner of the
    database.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in _guards(using):
            cursor.execute(_drop(connection.vendor, guard))


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of guards that do not stand, are switched off or differ from what they should be."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            standing = postgresql.standing(cursor)
            return sorted(
                guard.name for guard in _guards(using) if (guard.name, guard.table) not in standing
            )
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = dict(cursor.fetchall())
    return sorted(guard.name for guard in _guards(using) if triggers.get(guard.name) != guard.sql)


def _guards(using: str) -> Iterator[Guard]:
    """The guards of the tables that exist, with the columns that they have now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
        for table in (*TABLES, *(DEFINING if DIGESTS in names else ())):
            if table in names:
                if connection.vendor == "postgresql":
                    yield from postgresql.guards_of(table)
                else:
                    # Not by Django, which does not read every statement that made a table.
                    cursor.execute(f'PRAGMA table_info("{table}")')
                    columns = [column[1] for column in cursor.fetchall()]
                    yield from sqlite.guards_of(table, columns)


def _drop(vendor: str, guard: Guard) -> str:
    return f"DROP TRIGGER IF EXISTS {guard.name}" + (
        f" ON {guard.table}" if vendor == "postgresql" else ""
    )


def install_after_migrate(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Django rebuilds SQLite tables without their triggers: after every migrate they are put back."""
    install(using)


def step_aside_before_migrate(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """SQLite renames no table while a trigger of another one names it: those that do go before, and
    come back after.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for guard in _guards(using):
                if guard.table in DEFINING:
                    cursor.execute(_drop(connection.vendor, guard))


@register("database")
def guards_stand(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """A warning, not an error: `migrate` itself runs this check, and it is what puts guards back."""
    del app_configs
    warnings: list[CheckMessage] = []
    for using in databases or ():
        if apps.is_installed("monitoring") and (names := missing(using)):
            warnings.append(
                Warning(
                    f"The record is not guarded: {', '.join(names)}.",
                    hint="Run `manage.py record_guards --install`, and `manage.py "
                    "verify_approvals` to see that nothing was changed.",
                    id="monitoring.W001",
                )
            )
    return warnings
