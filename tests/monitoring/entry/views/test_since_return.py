"""What a reviewer is shown the second time: what is other than when it was returned."""

from decimal import Decimal

import pytest

from monitoring.models import Submission
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import submit
from monitoring.submission.review import return_submission
from tests import factories

PAGE = "/review/PIP-01/2004-S2/"
AT = factories.moment("2005-01-20")
BACK = factories.moment("2005-01-22")
AGAIN = factories.moment("2005-01-25")
JOINT = CellKey("F:FIRMAAAAA", "regular", "joint_actions_joined")
HOURS = CellKey("F:FIRMBBBBB", "regular", "service_hours")
KEYS = {"joint": JOINT, "hours": HOURS}


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def returned(world_and_opened) -> Submission:
    world, opened = world_and_opened
    factories.fill(opened, by=world.director, at=AT, but={str(JOINT): "3", str(HOURS): "7"})
    submit(opened.pk, by=world.director, at=AT)
    return_submission(opened.pk, "other", "Revise.", by=world.specialist, at=BACK)
    return opened


def change(world, submission, **values):
    """Other values in the cells of `KEYS`, by their names."""
    changes = [CellChange(KEYS[name], Decimal(value)) for name, value in values.items()]
    save_cells(submission.pk, changes, by=world.director, at=AGAIN)


def handed_in(world, submission):
    submit(submission.pk, by=world.director, at=AGAIN)


def shown(specialist):
    return specialist.get(PAGE).context["since_return"]


def test_what_is_other_stands_beside_what_it_was(returned, specialist, world):
    change(world, returned, hours="8")
    change(world, returned, hours="9")
    handed_in(world, returned)
    (line,) = shown(specialist).lines
    assert (line.key, line.earlier, line.text) == (HOURS, "7,0", "9,0")


def test_what_was_changed_and_put_back_is_not_shown(returned, specialist, world):
    change(world, returned, joint="4", hours="9")
    change(world, returned, joint="3")
    handed_in(world, returned)
    assert [line.key for line in shown(specialist).lines] == [HOURS]


def test_a_text_that_was_written_since_is_named(returned, specialist, world):
    save_narrative(returned.pk, "change", "Otro texto.", "es", 0, by=world.director, at=AGAIN)
    handed_in(world, returned)
    assert (shown(specialist).lines, len(shown(specialist).texts)) == ([], 1)


def test_nothing_is_said_to_be_nothing(returned, specialist, world):
    handed_in(world, returned)
    assert shown(specialist) == ([], [])


def test_not_while_it_is_with_its_people_nor_the_first_time(returned, specialist, world):
    assert shown(specialist) is None
    handed_in(world, returned)
    assert shown(specialist) is not None


def test_the_first_time_there_is_nothing_to_compare(world_and_opened, specialist):
    world, opened = world_and_opened
    factories.fill(opened, by=world.director, at=AT)
    submit(opened.pk, by=world.director, at=AT)
    assert shown(specialist) is None
