"""Plays the invented semesters through the actions of monitoring, each step on its day."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from monitoring.choices import Kind, ReturnReason
from monitoring.models import Remark, Round, Submission
from monitoring.sheet.cells import Asked, CellKey, asked_cells
from monitoring.sheet.roster import Roster, load_roster
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import Unit
from monitoring.submission import entries, narratives, opening, review
from monitoring.submission.cell_changes import CellChange

from . import texts
from .answers import Answers, UnitAnswers
from .narratives import narrate
from .registry import Cast, Step
from .schedule import Delivery

BASELINE, REGULAR = Kind.BASELINE.value, Kind.REGULAR.value
NOT_COLLECTED = "not_collected"
PREFILLED = frozenset({"budget_fomin", "budget_local"})
MISTAKEN = {
    1: "service_hours",
    2: "sales",
}  # what is first entered wrong in the submissions that are returned


@dataclass
class Player:
    """Carries what the steps of all deliveries share."""

    answers: Answers
    cast: Cast
    rounds: dict[str, Round]
    submissions: dict[tuple[str, str], int] = field(default_factory=dict)
    _captured: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _mistaken: dict[tuple[str, str], frozenset[CellKey]] = field(default_factory=dict)

    def steps(self, delivery: Delivery) -> Iterator[Step]:
        """The acts of one delivery, in no order."""
        yield Step(delivery.opened, partial(self.open, delivery))
        if delivery.captured is not None:
            yield Step(delivery.captured, partial(self.capture, delivery))
        if delivery.filled is not None:
            yield Step(delivery.filled, partial(self.fill, delivery))
        if delivery.submitted is not None:
            yield Step(delivery.submitted, partial(self.submit, delivery))
        if delivery.returned is not None:
            yield Step(delivery.returned, partial(self.give_back, delivery))
        if delivery.resubmitted is not None:
            yield Step(delivery.resubmitted, partial(self.resubmit, delivery))
        if delivery.approved is not None:
            yield Step(delivery.approved, partial(self.approve, delivery))

    def open(self, delivery: Delivery, at: dt.datetime) -> None:
        project = self.cast.projects[delivery.project.code]
        by = self.cast.people.directors[project.code]
        opened = opening.open_submission(project, self.rounds[delivery.code], by=by, at=at)
        self.submissions[delivery.key] = opened.pk

    def submission(self, delivery: Delivery) -> Submission:
        number = self.submissions[delivery.key]
        return Submission.objects.select_related("project", "round").get(pk=number)

    # --- filling

    def capture(self, delivery: Delivery, at: dt.datetime) -> None:
        """In the middle of the semester a diligent director enters the baselines of who is
        registered by then.
        """
        who = load_roster(self.submission(delivery), day=at.date())
        waiting = [unit for unit in who.units if unit.needs_baseline]
        if not waiting:
            return
        subjects = {unit.subject for unit in waiting}
        changes = list(self._changes(who, delivery, subjects, at, BASELINE))
        self._captured[delivery.key] = subjects
        self._save(delivery, changes, self._director(delivery), at)

    def fill(self, delivery: Delivery, at: dt.datetime) -> None:
        """The coordinator of the first network fills its sheet the day before, the director the
        rest; of a draft a share.
        """
        who = load_roster(self.submission(delivery), day=at.date())
        hers, by = self._coordinated(delivery, who), self._director(delivery)
        subjects = {unit.subject for unit in who.units}
        if delivery.share < 1:
            keep = random.Random(f"{self.answers.world.seed}:share:{delivery.seed}")
            subjects = {subject for subject in sorted(subjects) if keep.random() < delivery.share}
        changes = list(self._changes(who, delivery, subjects, at, BASELINE, REGULAR))
        coordinated = [change for change in changes if change.key.subject in hers]
        self._save(
            delivery, coordinated, self._coordinator(delivery) or by, at - dt.timedelta(hours=20)
        )
        self._save(
            delivery, [change for change in changes if change.key.subject not in hers], by, at
        )
        self._narrate(delivery, by, at)

    def _changes(
        self, who: Roster, delivery: Delivery, subjects: set[str], at: dt.datetime, *kinds: str
    ) -> Iterator[CellChange]:
        """What people enter of some units: baselines that were captured before, and budgets, stay
        as they are.
        """
        captured = self._captured.get(delivery.key, set())
        mistakes = self._mistakes(delivery, who)
        told: dict[tuple[str, str], UnitAnswers] = {}
        for key, cell in asked_cells(who).items():
            if (
                cell.written is not None
                or key.subject not in subjects
                or key.kind not in kinds
                or key.variable in PREFILLED
            ):
                continue
            if key.kind == BASELINE and key.subject in captured:
                continue
            change = self._answered(key, cell, who.by_subject[key.subject], delivery, at, told)
            if key in mistakes and change.value is not None:
                change = change._replace(value=_mistaken(change.value))
            if change.value is not None or change.missing:
                yield change

    def _answered(
        self,
        key: CellKey,
        cell: Asked,
        unit: Unit,
        delivery: Delivery,
        at: dt.datetime,
        told: dict[tuple[str, str], UnitAnswers],
    ) -> CellChange:
        answers = told.get(key[:2])
        if answers is None:
            late = key.kind == BASELINE and unit.is_late(at.date())
            answers = told[key[:2]] = self.answers.unit(key.subject, key.kind, delivery.code, late)
        answer = answers.to(
            key.variable, cell.period, tuple(network.code for network in unit.networks)
        )
        return CellChange(key, answer.value, answer.missing)

    def _save(self, delivery: Delivery, changes: list[CellChange], by, at: dt.datetime) -> None:
        if changes:
            entries.save_cells(self.submissions[delivery.key], changes, by=by, at=at)

    def _narrate(self, delivery: Delivery, by, at: dt.datetime) -> None:
        number = self.submissions[delivery.key]
        told = narrate(self.answers, delivery.project, delivery.half)
        for theme, text in told.items():
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
            self._save(delivery, _settling(refused.sheet), by, at - dt.timedelta(minutes=10))
            opening.submit(number, by=by, at=at)

    def give_back(self, delivery: Delivery, at: dt.datetime) -> None:
        """The specialist remarks on the mistaken cells and returns the submission."""
        number, by = self.submissions[delivery.key], self._reviewer(delivery)
        rng = random.Random(f"{self.answers.world.seed}:remarks:{delivery.seed}")
        submission = self.submission(delivery)
        mistakes = self._mistakes(delivery, load_roster(submission))
        for key in sorted(mistakes):
            review.remark(
                number, rng.choice(texts.REMARKS), key=key, by=by, at=at - dt.timedelta(minutes=20)
            )
        reason = ReturnReason.INCONSISTENT if delivery.half.half == 2 else ReturnReason.UNEXPLAINED
        review.return_submission(number, reason, rng.choice(texts.RETURN_NOTES), by=by, at=at)

    def resubmit(self, delivery: Delivery, at: dt.datetime) -> None:
        """The director corrects the mistaken cells, answers each remark and submits again."""
        by, submission = self._director(delivery), self.submission(delivery)
        who = load_roster(submission, day=at.date())
        asked, mistakes = asked_cells(who), self._mistakes(delivery, who)
        corrected = [
            self._answered(key, asked[key], who.by_subject[key.subject], delivery, at, {})
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
        number, by = self.submissions[delivery.key], self._reviewer(delivery)
        for remark in Remark.objects.filter(
            submission=number, answers__isnull=True, resolved_at__isnull=True
        ):
            review.resolve(remark.pk, by=by, at=at - dt.timedelta(minutes=5))
        review.approve(number, by=by, at=at)

    # --- who and which

    def _director(self, delivery: Delivery):
        return self.cast.people.directors[delivery.project.code]

    def _reviewer(self, delivery: Delivery):
        return self.cast.people.reviewers[delivery.project.code]

    def _coordinator(self, delivery: Delivery):
        return self.cast.people.coordinators.get(delivery.project.networks[0].code)

    def _coordinated(self, delivery: Delivery, who: Roster) -> set[str]:
        """The first network and its firms."""
        code = delivery.project.networks[0].code
        return {f"N:{code}", *(unit.subject for unit in who.firms_of(code))} & who.by_subject.keys()

    def _mistakes(self, delivery: Delivery, who: Roster) -> frozenset[CellKey]:
        """Cells that will be returned: first entered too high, later corrected."""
        if delivery.returned is None:
            return frozenset()
        if delivery.key in self._mistaken:
            return self._mistaken[delivery.key]
        rng = random.Random(f"{self.answers.world.seed}:mistakes:{delivery.seed}")
        firms = sorted(
            unit.subject for unit in who.units if unit.level == "firm" and unit.state == "active"
        )
        chosen = rng.sample(firms, min(len(firms), rng.randint(1, 3)))
        variable = MISTAKEN[delivery.half.half]
        self._mistaken[delivery.key] = frozenset(
            CellKey(subject, REGULAR, variable) for subject in chosen
        )
        return self._mistaken[delivery.key]


def _settling(sheet: Sheet) -> list[CellChange]:
    """Blank core cells get their reason, wrong values too, warnings a word."""
    wrong = {finding.cell for finding in sheet.errors}
    changes = {
        key: CellChange(key, None, NOT_COLLECTED) for key in [*sheet.blank_core, *sorted(wrong)]
    }
    for finding in sheet.open_warnings:
        key = finding.cell
        if key not in changes:
            content = sheet.contents.get(key)
            value, missing = (
                (content.value, content.missing)
                if content and sheet.asked[key].written is None
                else (None, "")
            )
            before = sheet.data.previous.get((key.subject, key.variable))
            fell = bool(
                content
                and before
                and before.value
                and content.value is not None
                and content.value < before.value
            )
            changes[key] = CellChange(
                key, value, missing, explanation=texts.explanation(finding.check, fell, str(key))
            )
    return list(changes.values())


def _mistaken(value: Decimal) -> Decimal:
    return (value * Decimal("1.3")).quantize(Decimal(1)) + 1
