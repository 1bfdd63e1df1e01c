"""Where the engine reads the record: three streams, all as of one approval number."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from .money import Rate

REGULAR = "regular"
BASELINE = "baseline"
NOT_APPLICABLE = "not_applicable"
NO_DATA = "no_data"
NOT_COLLECTED = "not_collected"
ACTIVE, LEFT, CLOSED = "active", "left", "closed"


class NetworkRow(NamedTuple):
    """A network of an observed subject; position 1 is the one joined first."""

    network: str
    typology: str
    constituted_on: date | None
    joined_on: date | None
    position: int


class Observation(NamedTuple):
    """What approval froze of one subject of one project; kind `regular` once a round, kind
    `baseline` once.
    """

    project: str
    level: str
    subject: str
    round: str
    kind: str
    membership: str
    country: str
    sector: str
    size: str
    owner_sex: str
    currency: str
    constituted_on: date | None
    joined_on: date | None
    reconstructed: bool
    networks: tuple[NetworkRow, ...]
    approved_in: int


class MeasurementRow(NamedTuple):
    """One approved cell: value, or the reason in `missing`.

    A source may yield plain tuples in this order.
    """

    project: str
    subject: str
    kind: str
    round: str
    variable: str
    value: Decimal | None
    missing: str
    period: str
    currency: str
    catalogue: str
    approved_in: int


class Target(NamedTuple):
    """What a project means an indicator to be in a round; None: withdrawn."""

    project: str
    indicator: str
    round: str
    value: Decimal | None
    approved_in: int


class Source(Protocol):
    """The record as of one approval number.

    Every call streams anew; nothing is kept by the source.
    """

    def observations(self) -> Iterable[Observation]:
        """All observations, networks ordered by position."""
        ...

    def measurements(
        self, variables: Collection[str], rounds: Collection[str] | None = None
    ) -> Iterator[tuple]:
        """Cells of these variables: all of kind `baseline`, and `regular` ones of these rounds
        (None: all).
        """
        ...

    def rates(self) -> Iterable[Rate]: ...

    def targets(self) -> Iterable[Target]: ...


class MemorySource(NamedTuple):
    """A record held in lists: for small questions and for tests."""

    observed: tuple[Observation, ...] = ()
    measured: tuple[MeasurementRow, ...] = ()
    rated: tuple[Rate, ...] = ()
    targeted: tuple[Target, ...] = ()

    def observations(self) -> Iterable[Observation]:
        return iter(self.observed)

    def measurements(
        self, variables: Collection[str], rounds: Collection[str] | None = None
    ) -> Iterator[tuple]:
        for row in self.measured:
            if row.variable in variables and (
                rounds is None or row.kind == BASELINE or row.round in rounds
            ):
                yield row

    def rates(self) -> Iterable[Rate]:
        return iter(self.rated)

    def targets(self) -> Iterable[Target]:
        return iter(self.targeted)
