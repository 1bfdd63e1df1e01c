"""Plays the invented world into the registry, act by act, each on its day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from pip_network.choices import Origin, Relation
from pip_network.models import Institution
from projects import actions
from projects.actions.firms import NewFirm
from projects.actions.memberships import Joining
from projects.models import Country, Firm, Network, Project, ProjectFamily

from . import words
from .accounts import People
from .periods import days, moment
from .world import PlannedFirm, PlannedNetwork, PlannedProject, Stay, World

SUMMARY = "Proyecto de demostración: inventado por completo, como sus redes, empresas y cifras."


class Step(NamedTuple):
    """An act of somebody at a moment; acts are played in order of time."""

    at: dt.datetime
    play: Callable[[dt.datetime], object]


@dataclass
class Cast:
    """Rows of the registry by code, filled while the world is played."""

    people: People
    countries: dict[str, Country]
    family: ProjectFamily
    executors: list[Institution]
    projects: dict[str, Project] = field(default_factory=dict)
    networks: dict[str, Network] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)


def create_executors() -> list[Institution]:
    """The invented executing institutions."""
    rows = [
        Institution(
            slug=f"demo-{index:02d}",
            name=name,
            kind="ejecutora",
            relation=Relation.RELATED,
            origin=Origin.DEMO,
            source="Datos de demostración",
        )
        for index, name in enumerate(words.EXECUTORS, 1)
    ]
    return Institution.objects.bulk_create(rows)


def steps(world: World, cast: Cast) -> Iterator[Step]:
    """Every act of the registry, in no order."""
    for project in world.projects:
        yield Step(moment(project.starts_on - days(4), 0), partial(_create_project, cast, project))
        for network in project.networks:
            day = max(network.constituted_on, project.starts_on - days(3))
            yield Step(moment(day, 10), partial(_create_network, cast, network))
            if network.dissolved_on is not None:
                yield Step(
                    moment(network.dissolved_on + days(6), 40),
                    partial(_dissolve, cast, network, network.dissolved_on),
                )
    yield from _firm_steps(world, cast)


def _firm_steps(world: World, cast: Cast) -> Iterator[Step]:
    together: dict[tuple[str, dt.date], list[PlannedFirm]] = defaultdict(list)
    for firm in world.firms:
        together[firm.stays[0].network.project.code, firm.registered_on].append(firm)
        for stay in firm.stays[1:]:
            day = max(stay.joined_on, firm.registered_on) + days(1)
            yield Step(moment(day, 30), partial(_join, cast, firm, stay))
        for stay in firm.stays:
            if stay.left_on is not None and stay.reason != "network_ended":
                yield Step(
                    moment(stay.left_on + days(3), 32),
                    partial(_leave, cast, firm, stay, stay.left_on),
                )
        if firm.closed_on is not None:
            yield Step(
                moment(firm.closed_on + days(7), 34), partial(_close, cast, firm, firm.closed_on)
            )
    for (_project, day), firms in together.items():
        yield Step(moment(day, 20), partial(_register, cast, firms))


def _create_project(cast: Cast, plan: PlannedProject, at: dt.datetime) -> None:
    cast.projects[plan.code] = actions.create_project(
        code=plan.code,
        family=cast.family,
        name=plan.name,
        executing_institution=cast.executors[plan.executor],
        countries=[cast.countries[iso2] for iso2 in plan.countries],
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        amount_fomin=plan.amount_fomin,
        amount_local=plan.amount_local,
        summary=SUMMARY,
        typology_label=plan.networks[0].name.partition(" ")[0],
        origin=Origin.DEMO,
        by=cast.people.admin,
        at=at,
    )


def _create_network(cast: Cast, plan: PlannedNetwork, at: dt.datetime) -> None:
    cast.networks[plan.code] = actions.create_network(
        project=cast.projects[plan.project.code],
        code=plan.code,
        name=plan.name,
        typology=plan.typology,
        sector=plan.sector,
        country=cast.countries[plan.country],
        place=plan.place,
        constituted_on=plan.constituted_on,
        origin=Origin.DEMO,
        by=cast.people.admin,
        at=at,
    )


def _register(cast: Cast, plans: list[PlannedFirm], at: dt.datetime) -> None:
    by = cast.people.directors[plans[0].stays[0].network.project.code]
    new = [
        NewFirm(
            code=plan.code,
            name=plan.name,
            tax_id=plan.tax_id,
            country=cast.countries[plan.country],
            sector=plan.sector,
            owner_sex=plan.owner_sex,
            origin=Origin.DEMO,
        )
        for plan in plans
    ]
    for firm in actions.register_firms(firms=new, by=by, at=at):
        cast.firms[firm.code] = firm
    joinings = [
        Joining(
            firm=cast.firms[plan.code],
            network=cast.networks[stay.network.code],
            joined_on=stay.joined_on,
        )
        for plan in plans
        for stay in plan.stays[:1]
    ]
    actions.join_networks(joinings=joinings, by=by, at=at)


def _join(cast: Cast, plan: PlannedFirm, stay: Stay, at: dt.datetime) -> None:
    """A firm of another project is joined by the administration: it keeps the firms of both."""
    home, project = plan.stays[0].network.project, stay.network.project
    people = cast.people
    actions.join_network(
        firm=cast.firms[plan.code],
        network=cast.networks[stay.network.code],
        joined_on=stay.joined_on,
        by=people.directors[project.code] if project is home else people.admin,
        at=at,
    )


def _leave(cast: Cast, plan: PlannedFirm, stay: Stay, left_on: dt.date, at: dt.datetime) -> None:
    actions.leave_network(
        firm=cast.firms[plan.code],
        network=cast.networks[stay.network.code],
        left_on=left_on,
        reason=stay.reason,
        by=cast.people.directors[stay.network.project.code],
        at=at,
    )


def _close(cast: Cast, plan: PlannedFirm, closed_on: dt.date, at: dt.datetime) -> None:
    actions.close_firm(
        firm=cast.firms[plan.code],
        closed_on=closed_on,
        reason=plan.closing_reason,
        by=cast.people.directors[plan.stays[0].network.project.code],
        at=at,
    )


def _dissolve(cast: Cast, plan: PlannedNetwork, dissolved_on: dt.date, at: dt.datetime) -> None:
    actions.dissolve_network(
        network=cast.networks[plan.code],
        dissolved_on=dissolved_on,
        by=cast.people.admin,
        at=at,
    )
