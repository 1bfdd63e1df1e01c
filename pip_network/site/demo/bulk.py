"""Large worlds, only to measure speed: the final rows poured straight into the tables, without
actions and without chain.

The record holds what approvals would have written (first versions only); hashes stand empty of
meaning, so `verify_approvals` fails on such a database, and nothing here is meant for anything but
benches.
"""

from collections.abc import Iterator

from monitoring.calendar.rounds import ensure_rounds, milestone_rounds
from monitoring.choices import ApprovalKind, Kind, Missing, Source, Status
from monitoring.definitions.reading import definitions
from monitoring.models import (
    Approval,
    Measurement,
    Observation,
    ObservationNetwork,
    Rate,
    RecordHead,
    Round,
    Submission,
)
from monitoring.record import guards
from monitoring.record.draft import MEASUREMENT_COLUMNS
from monitoring.record.observations import size_class
from monitoring.sheet.cells import Asked, CellKey, asked_cells
from monitoring.sheet.roster import Roster
from monitoring.sheet.units import Unit
from pip_network.choices import Origin
from pip_network.files import bulk
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily

from .accounts import People
from .answers import Answers, UnitAnswers
from .corrections import all_rates
from .geography import Economies
from .periods import Half, days, moment
from .registry import SUMMARY
from .roster import units_of
from .texts import RATES_REASON
from .world import PlannedProject, World

CATALOGUE = 1
PREFILLED = {"budget_fomin": "amount_fomin", "budget_local": "amount_local"}


def pour(world: World, people: People, executors: list, economies: Economies) -> None:
    """Registry, rates, submissions, approvals and record of `world`, project by project; guards are
    off meanwhile.
    """
    guards.remove()
    rounds = {row.code: row for row in ensure_rounds(world.rounds[0].code, world.open_round.code)}
    registry(world, executors)
    approvals = _Approvals(people)
    approvals.of_rates(economies, world)
    for half in world.rounds:
        for project in world.projects:
            if half in world.rounds_of(project):
                approvals.of_submission(world, project, rounds[half.code], economies)
    RecordHead.objects.filter(pk=1).update(number=approvals.number, hash=approvals.hash)
    guards.install()


def registry(world: World, executors: list) -> None:
    """Projects, networks, firms and memberships as rows."""
    countries = Country.objects.in_bulk()
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
            origin=Origin.DEMO,
        )
        for p in world.projects
    )
    through = Project.countries.through
    through.objects.bulk_create(
        through(project_id=p.code, country_id=iso2) for p in world.projects for iso2 in p.countries
    )
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
    firms = world.firms
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
            for f in firms
        ),
        batch_size=2000,
    )
    Membership.objects.bulk_create(
        (
            Membership(
                firm_id=f.code,
                network_id=s.network.code,
                joined_on=s.joined_on,
                left_on=s.left_on,
                leaving_reason=s.reason,
            )
            for f in firms
            for s in f.stays
        ),
        batch_size=2000,
    )


