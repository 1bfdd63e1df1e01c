"""Two invented projects of local competitiveness that carry on the work of invented productive
integration ones.

They are of another family: outside of the nineteen and of every total. The common system does not
monitor them, so that nobody holds a role on them and they have no submissions. No randomness: their
days follow from the rounds.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pip_network.choices import Origin
from projects import actions
from projects.choices import Typology
from projects.models import ProjectFamily

from .periods import days, moment
from .population import DISSOLVING, ENDED
from .registry import Cast, Step
from .world import PlannedProject, World

FAMILY = "competitividad-local"
YEARS = 3
SUMMARY = (
    "Proyecto de demostración de la familia «competitividad local»: inventado por completo. "
    "Continúa el trabajo de un proyecto de integración productiva y queda fuera de los diecinueve "
    "y de todos los totales."
)


@dataclass(frozen=True)
class Plan:
    code: str
    name: str
    network: str
    place: str
    sector: str
    amount_fomin: Decimal
    amount_local: Decimal
    rounds_back: int  # it starts with the open round (1), or that many before its end


PLANS = (
    Plan(
        "LOC-01",
        "Competitividad local de Ladera Imaginada",
        "Mesa de competitividad Ladera Imaginada",
        "Ladera Imaginada",
        "63",
        Decimal("1500000"),
        Decimal("1400000"),
        2,
    ),
    Plan(
        "LOC-02",
        "Competitividad local de Valle Imaginado",
        "Mesa de competitividad Valle Imaginado",
        "Valle Imaginado",
        "01",
        Decimal("1200000"),
        Decimal("1250000"),
        1,
    ),
)


def steps(world: World, cast: Cast) -> Iterator[Step]:
    """Created on the day each starts; its network some weeks later.

    A world of one project has no successors.
    """
    if len(world.projects) < len(PLANS):
        return
    for plan, before in zip(PLANS, predecessors(world), strict=True):
        starts_on = world.rounds[-plan.rounds_back].starts + days(12)
        yield Step(moment(starts_on, 50), partial(_create, cast, plan, before, starts_on))


def predecessors(world: World) -> list[PlannedProject]:
    """The one that ended and the territorial one; the first two of a smaller world."""
    by_number = {project.number: project for project in world.projects}
    if ENDED in by_number and DISSOLVING in by_number:
        return [by_number[ENDED], by_number[DISSOLVING]]
    return world.projects[: len(PLANS)]


def _create(
    cast: Cast, plan: Plan, before: PlannedProject, starts_on: dt.date, at: dt.datetime
) -> None:
    country = cast.countries[before.countries[0]]
    project = actions.create_project(
        code=plan.code,
        family=ProjectFamily.objects.get(code=FAMILY),
        name=plan.name,
        executing_institution=cast.executors[before.executor],
        countries=[country],
        starts_on=starts_on,
        ends_on=starts_on.replace(year=starts_on.year + YEARS),
        amount_fomin=plan.amount_fomin,
        amount_local=plan.amount_local,
        predecessors=[cast.projects[before.code]],
        summary=SUMMARY,
        typology_label="Competitividad local",
        origin=Origin.DEMO,
        by=cast.people.admin,
        at=at,
    )
    actions.create_network(
        project=project,
        code=f"{plan.code}-1",
        name=plan.network,
        typology=Typology.TERRITORIAL_SYSTEM,
        sector=plan.sector,
        country=country,
        place=plan.place,
        constituted_on=starts_on,
        origin=Origin.DEMO,
        by=cast.people.admin,
        at=at,
    )
