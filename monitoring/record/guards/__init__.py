"""Database triggers that refuse what the record does not allow, whoever asks: code, administration
or a plain connection.

What defines a figure is refused every change like the figure: see DEFINING.

A row of the record is written once; it is changed once, by naming the later approval that
supersedes it; it is never deleted. Only SQL that both databases have built in, so that the refusals
hold on any connection.
"""
# ruff: noqa: S608 -- statements are made of literal names

from collections.abc import Collection, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

from . import postgresql, sqlite
from .backend import Backend, Guard
from .tables import DEFINING, DIGESTS, HEAD, TABLES

BACKENDS: dict[str, Backend] = {"postgresql": postgresql.BACKEND, "sqlite": sqlite.BACKEND}
ONE_HEAD = (
    f"INSERT INTO {HEAD} (id, number, hash) SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM {HEAD})"
)


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every guard in place, replacing what stands there; and the one row of the head.

    Tables that do not exist are passed by.
    """
    guards = _guards(using)
    with connections[using].cursor() as cursor:
        for statement in (
            *_backend(using).functions,
            *(statement for guard in guards for statement in (guard.drop, guard.sql)),
        ):
            cursor.execute(statement)
        if any(guard.table == HEAD for guard in guards):
            cursor.execute(ONE_HEAD)


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take every guard away: for tests that empty the tables, and for repairs by the owner of the
    database.
    """
    _remove((*TABLES, *DEFINING), using)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of guards that do not stand, are switched off or differ from what they should be."""
    with connections[using].cursor() as cursor:
        cursor.execute(_backend(using).standing)
        standing = set(cursor.fetchall())
    return sorted(
        guard.name
        for guard in _guards(using)
        if (guard.name, guard.table, guard.told) not in standing
    )


def _backend(using: str) -> Backend:
    return BACKENDS[connections[using].vendor]


def _guards(using: str) -> list[Guard]:
    """The guards of the tables that exist, with the columns that they have now.

    The columns come from the database itself: Django does not read every statement that made a
    table.
    """
    backend = _backend(using)
    columns: dict[str, list[str]] = {}
    with connections[using].cursor() as cursor:
        cursor.execute(backend.columns)
        for table, column in cursor.fetchall():
            columns.setdefault(table, []).append(column)
    guarded = (*TABLES, *(DEFINING if DIGESTS in columns else ()))
    return [
        guard
        for table in guarded
        if table in columns
        for guard in backend.guards_of(table, columns[table])
    ]


def _remove(tables: Collection[str], using: str) -> None:
    with connections[using].cursor() as cursor:
        for guard in _guards(using):
            if guard.table in tables:
                cursor.execute(guard.drop)


def install_after_migrate(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Django rebuilds SQLite tables without their triggers: after every migrate they are put back."""
    install(using)


def step_aside_before_migrate(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Those that are in the way of a migration go before it, and come back after."""
    _remove(_backend(using).aside, using)


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
