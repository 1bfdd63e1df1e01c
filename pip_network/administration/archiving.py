"""Out of the lists and back into them: nothing that the portal has known is deleted."""

import datetime as dt
from typing import Protocol, TypeVar

from django.utils.functional import Promise

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Process
from pip_network.web.edits import CUT
from pip_network.web.errors import Conflict


class Archivable(Protocol):
    archived_at: dt.datetime | None

    def save(self, *, update_fields: list[str]) -> None: ...


Row = TypeVar("Row", bound=Archivable)


def require_current(row: Archivable, refusal: str | Promise) -> None:
    if row.archived_at is not None:
        raise Conflict(refusal)


def archive(
    row: Row, *, verb: str, on: str, reason: str, by: User | Process, at: dt.datetime
) -> Row:
    """Under its lock, after the rules of its room."""
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    audit.record(verb=verb, on=on, by=by, at=at, reason=reason[:CUT])
    return row


def restore(
    row: Row, *, verb: str, on: str, refusal: str | Promise, by: User | Process, at: dt.datetime
) -> Row:
    """Under its lock. Raises Conflict with `refusal` when it is not archived."""
    if row.archived_at is None:
        raise Conflict(refusal)
    row.archived_at = None
    row.save(update_fields=["archived_at"])
    audit.record(verb=verb, on=on, by=by, at=at)
    return row
