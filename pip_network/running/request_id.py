"""The id of the request that is being answered: it joins log lines, audit rows, jobs and error page.

Standard library only: all rooms lean on it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    return _request_id.get()


@contextmanager
def of_request(number: str) -> Iterator[None]:
    """What is logged and audited inside belongs to the request of this id: while it is answered, or
    for work that outlives it.
    """
    token = _request_id.set(number)
    try:
        yield
    finally:
        _request_id.reset(token)
