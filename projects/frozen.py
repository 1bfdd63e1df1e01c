"""What the record has frozen of a firm or a network, and where data of a firm are being entered.

The record stands above this floor and gives its answers through `RECORD`. Nothing that depends on
them may be undone without asking, so that without an answer the question fails.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from pip_network.running.wired import Place


class Frozen(NamedTuple):
    """One approved look at a firm or a network, superseded ones too."""

    project: str
    round: str
    ends_on: dt.date
    membership: str
    networks: frozenset[str]
    approval: int


class Record(NamedTuple):
    """The three questions, each asked with the code of a firm or a network."""

    of_firm: Callable[[str], list[Frozen]]
    of_network: Callable[[str], list[Frozen]]
    being_entered: Callable[[str], list[str]]


RECORD: Place[Record] = Place("what the record has frozen of the registry")


def of_firm(code: str) -> list[Frozen]:
    """Every approved look at a firm, superseded ones too; none while nothing was approved."""
    return RECORD().of_firm(code)


def of_network(code: str) -> list[Frozen]:
    """As `of_firm`, of a network."""
    return RECORD().of_network(code)


def being_entered(code: str) -> list[str]:
    """Open submissions (`PIP-01/2006-S2`) that hold data of a firm; they are held still until the
    transaction ends.
    """
    return RECORD().being_entered(code)


def last_approval(*looks: Frozen) -> int:
    return max((look.approval for look in looks), default=0)
