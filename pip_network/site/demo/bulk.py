"""Large worlds, only to measure speed: the final rows poured straight into the tables, without
actions and without chain.

The record holds what approvals would have written (first versions only); hashes stand empty of
meaning, so `verify_approvals` fails on such a database, and nothing here is meant for anything but
benches.
"""

from monitoring.calendar.rounds import ensure_rounds
from monitoring.models import RecordHead
from monitoring.record import guards
from pip_network.choices import Origin
from pip_network.models import Institution
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily
from projects.zones import zone_of

from .accounts import People
from .bulk_record import Approvals
from .geography import Economies
from .registry import SUMMARY
from .world import PlannedFirm, World

BATCH = 2000  # rows for one statement


def pour(world: World, people: People, executors: list[Institution], economies: Economies) -> None:
    """Registry, rates, submissions, approvals and record of `world`, project by project; guards are
    off meanwhile.
    """
    guards.remove()
    rounds = {row.code: row for row in ensure_rounds(world.rounds[0].code, world.open_round.code)}
    write_registry(world, executors)
    approvals = Approvals(people)
    approvals.of_rates(economies, world)
    for half in world.rounds:
        for project in world.projects:
            if half in world.rounds_of(project):
                approvals.of_submission(world, project, rounds[half.code], economies)
    RecordHead.objects.filter(pk=1).update(number=approvals.number, hash=approvals.hash)
    guards.install()


def write_registry(world: World, executors: list[Institution]) -> None:
    """Projects, networks, firms and memberships as rows."""
    countries = Country.objects.in_bulk()
    write_projects(world, executors)
    write_networks(world, countries)
    write_firms(world.firms, countries)
    write_memberships(world.firms)


def write_projects(world: World, executors: list[Institution]) -> None:
    """Rows of projects, and the countries of each."""
    family = ProjectFamily.objects.get(code="pip")
    Project.objects.bulk_create(
        Project(
            code=p.code,
            family=family,
            name=p.name,
            summary=SUMMARY,
            executing_institution=executors[p.executor],
            starts_on=p.starts_on,
            ends_on=p.ends_on,
            amount_fomin=p.amount_fomin,
            amount_local=p.amount_local,
            time_zone=zone_of(executors[p.executor].iso2, p.countries),
            origin=Origin.DEMO,
        )
        for p in world.projects
    )
    through = Project.countries.through
    through.objects.bulk_create(
        through(project_id=p.code, country_id=iso2) for p in world.projects for iso2 in p.countries
    )


def write_networks(world: World, countries: dict[str, Country]) -> None:
    """Rows of networks."""
    Network.objects.bulk_create(
        Network(
            code=n.code,
            project_id=n.project.code,
            name=n.name,
            typology=n.typology,
            sector=n.sector,
            country=countries[n.country],
            place=n.place,
            constituted_on=n.constituted_on,
            dissolved_on=n.dissolved_on,
            registered_on=n.constituted_on,
            origin=Origin.DEMO,
        )
        for n in world.networks
    )


def write_firms(planned: list[PlannedFirm], countries: dict[str, Country]) -> None:
    """Rows of firms."""
    Firm.objects.bulk_create(
        (
            Firm(
                code=f.code,
                name=f.name,
                tax_id=f.tax_id,
                country=countries[f.country],
                sector=f.sector,
                owner_sex=f.owner_sex,
                registered_on=f.registered_on,
                closed_on=f.closed_on,
                closing_reason=f.closing_reason,
                origin=Origin.DEMO,
            )
            for f in planned
        ),
        batch_size=BATCH,
    )


def write_memberships(planned: list[PlannedFirm]) -> None:
    """Rows of the memberships of firms, ended ones too."""
    Membership.objects.bulk_create(
        (
            Membership(
                firm_id=f.code,
                network_id=s.network.code,
                joined_on=s.joined_on,
                left_on=s.left_on,
                leaving_reason=s.reason,
            )
            for f in planned
            for s in f.stays
        ),
        batch_size=BATCH,
    )