class _Approvals:
    """Writes one approval after the other, numbered without gaps."""

    def __init__(self, people: People) -> None:
        self.people, self.number, self.hash = people, 0, ""
        self.sizes: dict[tuple[str, str], str] = {}

    def _next(self, **fields) -> Approval:
        self.number += 1
        self.hash, before = f"{self.number:064d}", self.hash
        return Approval.objects.create(
            number=self.number, previous_hash=before, hash=self.hash, **fields
        )

    def of_rates(self, economies: Economies, world: World) -> None:
        reason = RATES_REASON.format(period=world.rounds[0].code)
        at = moment(world.rounds[0].starts, 0)
        approval = self._next(
            kind=ApprovalKind.RATES, at=at, approver=self.people.admin, reason=reason
        )
        Rate.objects.bulk_create(
            Rate(**row._asdict(), approved_in=approval) for row in all_rates(economies)
        )

    def of_submission(
        self, world: World, plan: PlannedProject, round: Round, economies: Economies
    ) -> None:
        """The submission of one round; approved, unless it is the open one."""
        half, project = Half.parse(round.code), Project.objects.get(code=plan.code)
        director, reviewer = self.people.directors[plan.code], self.people.reviewers[plan.code]
        handed_in, decided = moment(half.ends + days(14), 0), moment(half.ends + days(21), 0)
        is_open = half == world.open_round
        submission = Submission.objects.create(
            project=project,
            round=round,
            catalogue_id=CATALOGUE,
            is_milestone=round.code in milestone_rounds(project),
            status=Status.DRAFT if is_open else Status.APPROVED,
            due_on=round.due_on,
            opened_at=moment(half.starts, 0),
            submitted_at=None if is_open else handed_in,
            submitted_by=None if is_open else director,
            first_submitted_at=None if is_open else handed_in,
            decided_at=None if is_open else decided,
            decided_by=None if is_open else reviewer,
        )
        if is_open:
            return
        approval = self._next(
            kind=ApprovalKind.SUBMISSION,
            submission=submission,
            revision=1,
            at=decided,
            author=director,
            approver=reviewer,
        )
        answers = Answers(World(world.seed, world.size, world.rounds, [plan]), economies)
        units = units_of(plan, half)
        self._record(
            submission,
            approval,
            Roster(submission, units, definitions=definitions(CATALOGUE)),
            answers,
        )

    def _record(
        self, submission: Submission, approval: Approval, who: Roster, answers: Answers
    ) -> None:
        rows = list(_measured(submission, approval, who, answers))
        for row in rows:
            if row[9] == "jobs" and row[5] == Kind.BASELINE:
                self.sizes[submission.project_id, row[2]] = size_class(row[11])
        bulk.insert(Measurement, (*MEASUREMENT_COLUMNS, "approved_in"), rows)
        observations = [
            self._observation(submission, approval, unit, kind)
            for unit in who.units
            for kind in ((Kind.BASELINE, Kind.REGULAR) if unit.needs_baseline else (Kind.REGULAR,))
        ]
        Observation.objects.bulk_create(observations)
        ObservationNetwork.objects.bulk_create(
            ObservationNetwork(
                observation=row,
                network_id=n.code,
                typology=n.typology,
                constituted_on=n.constituted_on,
                joined_on=n.joined_on,
                position=n.position,
            )
            for row in observations
            for n in who.by_subject[row.subject].networks
        )

    def _observation(
        self, submission: Submission, approval: Approval, unit: Unit, kind: Kind
    ) -> Observation:
        return Observation(
            project_id=submission.project_id,
            level=unit.level,
            subject=unit.subject,
            firm_id=unit.code if unit.level == "firm" else None,
            network_id=unit.code if unit.level == "network" else None,
            kind=kind.value,
            round_id=submission.round_id,
            catalogue_id=CATALOGUE,
            membership=unit.state,
            country=unit.country,
            sector=unit.sector,
            size=self.sizes.get((submission.project_id, unit.subject), "unknown"),
            owner_sex=unit.owner_sex,
            currency=unit.currency,
            constituted_on=unit.constituted_on,
            joined_on=unit.joined_on,
            captured_on=unit.captured_on,
            reconstructed=unit.reconstructed,
            approved_in=approval,
        )


def _measured(
    submission: Submission, approval: Approval, who: Roster, answers: Answers
) -> Iterator[tuple]:
    project = submission.project
    told: dict[tuple[str, str], UnitAnswers] = {}
    for key, cell in asked_cells(who).items():
        unit = who.by_subject[key.subject]
        value, missing, source = _told(key, cell, unit, answers, told, submission)
        variable, code = cell.variable, key.subject[2:]
        yield (
            project.code,
            unit.level,
            key.subject,
            code if unit.level == "firm" else None,
            code if unit.level == "network" else None,
            key.kind,
            submission.round_id,
            CATALOGUE,
            variable.pk,
            variable.code,
            cell.period,
            value,
            missing,
            source,
            unit.currency if variable.is_money else "",
            approval.pk,
        )


def _told(
    key: CellKey,
    cell: Asked,
    unit: Unit,
    answers: Answers,
    told: dict[tuple[str, str], UnitAnswers],
    submission: Submission,
) -> tuple:
    if cell.written is not None:
        return cell.written
    if key.variable in PREFILLED:
        return getattr(submission.project, PREFILLED[key.variable]), "", Source.PREFILLED.value
    if key[:2] not in told:
        told[key[:2]] = answers.unit(key.subject, key.kind, submission.round_id, unit.reconstructed)
    networks = tuple(network.code for network in unit.networks)
    value, missing = told[key[:2]].to(key.variable, cell.period, networks)
    if value is None and not missing:
        missing = (Missing.NOT_COLLECTED if cell.variable.core else Missing.NO_DATA).value
    return value, missing, (Source.SYSTEM if missing == Missing.NO_DATA else Source.ENTERED).value
