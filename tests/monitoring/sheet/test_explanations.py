"""An explanation belongs to the approved value: shown with it, and asked again when the value, the
check or what the check compared is another.
"""

import pytest

from monitoring.definitions import reading
from monitoring.models import Check, Explanation, Measurement
from monitoring.record import guards
from monitoring.sheet.cells import CellKey
from monitoring.sheet.history import cell_history
from monitoring.sheet.loading import load_sheet
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import Incomplete, submit
from monitoring.submission.review import approve
from tests.factories import DOUBTFUL, Decimal, moment

AT = moment("2005-03-01")
JOINED = CellKey.parse(next(iter(DOUBTFUL)))
COMPARED = CellKey("N:N2", "regular", "joint_actions")
OTHER = CellKey("F:FIRMAAAAA", "regular", "service_hours")
TOLD, AGAIN = "Con otra red.", "Con dos redes vecinas."


@pytest.fixture
def approved(world):
    world.approved("2004-S1", but=DOUBTFUL, words={str(JOINED): TOLD})
    return world


def amended(world, *changes: CellChange):
    """The submission as an amendment with these cells changed, and its sheet."""
    submission = world.project.submissions.get()
    amend(submission.pk, "Balance definitivo", by=world.director, at=AT)
    save_cells(submission.pk, changes, by=world.director, at=AT)
    submission.refresh_from_db()
    return submission, load_sheet(submission)


def asked_again(sheet) -> list[CellKey]:
    return [finding.cell for finding in sheet.open_warnings]


def decided(world, submission):
    submit(submission.pk, by=world.director, at=AT)
    return approve(submission.pk, by=world.specialist, at=AT)


def test_approval_keeps_the_words_beside_the_value(approved):
    row = Explanation.objects.get()
    assert (row.measurement, row.check_code, row.text, row.approved_in_id, row.superseded_in) == (
        Measurement.objects.get(subject=JOINED.subject, variable_code=JOINED.variable),
        "joint_actions_members",
        TOLD,
        1,
        None,
    )


def test_the_approved_sheet_shows_them_and_counts_nothing_as_unexplained(approved):
    sheet = load_sheet(approved.project.submissions.get())
    cell = sheet.cell(JOINED)
    assert (cell.state, cell.explanation, cell.unexplained) == ("told", TOLD, ())
    assert [(f.check, f.cell) for f in sheet.findings] == [("joint_actions_members", JOINED)]
    assert (sheet.counts.warnings_open, asked_again(sheet)) == (0, [])


def test_the_history_of_the_cell_has_them(approved):
    items = cell_history(approved.project.submissions.get(), JOINED)
    assert [(i.event, i.explanation) for i in items] == [("approved", TOLD), ("entered", "")]


def test_an_amendment_of_another_cell_asks_nothing_again(approved):
    submission, sheet = amended(approved, CellChange(OTHER, Decimal(3)))
    assert (asked_again(sheet), sheet.cell(JOINED).explanation) == ([], TOLD)
    decided(approved, submission)
    assert Explanation.objects.get().superseded_in is None
    assert load_sheet(approved.project.submissions.get()).cell(JOINED).explanation == TOLD


def test_another_value_asks_again_and_the_same_value_does_not(approved):
    submission, sheet = amended(approved, CellChange(JOINED, Decimal(8)))
    assert (asked_again(sheet), sheet.cell(JOINED).explanation) == ([JOINED], "")
    with pytest.raises(Incomplete):
        submit(submission.pk, by=approved.director, at=AT)
    save_cells(submission.pk, [CellChange(JOINED, Decimal(9))], by=approved.director, at=AT)
    assert asked_again(load_sheet(submission)) == []
    decided(approved, submission)


def test_another_compared_value_asks_again(approved):
    submission, sheet = amended(approved, CellChange(COMPARED, Decimal(4)))
    assert asked_again(sheet) == [JOINED]
    save_cells(
        submission.pk,
        [CellChange(JOINED, Decimal(9), explanation=AGAIN)],
        by=approved.director,
        at=AT,
    )
    decided(approved, submission)
    assert [
        (row.text, row.approved_in_id, row.superseded_in_id, row.measurement.superseded_in)
        for row in Explanation.objects.order_by("pk")
    ] == [(TOLD, 1, 2, None), (AGAIN, 2, None, None)]
    items = cell_history(approved.project.submissions.get(), JOINED)
    assert [(i.event, i.explanation) for i in items if i.approval] == [
        ("explained", AGAIN),
        ("approved", TOLD),
    ]


def test_a_compared_value_that_ends_the_warning_ends_the_explanation(approved):
    submission, sheet = amended(approved, CellChange(COMPARED, Decimal(9)))
    assert sheet.findings == []
    decided(approved, submission)
    assert Explanation.objects.get().superseded_in_id == 2
    assert load_sheet(approved.project.submissions.get()).cell(JOINED).explanation == ""


@pytest.mark.parametrize(
    ("column", "value", "again"), [("factor", "2", True), ("message_es", "¿Seguro?", False)]
)
def test_another_rule_asks_again_and_other_words_of_it_do_not(approved, column, value, again):
    guards.remove()  # a published rule does not change
    Check.objects.filter(code="joint_actions_members").update(**{column: value})
    reading.forget()
    _submission, sheet = amended(approved)
    assert asked_again(sheet) == ([JOINED] if again else [])
    reading.forget()


def test_words_without_a_warning_stay_with_their_value(world):
    world.approved("2004-S1", words={str(OTHER): "Encuesta de junio."})
    assert (
        load_sheet(world.project.submissions.get()).cell(OTHER).explanation == "Encuesta de junio."
    )
    submission, sheet = amended(world, CellChange(JOINED, Decimal(1)))
    assert sheet.cell(OTHER).explanation == "Encuesta de junio."
    decided(world, submission)
    assert Explanation.objects.get().superseded_in is None


def test_words_without_a_warning_end_with_their_value(world):
    world.approved("2004-S1", words={str(OTHER): "Encuesta de junio."})
    submission, sheet = amended(world, CellChange(OTHER, Decimal(3)))
    assert sheet.cell(OTHER).explanation == ""
    decided(world, submission)
    assert Explanation.objects.get().superseded_in_id == 2
