"""Plays the invented semesters through the actions of monitoring, each step on its day."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from monitoring.choices import Kind, ReturnReason
from monitoring.models import Remark, Round, Submission
from monitoring.sheet.cells import Asked, CellKey, asked_cells
from monitoring.sheet.roster import Roster, load_roster
from monitoring.sheet.units import Unit
from monitoring.submission import entries, narratives, opening, review
from monitoring.submission.cell_changes import CellChange
from pip_network.models import User

from . import texts
from .answers import Answers, UnitAnswers
from .mistakes import Mistakes, mistaken
from .narratives import narrate
from .registry import Cast, Step
from .schedule import Delivery
from .settling import settling_changes

BASELINE, REGULAR = Kind.BASELINE.value, Kind.REGULAR.value
PREFILLED = frozenset({"budget_fomin", "budget_local"})


@dataclass
class Player:
    """Carries what the steps of all deliveries share."""

    answers: Answers
    cast: Cast
    rounds: dict[str, Round]
    submissions: dict[tuple[str, str], int] = field(default_factory=dict)
    mistakes: Mistakes = field(init=False)
    _captured: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mistakes = Mistakes(self.answers.world.seed)

    def steps(self, delivery: Delivery) -> Iterator[Step]:
        """The acts of one delivery, in no order."""
        for at, act in (
            (delivery.opened, self.open),
            (delivery.captured, self.capture),
            (delivery.filled, self.fill),
            (delivery.submitted, self.submit),
            (delivery.returned, self.give_back),
            (delivery.resubmitted, self.resubmit),
            (delivery.approved, self.approve),
        ):
            if at is not None:
                yield Step(at, partial(act, delivery))

    def open(self, delivery: Delivery, at: dt.datetime) -> None:
        """The director opens the submission of the round."""
        project = self.cast.projects[delivery.project.code]
        by = self.cast.people.directors[project.code]
        submission = opening.open_submission(project, self.rounds[delivery.code], by=by, at=at)
        self.submissions[delivery.key] = submission.pk

    def submission(self, delivery: Delivery) -> Submission:
        number = self.submissions[delivery.key]
        return Submission.objects.select_related("project", "round").get(pk=number)

    # --- filling

    def capture(self, delivery: Delivery, at: dt.datetime) -> None:
        """In the middle of the semester a diligent director enters the baselines of who is
        registered by then.
        """
        roster = load_roster(self.submission(delivery), day=at.date())
        subjects = {unit.subject for unit in roster.units if unit.needs_baseline}
        if not subjects:
            return
        changes = list(self._changes(roster, delivery, subjects, at, BASELINE))
        self._captured[delivery.key] = subjects
        self._save(delivery, changes, self._director(delivery), at)

    def fill(self, delivery: Delivery, at: dt.datetime) -> None:
        """The coordinator of the first network fills its sheet the day before, the director the
        rest; of a draft a share.
        """
        roster = load_roster(self.submission(delivery), day=at.date())
        coordinated, by = self._coordinated(delivery, roster), self._director(delivery)
        subjects = {unit.subject for unit in roster.units}
        if delivery.share < 1:
            keep = random.Random(f"{self.answers.world.seed}:share:{delivery.seed}")
            subjects = {subject for subject in sorted(subjects) if keep.random() < delivery.share}
        changes = list(self._changes(roster, delivery, subjects, at, BASELINE, REGULAR))
        first = [change for change in changes if change.key.subject in coordinated]
        rest = [change for change in changes if change.key.subject not in coordinated]
        self._save(delivery, first, self._coordinator(delivery) or by, at - dt.timedelta(hours=20))
        self._save(delivery, rest, by, at)
        self._narrate(delivery, by, at)

    def _changes(
        self, roster: Roster, delivery: Delivery, subjects: set[str], at: dt.datetime, *kinds: str
    ) -> Iterator[CellChange]:
        """What people enter of some units: baselines that were captured before, and budgets, stay
        as they are.
        """
        captured = self._captured.get(delivery.key, set())
        mistakes = self.mistakes.of(delivery, roster)
        drawn: dict[tuple[str, str], UnitAnswers] = {}
        for key, cell in asked_cells(roster).items():
            if cell.written is not None or key.variable in PREFILLED:
                continue
            if key.subject not in subjects or key.kind not in kinds:
                continue
            if key.kind == BASELINE and key.subject in captured:
                continue
            change = self._answered(key, cell, roster.by_subject[key.subject], delivery, at, drawn)
            if key in mistakes and change.value is not None:
                change = change._replace(value=mistaken(change.value))
            if change.value is not None or change.missing:
                yield change

    def _answered(
        self,
        key: CellKey,
        cell: Asked,
        unit: Unit,
        delivery: Delivery,
        at: dt.datetime,
        drawn: dict[tuple[str, str], UnitAnswers],
    ) -> CellChange:
        """The answer to one cell; `drawn` are the answers of units that were asked before."""
        answers = drawn.get(key[:2])
        if answers is None:
            late = key.kind == BASELINE and unit.is_late(at.date())
            answers = drawn[key[:2]] = self.answers.unit(key.subject, key.kind, delivery.code, late)
        networks = tuple(network.code for network in unit.networks)
        answer = answers.to(key.variable, cell.period, networks)
        return CellChange(key, answer.value, answer.missing)

    def _save(
        self, delivery: Delivery, changes: list[CellChange], by: User, at: dt.datetime
    ) -> None:
        if changes:
            entries.save_cells(self.submissions[delivery.key], changes, by=by, at=at)

    def _narrate(self, delivery: Delivery, by: User, at: dt.datetime) -> None:
        number = self.submissions[delivery.key]
        narrative = narrate(self.answers, delivery.project, delivery.half)
        for theme, text in narrative.items():
            narratives.save_narrative(
                number,
                theme=theme,
                text=text,
                language=delivery.project.language,
                seen_stamp=None,
                by=by,
                at=at,
            )

    # --- delivering

    def submit(self, delivery: Delivery, at: dt.datetime) -> None:
        """Submit; what the gate still asks for is filled and explained first, as everybody has to."""
        number, by = self.submissions[delivery.key], self._director(delivery)
        try:
            opening.submit(number, by=by, at=at)
        except opening.Incomplete as refused:
            self._save(delivery, settling_changes(refused.sheet), by, at - dt.timedelta(minutes=10))
            opening.submit(number, by=by, at=at)

    def give_back(self, delivery: Delivery, at: dt.datetime) -> None:
        """The specialist remarks on the mistaken cells and returns the submission."""
        number, by = self.submissions[delivery.key], self._reviewer(delivery)
        rng = random.Random(f"{self.answers.world.seed}:remarks:{delivery.seed}")
        submission = self.submission(delivery)
        for key in sorted(self.mistakes.of(delivery, load_roster(submission))):
            review.remark(
                number, rng.choice(texts.REMARKS), key=key, by=by, at=at - dt.timedelta(minutes=20)
            )
        reason = ReturnReason.INCONSISTENT if delivery.half.half == 2 else ReturnReason.UNEXPLAINED
        review.return_submission(number, reason, rng.choice(texts.RETURN_NOTES), by=by, at=at)

    def resubmit(self, delivery: Delivery, at: dt.datetime) -> None:
        """The director corrects the mistaken cells, answers each remark and submits again."""
        by, submission = self._director(delivery), self.submission(delivery)
        roster = load_roster(submission, day=at.date())
        asked, mistakes = asked_cells(roster), self.mistakes.of(delivery, roster)
        corrected = [
            self._answered(key, asked[key], roster.by_subject[key.subject], delivery, at, {})
            for key in sorted(mistakes & asked.keys())
        ]
        changes = [change for change in corrected if change.value is not None]
        self._save(delivery, changes, by, at - dt.timedelta(minutes=30))
        rng = random.Random(f"{self.answers.world.seed}:answers:{delivery.seed}")
        for remark in Remark.objects.filter(submission=submission, answers__isnull=True).order_by(
            "id"
        ):
            review.answer(
                remark.pk,
                rng.choice(texts.REMARKS_ANSWERED),
                by=by,
                at=at - dt.timedelta(minutes=25),
            )
        self.submit(delivery, at)

    def approve(self, delivery: Delivery, at: dt.datetime) -> None:
        """The specialist resolves what nobody answered, and approves."""
        number, by = self.submissions[delivery.key], self._reviewer(delivery)
        for remark in Remark.objects.filter(
            submission=number, answers__isnull=True, resolved_at__isnull=True
        ):
            review.resolve(remark.pk, by=by, at=at - dt.timedelta(minutes=5))
        review.approve(number, by=by, at=at)

    # --- who and which

    def _director(self, delivery: Delivery) -> User:
        return self.cast.people.directors[delivery.project.code]

    def _reviewer(self, delivery: Delivery) -> User:
        return self.cast.people.reviewers[delivery.project.code]

    def _coordinator(self, delivery: Delivery) -> User | None:
        return self.cast.people.coordinators.get(delivery.project.networks[0].code)

    def _coordinated(self, delivery: Delivery, roster: Roster) -> set[str]:
        """The first network and its firms."""
        code = delivery.project.networks[0].code
        subjects = {f"N:{code}", *(unit.subject for unit in roster.firms_of(code))}
        return subjects & roster.by_subject.keys()
