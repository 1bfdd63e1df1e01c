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
    """The questions, each asked with the code of a firm, a network or a country."""

    of_firm: Callable[[str], list[Frozen]]
    of_network: Callable[[str], list[Frozen]]
    being_entered: Callable[[str], list[str]]
    amounts_of: Callable[[str], set[tuple[str, str]]]
    amounts_entered: Callable[[str], set[tuple[str, str, str]]]
    begins: Callable[[str], dt.date]


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


def amounts_of(country: str) -> set[tuple[str, str]]:
    """Currency and period of the approved amounts of a country's firms and networks."""
    return RECORD().amounts_of(country)


def amounts_entered(country: str) -> set[tuple[str, str, str]]:
    """Submission (`PIP-01/2006-S2`), currency and period of the amounts of a country's firms and
    networks that are entered and not approved; their submissions are held still until the
    transaction ends.
    """
    return RECORD().amounts_entered(country)


def begins(period: str) -> dt.date:
    """The first day of a period of the record: `2005`, `2005-S2`."""
    return RECORD().begins(period)


def last_approval(*looks: Frozen) -> int:
    return max((look.approval for look in looks), default=0)
