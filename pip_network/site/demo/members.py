"""Draws the invented firms: which networks they join, when they leave or close."""

import datetime as dt
import random
from collections.abc import Iterator

from . import words
from .geography import SECTOR_FACTS
from .periods import Half, days
from .world import PlannedFirm, PlannedNetwork, PlannedProject, Stay, World, pick_cycling, spread

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
YEARLY_CLOSING, YEARLY_LEAVING = 0.035, 0.03
IN_TWO_NETWORKS = 0.03


class Names:
    """Every firm another invented name: the combinations in a shuffled order, numbered once they
    are used up.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._left: dict[tuple[str, str], list[str]] = {}
        self._turn: dict[tuple[str, str], int] = {}
        self._given: set[str] = set()

    def draw(self, sector: str, language: str) -> str:
        """A name that nobody has yet; the two languages share some of theirs."""
        while (name := self._next(sector, language)) in self._given:
            pass
        self._given.add(name)
        return name

    def _next(self, sector: str, language: str) -> str:
        key = (sector, language)
        if not self._left.get(key):
            names = _combinations(sector, language)
            self._rng.shuffle(names)
            turn = self._turn[key] = self._turn.get(key, 0) + 1
            self._left[key] = names if turn == 1 else [f"{name} {turn}" for name in names]
        return self._left[key].pop()


def _combinations(sector: str, language: str) -> list[str]:
    trades = words.TRADES[language].get(sector) or words.TRADES["es"][sector]
    return [
        f"{trade} {invented} {tail}"
        for trade in trades
        for invented in words.INVENTED[language]
        for tail in words.TAILS[language]
    ]


def add_firms(rng: random.Random, world: World) -> None:
    """Fill the networks with `world.size.firms` distinct firms."""
    names, codes = Names(rng), _codes(rng)
    networks = world.networks
    counts = spread(
        rng, world.size.firms, len(networks), max(3, world.size.firms // len(networks) * 2 // 3)
    )
    number = 0
    for network, count in zip(networks, counts, strict=True):
        for position in range(count):
            number += 1
            network.firms.append(
                _firm(rng, world, network, position, count, names, next(codes), number)
            )
    for project in world.projects:
        _share_within(rng, project)
    _share_between(world)
    _mark_giants(world)


def _codes(rng: random.Random) -> Iterator[str]:
    drawn: set[str] = set()
    while True:
        code = "".join(rng.choice(ALPHABET) for _ in range(9))
        if code not in drawn:
            drawn.add(code)
            yield code


def _firm(
    rng: random.Random,
    world: World,
    network: PlannedNetwork,
    position: int,
    count: int,
    names: Names,
    code: str,
    number: int,
) -> PlannedFirm:
    project = network.project
    joined_on = _joining(rng, world, network, position / count)
    sector = (
        network.sector
        if rng.random() < 0.85
        else pick_cycling(sorted(SECTOR_FACTS), rng.randrange(16))
    )
    women = SECTOR_FACTS[sector].women
    sex = rng.choices(("f", "m", "mixed", "unknown"), (women * 0.9, 1 - women * 0.9, 0.18, 0.02))[0]
    firm = PlannedFirm(
        code=code,
        name=names.draw(sector, project.language if network.country == "BR" else "es"),
        tax_id=f"DEMO-{number:06d}",
        country=network.country,
        sector=sector,
        owner_sex=sex,
        registered_on=_registration(rng, world, project, joined_on),
        stays=[Stay(network, joined_on)],
    )
    _perhaps_goes(rng, world, firm)
    return firm


def _joining(rng: random.Random, world: World, network: PlannedNetwork, place: float) -> dt.date:
    """Six of ten founded the network; the others come over two years, some of them in the open
    round.
    """
    if place < 0.6:
        return network.constituted_on + days(rng.randint(0, 25))
    end = min(world.open_round.starts + days(35), network.project.ends_on - days(40))
    later = network.constituted_on + days(rng.randint(40, 760))
    return (
        later
        if later <= end
        else network.constituted_on
        + days(rng.randint(0, max(1, (end - network.constituted_on).days)))
    )


def _registration(
    rng: random.Random, world: World, project: PlannedProject, joined_on: dt.date
) -> dt.date:
    """Registered on the 20th after joining and in the same semester; in careless projects many only
    much later.

    Never while the sheet of a semester in which the firm had joined is on its way to approval: it
    would open anew.
    """
    begun = max(joined_on, project.starts_on)
    late = project.diligence < 0.5 and rng.random() > project.diligence
    entered = begun + days(rng.randint(185, 260) if late else rng.randint(0, 9))
    day = (
        entered.replace(day=20)
        if entered.day <= 20
        else (entered.replace(day=1) + days(32)).replace(day=20)
    )
    day = max(day, Half.of(day).starts + days(80)) if late else min(day, Half.of(begun).ends)
    latest = min(world.open_round.starts + days(55), project.ends_on - days(20))
    return max(joined_on, min(day, latest))


def _perhaps_goes(rng: random.Random, world: World, firm: PlannedFirm) -> None:
    """Closing and leaving at constant yearly rates, at least four months after the firm was
    registered.
    """
    stay = firm.stays[0]
    end = min(world.open_round.starts + days(20), stay.network.project.ends_on - days(45))
    closes = firm.registered_on + days(120 + int(rng.expovariate(YEARLY_CLOSING) * 365))
    leaves = firm.registered_on + days(120 + int(rng.expovariate(YEARLY_LEAVING) * 365))
    first = min(closes, leaves)
    if first > end or _too_close_to_an_end(first):
        return
    if closes <= leaves:
        firm.closed_on, firm.closing_reason = closes, rng.choice(words.CLOSING_REASONS)
    else:
        stay.left_on, stay.reason = leaves, rng.choice(words.LEAVING_REASONS)


def _too_close_to_an_end(day: dt.date) -> bool:
    """Within 15 days of a semester's end: it would be known only after the sheet was delivered."""
    return Half.of(day).ends - day < days(15)


