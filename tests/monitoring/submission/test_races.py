"""Two people at the same instant, in two real processes, 200 times: one outcome, nothing lost,
nothing after the door closed.
"""

import json
import os
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection

from monitoring.models import (
    Approval,
    Entry,
    EntryChange,
    Observation,
    RecordHead,
    Submission,
    SubmissionEvent,
)
from monitoring.record.chain import verify
from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.amendments import amend
from monitoring.submission.opening import submit
from pip_network.people.access import Role
from tests import factories
from tests.conftest import World
from tests.factories import moment
from tests.monitoring.racers import two_racers
from tests.racing import at_once

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


STATE = {
    "submit": "submitted",
    "withdraw": "draft",
    "return": "returned",
    "approve": "approved",
    "amend": "draft",
    "discard": "approved",
}
# By state, what two people may try at once; of an amendment that is open, its giving up too.
AT_ONCE = {
    "draft": [("submit", "submit")],
    "returned": [("submit", "submit")],
    "amended": [("submit", "discard"), ("discard", "discard"), ("submit", "submit")],
    "submitted": [
        ("approve", "return"),
        ("approve", "withdraw"),
        ("return", "withdraw"),
        ("approve", "approve"),
        ("return", "return"),
        ("withdraw", "withdraw"),
    ],
    "approved": [("amend", "amend")],
}


def test_of_two_steps_one_is_taken(world):
    submission = world.filled("2004-S1")
    other = factories.user("especialista2", role=Role.SPECIALIST, scope="P:PIP-01")
    reviewers = [world.specialist.email, other.email]
    steps, tried = SubmissionEvent.objects.count(), Counter()
    with two_racers() as race:
        for i in range(TIMES // 4):
            submission.refresh_from_db()
            is_open = submission.status in ("draft", "returned")
            state = "amended" if is_open and submission.revision > 1 else submission.status
            tried[state] += 1
            pair = AT_ONCE[state][tried[state] % len(AT_ONCE[state])]
            people = [
                reviewers[place] if name in ("approve", "return") else world.director.email
                for place, name in enumerate(pair)
            ]
            results = race(
                *(
                    ("step", (name, submission.pk, email))
                    for name, email in zip(pair, people, strict=True)
                )
            )
            assert sorted(kind for kind, _what in results) == ["Conflict", "ok"], (pair, results)
            taken = dict(results)["ok"]
            assert Submission.objects.get().status == STATE[taken]
            assert SubmissionEvent.objects.count() == steps + i + 1
    assert verify().whole


WRITERS, EDITS = 16, 125  # edits of each at PIP_RACES=2000
WRITING = """
import json, random
from monitoring.models import Entry
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from pip_network.models import User
from tests.factories import Decimal, moment

dice, by, ledger, undoable = random.Random({number}), User.objects.get(email="{email}"), [], []

def put(cell, value, seen, is_undo=False):
    key = CellKey.parse(cell)
    change = CellChange(key, Decimal(value), seen_stamp=seen, is_undo=is_undo)
    result = save_cells({submission}, [change], by=by, at=moment("2004-07-01"))
    if result.conflicts:
        ledger.append(["conflict", cell, seen, 0, str(value)])
        return
    stamp = result.saved[key].stamp
    ledger.append(["saved", cell, seen, stamp, str(value)])
    undoable.append((cell, int(result.before[key].value), stamp))

wait()
for turn in range({edits}):
    if undoable and turn % 3 == 2:
        put(*undoable.pop(), is_undo=True)
        continue
    cell = dice.choice({cells})
    subject, kind, variable = CellKey.parse(cell)
    row = Entry.objects.get(subject=subject, kind=kind, variable__code=variable)
    put(cell, {number} * 1000 + turn + 200, row.stamp)
say(json.dumps(ledger))
"""


def test_sixteen_people_in_two_cells_lose_no_edit(world):
    """Each process keeps what it was told; put together, every edit follows the one that it saw."""
    number = world.filled("2004-S1").pk
    first = {cell: held(number, CellKey.parse(cell).variable) for cell in (HOURS, CLIENTS)}
    before = EntryChange.objects.count()
    people = [world.director.email, world.coordinator.email]
    edits = EDITS * TIMES // 2000
    scripts = [
        WRITING.format(
            number=writer,
            email=people[writer % 2],
            submission=number,
            edits=edits,
            cells=[HOURS, CLIENTS],
        )
        for writer in range(WRITERS)
    ]
    told = [line for said in at_once(*scripts) for line in json.loads(said)]
    saved = sorted((line for line in told if line[0] == "saved"), key=lambda line: line[3])
    assert len(told) == WRITERS * edits
    assert len(saved) < len(told)  # some were refused: they did meet
    for cell, row in first.items():
        stamp, value = row.stamp, str(row.value)
        for _saved, _cell, seen, given, now in (line for line in saved if line[1] == cell):
            assert seen == stamp  # nothing was written between what it saw and what it wrote
            stamp, value = given, now
        now = held(number, CellKey.parse(cell).variable)
        assert (now.stamp, now.value) == (stamp, Decimal(value))
    assert EntryChange.objects.count() == before + len(saved)


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
