"""Two people at the same instant, in two real processes, 200 times: one outcome, nothing lost,
nothing after the door closed.
"""

import os

import pytest
from django.db import connection

from monitoring.models import (
    Approval,
    Entry,
    EntryChange,
    Observation,
    RecordHead,
    Submission,
)
from monitoring.record.chain import verify
from monitoring.submission import review
from monitoring.submission.amendments import amend
from monitoring.submission.opening import submit
from pip_network.people.access import Role
from tests import factories
from tests.conftest import World
from tests.factories import moment
from tests.monitoring.racers import two_racers

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer at a time: there is no race to run",
    ),
]
TIMES = int(os.environ.get("PIP_RACES", "200"))
HOURS = "F:FIRMAAAAA|regular|service_hours"
CLIENTS = "F:FIRMAAAAA|regular|new_clients_local"
AT = moment("2004-07-02")


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def held(submission: int, variable: str) -> Entry:
    return Entry.objects.get(
        submission=submission, subject="F:FIRMAAAAA", kind="regular", variable__code=variable
    )


def test_a_cell_against_submission(world):
    number = world.filled("2004-S1").pk
    outcomes = set()
    with two_racers() as race:
        for i in range(TIMES):
            before = int(held(number, "service_hours").value)
            value = 100 + i % 50 if before < 100 else i % 50 + 1
            saving, submitting = race(
                ("save", (number, HOURS, value, None, world.director.email)),
                ("submit", (number, HOURS, world.director.email)),
            )
            assert submitting[0] == "ok", submitting
            assert saving[0] in ("ok", "Conflict"), saving
            expected = value if saving[0] == "ok" else before
            assert (submitting[1], int(held(number, "service_hours").value)) == (expected, expected)
            assert Submission.objects.get(pk=number).status == "submitted"
            outcomes.add(saving[0])
            review.return_submission(number, "other", by=world.specialist, at=AT)
    assert outcomes  # which of the two comes first is chance; that both agree is not


def test_two_approvals(world):
    number = world.filled("2004-S1").pk
    other = factories.user("especialista2", role=Role.SPECIALIST, scope="P:PIP-01")
    with two_racers() as race:
        for i in range(TIMES):
            submit(number, by=world.director, at=AT)
            results = race(
                ("approve", (number, world.specialist.email)), ("approve", (number, other.email))
            )
            assert sorted(kind for kind, _what in results) == ["Conflict", "ok"], results
            assert RecordHead.objects.get().number == Approval.objects.count() == i + 1
            amend(number, "Otra vez lo mismo", by=world.director, at=AT)
    assert verify().whole


def test_one_approves_while_the_other_returns(world):
    """Exactly one decides; the other reads who did, and what."""
    number = world.filled("2004-S1").pk
    other = factories.user("especialista2", role=Role.SPECIALIST, scope="P:PIP-01")
    with two_racers() as race:
        for _i in range(TIMES):
            submit(number, by=world.director, at=AT)
            results = race(
                ("approve", (number, world.specialist.email)), ("give_back", (number, other.email))
            )
            assert sorted(kind for kind, _what in results) == ["Conflict", "ok"], results
            approved = results[0][0] == "ok"
            winner = world.specialist if approved else other
            [refusal] = [what for kind, what in results if kind == "Conflict"]
            assert str(winner) in str(refusal)
            row = Submission.objects.get(pk=number)
            assert (row.status, row.decided_by) == ("approved" if approved else "returned", winner)
            if approved:
                amend(number, "Otra vez lo mismo", by=world.director, at=AT)
    assert verify().whole


def test_two_people_in_one_cell(world):
    number = world.filled("2004-S1").pk
    changes = EntryChange.objects.count()
    with two_racers() as race:
        for i in range(TIMES):
            seen = held(number, "service_hours").stamp
            results = race(
                ("save", (number, HOURS, 2 * i + 100, seen, world.director.email)),
                ("save", (number, HOURS, 2 * i + 101, seen, world.coordinator.email)),
            )
            outcome = {what[0]: (place, what[1]) for place, (_kind, what) in enumerate(results)}
            assert set(outcome) == {"saved", "conflict"}, results
            kept = 2 * i + 100 + outcome["saved"][0]
            assert (outcome["conflict"][1], int(held(number, "service_hours").value)) == (
                kept,
                kept,
            )
    assert EntryChange.objects.count() == changes + TIMES


def test_two_people_in_two_cells(world):
    number = world.filled("2004-S1").pk
    changes, edits = EntryChange.objects.count(), Submission.objects.get().edits
    with two_racers() as race:
        for i in range(TIMES):
            value = 20 + i % 100
            results = race(
                (
                    "save",
                    (
                        number,
                        HOURS,
                        value,
                        held(number, "service_hours").stamp,
                        world.director.email,
                    ),
                ),
                (
                    "save",
                    (
                        number,
                        CLIENTS,
                        value,
                        held(number, "new_clients_local").stamp,
                        world.coordinator.email,
                    ),
                ),
            )
            assert [(kind, what[0]) for kind, what in results] == [("ok", "saved")] * 2, results
            assert {what[1] for _kind, what in results} == {edits + 2 * i + 1, edits + 2 * i + 2}
            assert (
                held(number, "service_hours").value,
                held(number, "new_clients_local").value,
            ) == (value, value)
    assert EntryChange.objects.count() == changes + 2 * TIMES


def test_approvals_of_different_things_take_numbers_without_gaps(world):
    number = world.filled("2004-S1").pk
    with two_racers() as race:
        for i in range(TIMES):
            submit(number, by=world.director, at=AT)
            results = race(
                ("approve", (number, world.specialist.email)),
                ("rates", (str(i + 1), world.administrator.email)),
            )
            assert sorted(results) == [("ok", 2 * i + 1), ("ok", 2 * i + 2)]
            amend(number, "Otra vez lo mismo", by=world.director, at=AT)
    assert verify().whole


def test_two_people_correct_the_same_at_once(world):
    """Two processes, each with what it saw: one approval, one Conflict, one version in force."""
    world.approved("2004-S1")
    email = world.administrator.email
    rows = Observation.objects.live().filter(subject="F:FIRMAAAAA", kind="regular")
    with two_racers() as race:
        for i in range(20):
            seen, values = rows.get().pk, ("17", "18") if i % 2 else ("19", "20")
            results = race(*(("sector", (value, seen, email)) for value in values))
            assert sorted(kind for kind, _what in results) == ["Conflict", "ok"], results
            assert RecordHead.objects.get().number == Approval.objects.count() == i + 2
    assert verify().whole
