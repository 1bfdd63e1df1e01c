"""A unit of a submission, as a round asks it: what the registry says of it or the record froze."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from monitoring.analysis.periods import first_day
from monitoring.choices import Level
from pip_network.web.days import months_after
from projects.models.country import currency_on

REGIONAL = "regional"
UNKNOWN = "unknown"
LATE_AFTER_MONTHS = 6


class UnitNetwork(NamedTuple):
    """A network of a unit.

    The first joined has position 1; a network's own row has its constitution as joining.
    """

    code: str
    typology: str
    constituted_on: dt.date
    joined_on: dt.date
    position: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One subject of a submission.

    `closed_on` of a network is the day of its dissolution; it stays `active`.
    """

    level: str
    subject: str
    code: str
    label: str
    state: str
    joined_on: dt.date | None
    constituted_on: dt.date | None
    networks: tuple[UnitNetwork, ...]
    country: str
    currency: str  # of the round
    sector: str
    size: str
    owner_sex: str
    closed_on: dt.date | None
    registered_on: dt.date | None
    captured_on: dt.date | None = None
    needs_baseline: bool = False
    reconstructed: bool = False
    currency_dates: tuple[tuple[str, str], ...] = ()  # of its country, if it changed its currency

    def currency_of(self, period: str) -> str:
        """Of an amount of this period."""
        return currency_on(self.currency_dates, first_day(period), self.currency)

    @property
    def typologies(self) -> frozenset[str]:
        return frozenset(network.typology for network in self.networks)

    @property
    def began_on(self) -> dt.date | None:
        """Joining of a firm, constitution of a network."""
        return self.constituted_on if self.level == Level.NETWORK else self.joined_on

    @property
    def scope_keys(self) -> set[str]:
        """Networks that this unit's cells stand under; the project's key is added by the
        submission.
        """
        return (
            {f"N:{network.code}" for network in self.networks}
            if self.level != Level.PROJECT
            else set()
        )

    def is_late(self, day: dt.date | None) -> bool:
        """Is `day` more than six months after the unit joined?"""
        return bool(day and self.began_on and day > months_after(self.began_on, LATE_AFTER_MONTHS))
