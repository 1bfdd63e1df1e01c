"""Fills an empty portal with the demonstration: the invented world of one seed, played through the
real actions.
"""

import datetime as dt
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import translation

from knowledge.demonstration import lessons, lists, loading, using
from monitoring.calendar.rounds import ensure_rounds
from pip_network import audit
from pip_network.models import AuditEvent, Institution, Mail, User
from pip_network.people.processes import SEED_DEMO
from projects.models import Country, Project, ProjectFamily

from . import bulk, successors
from .accounts import People, address, create_people, own_project
from .answers import Answers
from .attaching import evidence_steps
from .corrections import amendment_steps, rate_steps, unfinished_steps
from .delivering import Player
from .geography import Economies
from .periods import Half, days, moment
from .population import build_world
from .publishing import publication_steps
from .reference import load_reference
from .registry import Cast, create_executors
from .registry import steps as registry_steps
from .schedule import deliveries
from .targeting import target_steps
from .world import Size, World

VERB = "demo.seeded"
READERS = ("admin", "directora", "experta", "institucion")  # who does something in the library
TINY = Size(projects=2, networks=4, firms=30, rounds=3)


class AlreadySeeded(Exception):
    """The database holds projects: the demonstration is only loaded into an empty one."""


@dataclass(frozen=True)
class Seeded:
    """What was loaded, from which arguments."""

    seed: int
    scale: int
    until: str
    projects: int
    networks: int
    firms: int
    seconds: float


@transaction.atomic
def seed(*, until: Half, scale: int = 1, seed: int = 1, size: Size | None = None) -> Seeded:
    """Load the demonstration; whole or not at all. Equal arguments give equal data.

    `until` is the last approved round; `size` draws another world than the published one (19
    projects, 71 networks). Raises AlreadySeeded when there are projects.
    """
    if Project.objects.exists():
        raise AlreadySeeded
    began = time.monotonic()
    world = build_world(seed=seed, size=(size or Size()).times(scale), until=until)
    with translation.override("es"), _few_collections():
        (play if scale == 1 else _pour)(world)
        if size is None and scale == 1:
            _library(world)
    audit.record(
        verb=VERB,
        on="demonstration",
        by=SEED_DEMO,
        at=moment(world.open_round.starts, 0),
        seed=seed,
        scale=scale,
        until=until.code,
    )
    return Seeded(
        seed=seed,
        scale=scale,
        until=until.code,
        projects=len(world.projects),
        networks=len(world.networks),
        firms=len(world.firms),
        seconds=time.monotonic() - began,
    )


def tiny(*, until: str = "2006-S1", seed_number: int = 1) -> Seeded:
    """A small demonstration for tests: 2 projects, 4 networks, 30 firms, 3 approved rounds and an
    open one.

    In the open round PIP-01, the directora's, is a half-filled draft; PIP-02 waits for review.
    """
    return seed(until=Half.parse(until), seed=seed_number, size=TINY)


def what_was_seeded() -> dict[str, Any] | None:
    """Seed, scale and last approved round of the demonstration that was loaded, or None."""
    event = AuditEvent.objects.filter(verb=VERB).order_by("-id").first()
    return event.details if event else None


def play(world: World) -> None:
    """Every act of the world in order of time, through the actions."""
    economies, people, executors = _prepare(world)
    rounds = {row.code: row for row in ensure_rounds(world.rounds[0].code, world.open_round.code)}
    cast = Cast(people, Country.objects.in_bulk(), ProjectFamily.objects.get(code="pip"), executors)
    player = Player(Answers(world, economies), cast, rounds)
    planned = deliveries(world)
    steps = [
        *registry_steps(world, cast),
        *successors.steps(world, cast),
        *rate_steps(world, economies, people.admin),
        *(step for delivery in planned for step in player.steps(delivery)),
        *amendment_steps(player, planned),
        *target_steps(world, cast, planned),
        *publication_steps(planned, rounds, people.admin),
        *unfinished_steps(player, planned, own_project(world).code),
        *evidence_steps(player, planned, own_project(world).code),
    ]
    for step in sorted(steps, key=lambda step: step.at):
        step.play(step.at)
    _send_no_old_mail()


def _pour(world: World) -> None:
    """The same kind of world by the thousand, for benches: no actions, no chain."""
    economies, people, executors = _prepare(world)
    bulk.pour(world, people, executors, economies)


def _prepare(world: World) -> tuple[Economies, People, list[Institution]]:
    """Reference data and people, a month before anything happens."""
    begin = moment(min(world.rounds[0].starts, _first_day(world)) - days(30), 0)
    load_reference(at=begin)
    executors = create_executors()
    member = Institution.objects.filter(relation="member").earliest("slug")
    people = create_people(world, executors, member, begin)
    return Economies(world.seed, world.rounds[0], world.open_round), people, executors


def _library(world: World) -> None:
    """The invented documents, lists and lessons, and their use; in the small worlds of tests there
    are none.
    """
    people = {name: User.objects.get(email=address(name)) for name in READERS}
    admin = people["admin"]
    at = moment(world.open_round.starts, 0)
    using.save_searches(people=people, at=at)
    loading.load(by=admin, at=at)
    lists.load(by=admin, at=at)
    lessons.load(by=admin, at=at)
    using.load(people=people, by=admin, at=at)
    _send_no_old_mail()
    connection.run_on_commit.clear()  # their text is read by the worker that sweeps


@contextmanager
def _few_collections() -> Iterator[None]:
    """Millions of short-lived rows without cycles: looking for cycles each seven hundred is a tenth
    of the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _first_day(world: World) -> dt.date:
    return min(project.starts_on for project in world.projects)


def _send_no_old_mail() -> None:
    """The letters of past semesters stay readable in the outbox; none is sent now, and no worker is
    woken for them.
    """
    Mail.objects.filter(sent_at__isnull=True).update(sent_at=F("created_at"))
    connection.run_on_commit.clear()