def _share_within(rng: random.Random, project: PlannedProject) -> None:
    """A few firms of a project belong to two of its networks of the same country."""
    for network in project.networks:
        for firm in list(network.firms):
            if rng.random() > IN_TWO_NETWORKS or len(firm.stays) > 1:
                continue
            others = [
                other
                for other in project.networks
                if other is not network
                and other.country == firm.country
                and other.constituted_on < firm.registered_on
            ]
            if others and firm.closed_on is None and firm.stays[0].left_on is None:
                other = rng.choice(others)
                firm.stays.append(
                    Stay(
                        other,
                        max(firm.joined_on, firm.registered_on - days(3), other.constituted_on),
                    )
                )
                other.firms.append(firm)


def _share_between(world: World, wanted: int = 2) -> None:
    """Two firms take part in two projects of their country."""
    for project in world.projects:
        for other in world.projects:
            shared = set(project.countries) & set(other.countries)
            if wanted == 0 or other.number <= project.number or not shared:
                continue
            network = min(
                (network for network in other.networks if network.country in shared),
                key=lambda n: n.constituted_on,
                default=None,
            )
            guest = next(
                (f for f in project.firms if network is not None and _may_visit(f, network, world)),
                None,
            )
            if network is None or guest is None:
                continue
            ready = max(network.constituted_on, other.starts_on, guest.registered_on) + days(2)
            guest.stays.append(
                Stay(network, ready + days(20) if _too_close_to_an_end(ready) else ready)
            )
            network.firms.append(guest)
            wanted -= 1


def _may_visit(firm: PlannedFirm, network: PlannedNetwork, world: World) -> bool:
    ready = max(network.constituted_on, network.project.starts_on, firm.registered_on) + days(60)
    return (
        firm.country == network.country
        and len(firm.stays) == 1
        and firm.closed_on is None
        and firm.stays[0].left_on is None
        and ready < world.rounds[-2].ends
    )


def _mark_giants(world: World) -> None:
    """Every two hundredth firm is far larger than its sector: true outliers, explained each time."""
    for firm in world.firms[40::200]:
        firm.giant = True
