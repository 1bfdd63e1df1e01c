"""Any sequence of acts: no illegal state, no approved figure that changes without an approval.

PIP_MACHINE=400 pytest tests/monitoring/submission/test_machine.py      10,000 steps instead of 300
"""

import os
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from monitoring.models import (
    Approval,
    Entry,
    EntryChange,
    Measurement,
    RecordHead,
    Submission,
    SubmissionEvent,
)
from monitoring.record.chain import verify
from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.amendments import amend, discard
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import Incomplete, submit, withdraw
from pip_network.web.errors import Conflict, DomainError
from tests import factories
from tests.conftest import World

AT = factories.moment("2004-07-05")
CELLS = [
    CellKey("F:FIRMAAAAA", "regular", code) for code in ("service_hours", "new_clients_local")
] + [
    CellKey("P:PIP-01", "regular", "spent_fomin"),
    CellKey("N:N1", "regular", "joint_actions"),
]
OPEN = {"draft", "returned"}
NEXT = {
    "submit": (OPEN, "submitted"),
    "withdraw": ({"submitted"}, "draft"),
    "begin": ({"submitted"}, "submitted"),
    "return": ({"submitted"}, "returned"),
    "approve": ({"submitted"}, "approved"),
    "amend": ({"approved"}, "draft"),
    "discard": (OPEN, "approved"),
}
SEQUENCES = int(os.environ.get("PIP_MACHINE", "12"))
STEPS = 25


class Submissions(RuleBasedStateMachine):
    """One submission; the model keeps its status, its values, what was approved, and of each edit
    what undoes it: the cell, the value before, and the stamp that the edit was given.
    """

    @initialize()
    def open(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world = World()
        self.submission = self.world.filled("2004-S1").pk
        self.status, self.revision, self.approvals, self.edits = (
            "draft",
            1,
            0,
            EntryChange.objects.count(),
        )
        self.values = {key: factories.plausible(key) for key in CELLS}
        self.record: dict[CellKey, Decimal] = {}
        self.begun, self.last_revision, self.approved_revision = False, 1, 0
        self.undoable: list[tuple[CellKey, Decimal, int]] = []
        self.stamps: dict[CellKey, int] = {}

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def step(self, name: str, act, *, fits: bool = True) -> bool:
        """Take it where it is possible, or see it refused; whether it was taken."""
        sources, target = NEXT[name]
        if self.status in sources and fits:
            act()
            self.status = target
            return True
        with pytest.raises(Conflict):
            act()
        return False

    def forget_edits(self) -> None:
        self.undoable, self.stamps = [], {}

    @rule(
        key=st.sampled_from(CELLS),
        value=st.integers(0, 60),
        who=st.sampled_from(["director", "coordinator", "specialist"]),
    )
    def save(self, key, value, who):
        allowed = who == "director" or (who == "coordinator" and key.level != "project")
        try:
            result = save_cells(
                self.submission,
                [CellChange(key, Decimal(value))],
                by=getattr(self.world, who),
                at=AT,
            )
        except DomainError:
            assert self.status not in OPEN or not allowed
            return
        assert self.status in OPEN
        assert allowed
        if self.values[key] != value:
            self.wrote(key, Decimal(value), result.saved[key].stamp)

    def wrote(self, key: CellKey, value: Decimal, stamp: int) -> None:
        self.undoable.append((key, self.values[key], stamp))
        self.values[key], self.stamps[key] = value, stamp
        self.edits += 1

    @precondition(lambda self: self.undoable)
    @rule(which=st.integers(0, 3))
    def undo(self, which):
        """One of the last edits, by the stamp that it was given: refused where the cell was written
        since, and the value that stands is told.
        """
        key, value, stamp = self.undoable.pop(-1 - which % len(self.undoable))
        change = CellChange(key, value, seen_stamp=stamp)
        if self.status not in OPEN:
            with pytest.raises(Conflict):
                save_cells(self.submission, [change], by=self.world.director, at=AT)
            return
        result = save_cells(self.submission, [change], by=self.world.director, at=AT)
        if self.stamps[key] == stamp:
            assert (result.conflicts, key in result.saved) == ([], True)
            self.wrote(key, value, result.saved[key].stamp)
            return
        if self.values[key] != value:
            assert [conflict.value for conflict in result.conflicts] == [self.values[key]]

    @rule()
    def submit(self):
        # firms joined two actions of a network: a warning that nobody explains
        blocked = self.values[CELLS[3]] < 2
        if blocked and self.status in OPEN:
            with pytest.raises(Incomplete):
                submit(self.submission, by=self.world.director, at=AT)
        elif self.step("submit", lambda: submit(self.submission, by=self.world.director, at=AT)):
            self.begun = False

    @rule()
    def withdraw(self):
        self.step(
            "withdraw",
            lambda: withdraw(self.submission, by=self.world.director, at=AT),
            fits=not self.begun,
        )

    @rule()
    def begin(self):
        begin = lambda: review.begin(self.submission, by=self.world.specialist, at=AT)  # noqa: E731
        self.begun |= self.step("begin", begin, fits=not self.begun)

    @rule()
    def give_back(self):
        self.step(
            "return",
            lambda: review.return_submission(
                self.submission, "other", by=self.world.specialist, at=AT
            ),
        )

    @rule()
    def approve(self):
        if self.step(
            "approve", lambda: review.approve(self.submission, by=self.world.specialist, at=AT)
        ):
            self.approvals += 1
            self.record = dict(self.values)
            self.approved_revision = self.revision
            self.forget_edits()

    @rule()
    def amend(self):
        if self.step(
            "amend",
            lambda: amend(self.submission, "Corrige una cifra", by=self.world.director, at=AT),
        ):
            self.revision = self.last_revision = self.last_revision + 1
            self.begun = False

    @rule()
    def discard(self):
        if self.step(
            "discard",
            lambda: discard(self.submission, "No hacía falta", by=self.world.director, at=AT),
            fits=self.revision > 1,
        ):
            self.revision, self.values = self.approved_revision, dict(self.record)
            self.forget_edits()

    @precondition(lambda self: self.approvals)
    @rule()
    def chain_is_whole(self):
        assert verify().whole

    @invariant()
    def agrees(self):
        if not hasattr(self, "world"):
            return
        submission = Submission.objects.get()
        assert (submission.status, submission.revision) == (self.status, self.revision)
        assert Approval.objects.count() == RecordHead.objects.get().number == self.approvals
        assert EntryChange.objects.count() == self.edits
        live = Measurement.objects.live().filter(
            kind="regular", variable_code__in=[key.variable for key in CELLS]
        )
        found = {
            CellKey(r.subject, r.kind, r.variable_code): r.value
            for r in live
            if CellKey(r.subject, r.kind, r.variable_code) in CELLS
        }
        assert found == self.record
        assert Entry.objects.exists() == (self.status != "approved")
        steps = list(SubmissionEvent.objects.order_by("id").values_list("verb", flat=True))
        assert steps[0] == "opened"
        assert set(zip(steps, steps[1:], strict=False)) <= FOLLOWS


FOLLOWS = {
    (before, after)
    for after, befores in {
        "submitted": ("opened", "returned", "amended", "withdrawn"),
        "withdrawn": ("submitted",),
        "begun": ("submitted",),
        "returned": ("submitted", "begun"),
        "approved": ("submitted", "begun"),
        "amended": ("approved", "discarded"),
        "discarded": ("amended", "returned", "withdrawn"),
    }.items()
    for before in befores
}


def test_no_illegal_state_and_no_silent_change(db):
    run_state_machine_as_test(
        Submissions,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
