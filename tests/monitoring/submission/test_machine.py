"""Any sequence of acts: no illegal state, no approved figure that changes without an approval."""

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
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import Incomplete, submit
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
NEXT = {
    "submit": ({"draft", "returned"}, "submitted"),
    "return": ({"submitted"}, "returned"),
    "approve": ({"submitted"}, "approved"),
    "amend": ({"approved"}, "draft"),
}


class Submissions(RuleBasedStateMachine):
    """One submission; the model keeps its status, its values and what was approved."""

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

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def step(self, name: str, act) -> None:
        sources, target = NEXT[name]
        if self.status in sources:
            act()
            self.status = target
            return
        with pytest.raises(Conflict):
            act()

    @rule(
        key=st.sampled_from(CELLS),
        value=st.integers(0, 60),
        who=st.sampled_from(["director", "coordinator", "specialist"]),
    )
    def save(self, key, value, who):
        allowed = who == "director" or (who == "coordinator" and key.level != "project")
        try:
            save_cells(
                self.submission,
                [CellChange(key, Decimal(value))],
                by=getattr(self.world, who),
                at=AT,
            )
        except DomainError:
            assert self.status not in ("draft", "returned") or not allowed
            return
        assert self.status in ("draft", "returned")
        assert allowed
        self.edits += self.values[key] != value
        self.values[key] = Decimal(value)

    @rule()
    def submit(self):
        blocked = (
            self.values[CELLS[3]] < 2
        )  # firms joined two actions of a network: a warning that nobody explains
        if blocked and self.status in ("draft", "returned"):
            with pytest.raises(Incomplete):
                submit(self.submission, by=self.world.director, at=AT)
        else:
            self.step("submit", lambda: submit(self.submission, by=self.world.director, at=AT))

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
        was = self.status
        self.step(
            "approve", lambda: review.approve(self.submission, by=self.world.specialist, at=AT)
        )
        if was == "submitted":
            self.approvals += 1
            self.record = dict(self.values)

    @rule()
    def amend(self):
        was = self.status
        self.step(
            "amend",
            lambda: amend(self.submission, "Corrige una cifra", by=self.world.director, at=AT),
        )
        self.revision += was == "approved"

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
        allowed = {
            ("opened", "submitted"),
            ("submitted", "returned"),
            ("submitted", "approved"),
            ("returned", "submitted"),
            ("approved", "amended"),
            ("amended", "submitted"),
        }
        assert set(zip(steps, steps[1:], strict=False)) <= allowed


def test_no_illegal_state_and_no_silent_change(db):
    run_state_machine_as_test(
        Submissions,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
