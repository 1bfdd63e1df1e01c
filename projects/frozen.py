"""What the record has frozen of a firm or a network, and where data of a firm are being entered.

The record stands above this floor: it gives its answers in `RECORD` when the application starts
(monitoring/apps.py). Nothing that depends on them may be undone without asking, so that without an
answer the question fails.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple


class Frozen(NamedTuple):
    """One approved look at a firm or a network, superseded ones too."""

    project: str
    round: str
    ends_on: dt.date
    membership: str
    networks: frozenset[str]
    approval: int


RECORD: dict[str, Callable[[str], Any]] = {}


def of_firm(code: str) -> list[Frozen]:
    return RECORD["firm"](code)


def of_network(code: str) -> list[Frozen]:
    return RECORD["network"](code)


def being_entered(code: str) -> list[str]:
    """Open submissions (`PIP-01/2006-S2`) that hold data of a firm; they are held still until the
    transaction ends.
    """
    return RECORD["entered"](code)


def last_approval(*looks: Frozen) -> int:
    return max((look.approval for look in looks), default=0)
