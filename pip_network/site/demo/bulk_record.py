"""The record of a large world, approval by approval, without actions and without chain: see `bulk`."""

from collections.abc import Iterator
from typing import Any

from monitoring.calendar.rounds import milestone_rounds
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
from monitoring.record.draft import MEASUREMENT_COLUMNS
from monitoring.record.observations import size_class
from monitoring.sheet.cells import Asked, CellKey, Written, asked_cells
from monitoring.sheet.roster import Roster
from monitoring.sheet.units import Unit
from pip_network.files import bulk
from projects.models import Project

from .accounts import People
from .answers import Answers, UnitAnswers
from .corrections import all_rates
from .geography import Economies
from .periods import Half, days, moment
from .roster import units_of
from .texts import RATES_REASON
from .world import PlannedProject, World

CATALOGUE = 1
PREFILLED = {"budget_fomin": "amount_fomin", "budget_local": "amount_local"}
SUBJECT, KIND, VARIABLE, VALUE = map(
    MEASUREMENT_COLUMNS.index, ("subject", "kind", "variable_code", "value")
)


class Approvals:
    """Writes one approval after the other, numbered without gaps."""

    def __init__(self, people: People) -> None:
        head = RecordHead.objects.get(pk=1)
        self.people, self.number, self.hash = people, head.number, head.hash
        self.sizes: dict[tuple[str, str], str] = {}

    def _next(self, **fields: Any) -> Approval:
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
        half = Half.parse(round.code)
        submission = self._submission(plan, round, is_open=half == world.open_round)
        if submission.decided_at is None:
            return
        approval = self._next(
            kind=ApprovalKind.SUBMISSION,
            submission=submission,
            revision=1,
            at=submission.decided_at,
            author=submission.submitted_by,
            approver=submission.decided_by,
        )
        answers = Answers(World(world.seed, world.size, world.rounds, [plan]), economies)
        roster = Roster(submission, units_of(plan, half), definitions=definitions(CATALOGUE))
        self._record(submission, approval, roster, answers)

    def _submission(self, plan: PlannedProject, round: Round, *, is_open: bool) -> Submission:
        half, project = Half.parse(round.code), Project.objects.get(code=plan.code)
        handed_in = None if is_open else moment(half.ends + days(14), 0)
        decided = None if is_open else moment(half.ends + days(21), 0)
        return Submission.objects.create(
            project=project,
            round=round,
            catalogue_id=CATALOGUE,
            is_milestone=round.code in milestone_rounds(project),
            status=Status.DRAFT if is_open else Status.APPROVED,
            due_on=round.due_on,
            opened_at=moment(half.starts, 0),
            submitted_at=handed_in,
            submitted_by=None if is_open else self.people.directors[plan.code],
            first_submitted_at=handed_in,
            time_zone="" if is_open else project.time_zone,
            decided_at=decided,
            decided_by=None if is_open else self.people.reviewers[plan.code],
        )

    def _record(
        self, submission: Submission, approval: Approval, roster: Roster, answers: Answers
    ) -> None:
        rows = list(_measured(submission, approval, roster, answers))
        for row in rows:
            if row[VARIABLE] == "jobs" and row[KIND] == Kind.BASELINE:
                self.sizes[submission.project_id, row[SUBJECT]] = size_class(row[VALUE])
        bulk.insert(Measurement, (*MEASUREMENT_COLUMNS, "approved_in"), rows)
        observations = [
            self._observation(submission, approval, unit, kind)
            for unit in roster.units
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
            for n in roster.by_subject[row.subject].networks
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
    submission: Submission, approval: Approval, roster: Roster, answers: Answers
) -> Iterator[tuple[Any, ...]]:
    """Rows of measurements, in the order of MEASUREMENT_COLUMNS and with their approval."""
    respondent = Respondent(submission, answers)
    for key, cell in asked_cells(roster).items():
        unit = roster.by_subject[key.subject]
        value, missing, source = respondent.cell(key, cell, unit)
        variable, code = cell.variable, key.subject[2:]
        yield (
            submission.project_id,
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


class Respondent:
    """What is written into the cells of one submission."""

    def __init__(self, submission: Submission, answers: Answers) -> None:
        self.submission, self.answers = submission, answers
        self.units: dict[tuple[str, str], UnitAnswers] = {}

    def cell(self, key: CellKey, cell: Asked, unit: Unit) -> Written:
        """Value, reason for none, and source."""
        if cell.written is not None:
            return cell.written
        if key.variable in PREFILLED:
            amount = getattr(self.submission.project, PREFILLED[key.variable])
            return Written(amount, "", Source.PREFILLED.value)
        networks = tuple(network.code for network in unit.networks)
        value, missing = self._unit(key, unit).to(key.variable, cell.period, networks)
        if value is None and not missing:
            missing = (Missing.NOT_COLLECTED if cell.variable.core else Missing.NO_DATA).value
        source = Source.SYSTEM if missing == Missing.NO_DATA else Source.ENTERED
        return Written(value, missing, source.value)

    def _unit(self, key: CellKey, unit: Unit) -> UnitAnswers:
        if key[:2] not in self.units:
            self.units[key[:2]] = self.answers.unit(
                key.subject, key.kind, self.submission.round_id, unit.reconstructed
            )
        return self.units[key[:2]]
