"""Draws the invented projects and networks."""

import datetime as dt
import random
from decimal import Decimal

from . import words
from .geography import GAINS, PROJECTS, SECTORS
from .members import add_firms
from .periods import Half, days
from .world import PlannedNetwork, PlannedProject, Size, World, pick_cycling, split_exactly, spread

# Which project (by number within each nineteen) is special, and how.
ENDED, UNAPPROVED_LAST, OVERSPENDING, OWN_PROJECT = 4, 13, 10, 7
LATE_BASELINES = (12, 15)
DISSOLVING = 11


def build_world(*, seed: int, size: Size, until: Half) -> World:
    """The whole cast for `size.rounds` approved rounds that end with `until`, and one open round
    after it.
    """
    rng = random.Random(f"{seed}:world")
    rounds = [until + step for step in range(1 - size.rounds, 2)]
    fomin = split_exactly(rng, size.fomin, size.projects, 5000)
    local = split_exactly(rng, size.local, size.projects, 5000)
    counts = spread(rng, size.networks, size.projects, min(3, size.networks // size.projects))
    projects = []
    for index in range(size.projects):
        project = _project(rng, index, rounds, size, (fomin[index], local[index]))
        _add_networks(rng, project, counts[index], rounds)
        projects.append(project)
    world = World(seed=seed, size=size, rounds=rounds, projects=projects)
    add_firms(rng, world)
    _dissolve_one(world)
    return world


def _project(
    rng: random.Random,
    index: int,
    rounds: list[Half],
    size: Size,
    amounts: tuple[Decimal, Decimal],
) -> PlannedProject:
    """`amounts` in US$, of the fund and of the counterpart."""
    number, role = index + 1, index % len(PROJECTS) + 1
    countries, typology, sector = PROJECTS[index % len(PROJECTS)]
    place = pick_cycling(words.PLACES, index)
    digits = max(2, len(str(size.projects)))
    name = words.PROJECT_NAMES[typology].format(place=place, sector=words.SECTOR_NOUNS[sector])
    started = _first_round(role, len(rounds))
    starts_on = rounds[started].starts + days(rng.randint(3, 50))
    ended = role == ENDED and len(rounds) > 4
    ends_on = (
        rounds[-3].ends - days(rng.randint(5, 25))
        if ended
        else (rounds[-1] + rng.randint(1, 3)).ends - days(rng.randint(0, 90))
    )
    return PlannedProject(
        number=number,
        code=f"PIP-{number:0{digits}d}",
        name=name,
        executor=index % len(words.EXECUTORS),
        countries=countries,
        typology=typology,
        starts_on=starts_on,
        ends_on=ends_on,
        amount_fomin=amounts[0],
        amount_local=amounts[1],
        effect=GAINS[typology] * rng.uniform(0.55, 1.35),
        diligence=0.35 if role in LATE_BASELINES else rng.uniform(0.9, 1.0),
        overspends=role == OVERSPENDING,
    )


def _first_round(role: int, rounds: int) -> int:
    """Most projects start with the first round, the others in the three after it."""
    later = {2: 1, 6: 1, 9: 1, 14: 1, 5: 2, 16: 2, 18: 2, 19: 3}
    return min(later.get(role, 0), max(0, rounds - 3))


def _add_networks(
    rng: random.Random, project: PlannedProject, count: int, rounds: list[Half]
) -> None:
    latest = min(rounds[-2].ends, project.ends_on) - days(60)
    sectors = list(SECTORS[project.typology])
    rng.shuffle(sectors)
    main_sector = PROJECTS[(project.number - 1) % len(PROJECTS)][2]
    for position in range(count):
        typology = project.typology if position != 3 else _other_typology(rng, project.typology)
        sector = (
            main_sector if position == 0 or rng.random() < 0.45 else pick_cycling(sectors, position)
        )
        constituted_on = _constitution(rng, project, position, latest)
        place = pick_cycling(words.PLACES, project.number * 3 + position)
        network = PlannedNetwork(
            code=f"{project.code}-{position + 1}",
            project=project,
            name=words.NETWORK_NAMES[typology].format(
                place=place, sector=words.SECTOR_NOUNS[sector]
            ),
            typology=typology,
            sector=sector,
            country=pick_cycling(project.countries, position),
            place=place,
            constituted_on=constituted_on,
            strength=rng.uniform(0.5, 1.5),
            has_coordinator=position % 2 == 0,
        )
        project.networks.append(network)


def _constitution(
    rng: random.Random, project: PlannedProject, position: int, latest: dt.date
) -> dt.date:
    """The first networks soon after the start, the others over two years; a few existed before the
    project.
    """
    if position == 0:
        offset = rng.randint(-150, 40) if project.number % 6 == 1 else rng.randint(5, 45)
    else:
        offset = rng.randint(20, 160) + (position - 1) * rng.randint(60, 210)
    return min(project.starts_on + days(offset), latest)


def _other_typology(rng: random.Random, typology: str) -> str:
    return rng.choice([other for other in GAINS if other != typology])


def _dissolve_one(world: World) -> None:
    """One network of one project ends in the middle of the fourth round."""
    for project in world.projects:
        if project.number % len(PROJECTS) != DISSOLVING or len(world.rounds) < 6:
            continue
        network = project.networks[-1]
        day = world.rounds[-3].starts + days(70)
        if network.constituted_on >= day - days(120):
            continue
        _forget_later(network, day)
        network.dissolved_on = day
        for stay in (
            stay for firm in network.firms for stay in firm.stays if stay.network is network
        ):
            if stay.left_on is None:
                stay.left_on, stay.reason = day, "network_ended"


def _forget_later(network: PlannedNetwork, day: dt.date) -> None:
    """Firms that would have joined, left or closed after the dissolution never did."""
    kept = []
    for firm in network.firms:
        stay = next(stay for stay in firm.stays if stay.network is network)
        if stay.joined_on > day - days(30) or firm.registered_on > day - days(5):
            if len(firm.stays) > 1:
                firm.stays.remove(stay)
            continue
        if stay.left_on is not None and stay.left_on > day:
            stay.left_on, stay.reason = None, ""
        if firm.closed_on is not None and firm.closed_on > day - days(30):
            firm.closed_on, firm.closing_reason = None, ""
        kept.append(firm)
    network.firms = kept
