"""The index stands: made by a migration, emptied with its rows, of today's rules."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register
from django.db import DEFAULT_DB_ALIAS, connection

from knowledge.models import IndexHead, IndexRow, Work
from pip_network.folding.words import KEYS

from . import shelf
from .engines import engine

MOST_GHOSTS = 0.2  # of the rows; few are nothing to mend
FEW_GHOSTS = 1000
TABLES = frozenset({IndexHead._meta.db_table, IndexRow._meta.db_table})
REMEDY = "Run `manage.py rebuild_library_index`."


def empty_without_rows(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Whoever empties all tables (`flush`) does not know those of the words: left alone, they would
    answer for the works that come next under the same numbers.
    """
    standing = set(connection.introspection.table_names())
    if using == DEFAULT_DB_ALIAS and standing >= TABLES and not IndexRow.objects.exists():
        engine().create()
        engine().empty()
        shelf.forget()


@register("database")
def index_stands(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Warnings, not errors: `migrate` itself runs this check, and it is what makes the index."""
    del app_configs
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    return [Warning(f"{fault}.", hint=REMEDY, id="knowledge.W001") for fault in faults()]


def faults() -> list[str]:
    if not set(connection.introspection.table_names()) >= TABLES or not engine().exists():
        return ["The index of the library is missing"]
    head = IndexHead.objects.filter(pk=1).first()
    if head is not None and head.keys != KEYS:
        return ["The index of the library was made by older rules of words"]
    rows = IndexRow.objects.count()
    if rows < Work.objects.count():
        return ["The index of the library does not hold all works"]
    if head is not None and head.ghosts > max(FEW_GHOSTS, MOST_GHOSTS * rows):
        return [f"The index of the library keeps {head.ghosts} rows that were replaced"]
    return []
