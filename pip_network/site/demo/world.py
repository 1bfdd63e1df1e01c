"""The invented world: who takes part. Plain data from one seed; nothing here knows the database."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from .periods import Half

APPROVED_ROUNDS = 6
T = TypeVar("T")


@dataclass(frozen=True)
class Size:
    """How large a world to draw.

    `firms` is the mean number of firms that a network starts with over its life.
    """

    projects: int = 19
    networks: int = 71
    firms: int = 1100
    rounds: int = APPROVED_ROUNDS
    fomin: Decimal = Decimal("22500000")
    local: Decimal = Decimal("21600000")

    def times(self, scale: int) -> "Size":
        return Size(
            self.projects * scale,
            self.networks * scale,
            self.firms * scale,
            self.rounds,
            self.fomin * scale,
            self.local * scale,
        )


@dataclass
class Stay:
    """A firm's membership of one network."""

    network: "PlannedNetwork"
    joined_on: dt.date
    left_on: dt.date | None = None
    reason: str = ""


@dataclass
class PlannedFirm:
    """A firm and every stay of its life."""

    code: str
    name: str
    tax_id: str
    country: str
    sector: str
    owner_sex: str
    registered_on: dt.date
    stays: list[Stay]
    closed_on: dt.date | None = None
    closing_reason: str = ""
    giant: bool = False

    @property
    def joined_on(self) -> dt.date:
        return min(stay.joined_on for stay in self.stays)


@dataclass
class PlannedNetwork:
    """A network and the firms that ever belonged to it."""

    code: str
    project: "PlannedProject"
    name: str
    typology: str
    sector: str
    country: str
    place: str
    constituted_on: dt.date
    strength: float  # 0.5 weak to 1.5 strong
    dissolved_on: dt.date | None = None
    firms: list[PlannedFirm] = field(default_factory=list)
    has_coordinator: bool = False

    def members(self, day: dt.date) -> list[PlannedFirm]:
        return [
            firm
            for firm in self.firms
            for stay in firm.stays
            if stay.network is self
            and stay.joined_on <= day
            and (stay.left_on is None or stay.left_on >= day)
        ]


@dataclass
class PlannedProject:
    """A project and its networks; amounts in US$."""

    number: int
    code: str
    name: str
    executor: int
    countries: tuple[str, ...]
    typology: str
    starts_on: dt.date
    ends_on: dt.date
    amount_fomin: Decimal
    amount_local: Decimal
    effect: float  # how much its networks gain with age: 0.2 little to 1.6 much
    diligence: float  # share of baselines that are captured in time
    overspends: bool = False
    networks: list[PlannedNetwork] = field(default_factory=list)

    @property
    def language(self) -> str:
        return "pt" if self.countries == ("BR",) else "es"

    @property
    def firms(self) -> list[PlannedFirm]:
        by_code: dict[str, PlannedFirm] = {}
        for network in self.networks:
            for firm in network.firms:
                by_code.setdefault(firm.code, firm)
        return list(by_code.values())


@dataclass
class World:
    """Everything that was drawn from one seed."""

    seed: int
    size: Size
    rounds: list[Half]  # the approved ones and, last, the open one
    projects: list[PlannedProject]

    @property
    def open_round(self) -> Half:
        return self.rounds[-1]

    @property
    def networks(self) -> list[PlannedNetwork]:
        return [network for project in self.projects for network in project.networks]

    @property
    def firms(self) -> list[PlannedFirm]:
        by_code: dict[str, PlannedFirm] = {}
        for project in self.projects:
            for firm in project.firms:
                by_code.setdefault(firm.code, firm)
        return list(by_code.values())

    def rounds_of(self, project: PlannedProject) -> list[Half]:
        return [
            half
            for half in self.rounds
            if half.starts <= project.ends_on and half.ends >= project.starts_on
        ]


def split_exactly(rng: random.Random, total: Decimal, parts: int, step: int) -> list[Decimal]:
    """`parts` positive amounts, multiples of `step` except perhaps the last, that add exactly to
    `total`.
    """
    weights = [rng.uniform(0.6, 1.5) for _ in range(parts)]
    whole = sum(weights)
    amounts = [
        Decimal(round(float(total) * weight / whole / step) * step) for weight in weights[:-1]
    ]
    return [*amounts, total - sum(amounts)]


def spread(rng: random.Random, total: int, parts: int, least: int) -> list[int]:
    """Whole numbers around the mean, none below `least`, that add to `total`."""
    counts = [least] * parts
    for _ in range(total - least * parts):
        counts[rng.randrange(parts)] += 1
    return counts


def pick_cycling(items: Sequence[T], index: int) -> T:
    """The item at `index`, from the beginning again past the end."""
    return items[index % len(items)]
