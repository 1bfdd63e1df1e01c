"""Writing the audit trail: one row, inside the transaction of the act it records."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pip_network.files import bulk
from pip_network.models import AuditEvent, User
from pip_network.people.access import Process
from pip_network.running.request_id import current_request_id


def record(
    *, verb: str, on: str, by: User | Process, at: dt.datetime, **details: Any
) -> AuditEvent:
    """Append one event.

    `on` is a text key such as `P:PIP-01/2005-S2`; details are JSON values: codes, never names.
    """
    return AuditEvent.objects.create(
        at=at,
        actor=actor_key(by),
        verb=verb,
        object=on,
        request_id=current_request_id(),
        details=details,
    )


def record_many(
    events: Iterable[tuple[str, str, dict[str, Any]]], *, by: User | Process, at: dt.datetime
) -> None:
    """Append one event for each (verb, on, details) in one statement: for acts over a list."""
    actor, request_id = actor_key(by), current_request_id()
    rows = ((at, actor, verb, on, request_id, details) for verb, on, details in events)
    bulk.insert(AuditEvent, ("at", "actor", "verb", "object", "request_id", "details"), rows)


def actor_key(by: User | Process) -> str:
    return by.name if isinstance(by, Process) else f"U:{by.pk}"
