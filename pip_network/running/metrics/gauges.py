"""Numbers that `/metrics` asks the database and the cache for: each room gives its own, the roof
says which (pip_network/site/wiring.py).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.core.cache import cache
from django.db import connection

from pip_network.running import health
from pip_network.running.wired import Place


class Gauge(NamedTuple):
    """One number, or one for each value of `label`."""

    name: str
    what: str
    value: float | Mapping[str, float]
    label: str = ""


Source = Callable[[], Iterable[Gauge]]
SOURCES: Place[tuple[Source, ...]] = Place("the numbers that /metrics shows")


def of_the_portal() -> Iterator[Gauge]:
    """What the portal as a whole tells."""
    yield Gauge(
        "pip_worker_heartbeat_age_seconds",
        "Since a worker was last seen; NaN: never.",
        _since_a_worker_was_seen(),
    )
    yield Gauge("pip_database_bytes", "Size of the database.", _database_size())


def _since_a_worker_was_seen() -> float:
    beat = cache.get(health.WORKER_SEEN)
    return float("nan") if beat is None else round(time.time() - beat, 1)


def _database_size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
        return cursor.fetchone()[0]
