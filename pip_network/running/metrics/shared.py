"""Counts of requests that all processes of one web server share: memory mapped before they are
forked.

Every route has one row of numbers (answers by class of status, their seconds, and how many took at
most so long). A row is changed under a lock that the system gives back when its process dies.
"""

import fcntl
import mmap
import struct
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

STATUS = ("1xx", "2xx", "3xx", "4xx", "5xx")
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNMATCHED, STATIC = "unmatched", "static"
MOST_ROUTES = 1000
ROW = struct.Struct(f"={len(STATUS)}Q{len(BUCKETS) + 1}Qd")

_memory = mmap.mmap(-1, ROW.size * MOST_ROUTES)
_file = tempfile.TemporaryFile()  # noqa: SIM115 -- only its lock is used, as long as the process lives
_thread = threading.Lock()


class Counted(NamedTuple):
    """What was counted for one route; `within` holds, for each bucket and beyond, the answers that
    fell into it.
    """

    route: str
    statuses: tuple[int, ...]
    within: tuple[int, ...]
    seconds: float


def count(route: str, status: int, seconds: float) -> None:
    """One more answer of a route; all processes of a machine count together."""
    number = _numbers().get(route, 0)
    bucket = next((place for place, limit in enumerate(BUCKETS) if seconds <= limit), len(BUCKETS))
    with _thread:
        fcntl.lockf(_file, fcntl.LOCK_EX)
        try:
            row = list(ROW.unpack_from(_memory, number * ROW.size))
            row[min(max(status // 100, 1), 5) - 1] += 1
            row[len(STATUS) + bucket] += 1
            row[-1] += seconds
            ROW.pack_into(_memory, number * ROW.size, *row)
        finally:
            fcntl.lockf(_file, fcntl.LOCK_UN)


def counted() -> Iterator[Counted]:
    """The routes that were asked for at least once."""
    for route, number in _numbers().items():
        row = ROW.unpack_from(_memory, number * ROW.size)
        if any(row[: len(STATUS)]):
            yield Counted(route, row[: len(STATUS)], row[len(STATUS) : -1], row[-1])


def forget() -> None:
    """Only for tests."""
    _memory[:] = bytes(len(_memory))


def route_of(request: HttpRequest, static: str) -> str:
    """The name of the address: never the address itself, which may hold a code or a key."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return STATIC if request.path.startswith(static) else UNMATCHED
    return _name(match.namespaces, match.url_name)


def _name(namespaces: list[str], name: str | None) -> str:
    return namespaces[0] if namespaces else name or UNMATCHED


@cache
def _numbers() -> dict[str, int]:
    """Route -> row: the same in all processes, because all have the same addresses."""
    names = {_name(spaces, name) for spaces, name in _walk(get_resolver().url_patterns, [])} - {
        UNMATCHED,
        STATIC,
    }
    return {
        route: number
        for number, route in enumerate([UNMATCHED, STATIC, *sorted(names)][:MOST_ROUTES])
    }


def _walk(
    patterns: Sequence[URLPattern | URLResolver], spaces: list[str]
) -> Iterator[tuple[list[str], str | None]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = [*spaces, *filter(None, [pattern.namespace])]
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield spaces, pattern.name
