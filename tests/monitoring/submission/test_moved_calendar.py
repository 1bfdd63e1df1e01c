"""A project's calendar that moves: what open rounds are asked follows it, and rounds that hold
something stay in it.
"""

from decimal import Decimal

import pytest

from monitoring.calendar.lateness import with_progress
from monitoring.choices import Frequency
from monitoring.models import Measurement, Round, Submission
from monitoring.sheet.cells import CellKey, asked_cells
from monitoring.sheet.roster import load_roster
from monitoring.submission.amendments import amend, discard
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import Incomplete, submit
from monitoring.submission.review import approve, return_submission
from pip_network.web.errors import Conflict, Invalid
from projects import actions
from tests.factories import day, fill, fillable, moment

AT = moment("2005-08-01")


def move(world, **days: str) -> None:
    world.project.refresh_from_db()
    given = {name: day(text) for name, text in days.items()}
    actions.update_project(project=world.project, **given, by=world.administrator, at=AT)


def milestones(submission: Submission) -> list[CellKey]:
    """The milestones that it asks of people."""
    submission = Submission.objects.select_related("project", "round").get(pk=submission.pk)
    asked = asked_cells(load_roster(submission))
    return sorted(
        key
        for key, cell in asked.items()
        if cell.variable.frequency == Frequency.MILESTONE
        and key.kind == "regular"
        and cell.written is None
    )


def test_a_project_shortened_to_an_open_round_is_asked_its_milestones(world):
    opened = world.open("2005-S1")
    assert milestones(opened) == []
    move(world, ends_on="2005-06-20")
    assert len(milestones(opened)) > 3
    move(world, ends_on="2005-12-20")
    assert milestones(opened) == []


def test_milestones_that_somebody_entered_stay_asked(world):
    opened = world.open("2005-S1")
    move(world, ends_on="2005-06-20")
    first, *_others = asked = milestones(opened)
    save_cells(opened.pk, [CellChange(first, Decimal(1), "", None)], by=world.director, at=AT)
    move(world, ends_on="2005-12-20")
    assert milestones(opened) == asked


def test_the_second_halves_are_counted_from_where_the_project_now_begins(world):
    opened = world.open("2005-S2", "2005-07-20")
    assert len(milestones(opened)) > 3
    move(world, starts_on="2005-01-10")
    assert milestones(opened) == []


def test_what_waits_for_its_reviewer_is_asked_once_it_is_returned(world):
    filled = world.filled("2005-S1")
    submit(filled.pk, by=world.director, at=AT)
    move(world, ends_on="2005-06-20")
    assert milestones(filled) == []
    with pytest.raises(Conflict, match="calendar"):
        approve(filled.pk, by=world.specialist, at=AT)
    return_submission(filled.pk, "incomplete", by=world.specialist, at=AT)
    assert len(milestones(filled)) > 3
    fill(Submission.objects.get(pk=filled.pk), by=world.director, at=AT)
    submit(filled.pk, by=world.director, at=AT)
    approve(filled.pk, by=world.specialist, at=AT)


def test_what_waits_is_approved_where_the_calendar_asks_nothing_more(world):
    filled = world.filled("2005-S1")
    submit(filled.pk, by=world.director, at=AT)
    move(world, ends_on="2005-12-20")
    approve(filled.pk, by=world.specialist, at=AT)


@pytest.fixture
def two(world):
    """Approved in 2004-S1, sent in 2004-S2, being filled in 2005-S1, opened in 2005-S2."""
    world.approved("2004-S1")
    sent = world.filled("2004-S2")
    submit(sent.pk, by=world.director, at=moment("2005-01-20"))
    opened = world.open("2005-S1")
    key = fillable(opened, AT)[-1]
    save_cells(opened.pk, [CellChange(key, Decimal(1), "", None)], by=world.director, at=AT)
    world.open("2005-S2", "2005-07-20")
    return world


@pytest.mark.parametrize(
    ("days", "place", "named", "but"),
    [
        ({"ends_on": "2004-06-30"}, "ends_on", "2004-S2, 2005-S1", {"ends_on": "2005-06-30"}),
        ({"ends_on": "2004-12-31"}, "ends_on", "2005-S1", {"ends_on": "2005-01-01"}),
        ({"starts_on": "2004-07-01"}, "starts_on", "2004-S1", {"starts_on": "2004-06-30"}),
    ],
)
def test_a_calendar_does_not_leave_rounds_that_hold_something(two, days, place, named, but):
    with pytest.raises(Invalid) as caught:
        move(two, **days)
    assert caught.value.place == place
    assert str(caught.value.message).endswith(f"{named}.")
    move(two, **but)
    two.project.refresh_from_db()
    assert {name: getattr(two.project, name).isoformat() for name in but} == but


def test_a_calendar_that_left_rounds_before_may_be_extended(two):
    type(two.project).objects.update(ends_on=day("2004-12-20"))
    move(two, ends_on="2005-05-20")
    move(two, ends_on="2005-06-20")


def test_an_empty_round_that_the_calendar_left_is_awaited_no_more(two):
    later = moment("2006-03-01")

    def awaited() -> tuple[list[str], int]:
        late = Submission.objects.current().late(later).order_by("round")
        progress = with_progress(Round.objects.all(), later).get(code="2005-S2")
        return [row.round_id for row in late], progress.being_entered

    left = two.project.submissions.get(round="2005-S2")
    assert awaited() == (["2005-S1", "2005-S2"], 1)
    move(two, ends_on="2005-06-30")
    assert awaited() == (["2005-S1"], 0)
    with pytest.raises(Invalid, match="calendar") as refused:
        submit(left.pk, by=two.director, at=later)
    assert not isinstance(refused.value, Incomplete)
    move(two, ends_on="2005-12-20")
    assert awaited() == (["2005-S1", "2005-S2"], 1)
    with pytest.raises(Incomplete):
        submit(left.pk, by=two.director, at=later)


def test_what_holds_something_stays_awaited_wherever_the_calendar_ends(two):
    type(two.project).objects.update(ends_on=day("2004-06-20"))
    rounds = Submission.objects.current().order_by("round").values_list("round", flat=True)
    assert list(rounds) == ["2004-S1", "2004-S2", "2005-S1"]


def amended(world, code: str) -> Submission:
    return amend(
        world.project.submissions.get(round=code).pk,
        "Faltaba una empresa",
        by=world.specialist,
        at=AT,
    )


def test_an_amendment_of_what_became_the_last_round_is_asked_its_milestones(world):
    world.approved("2004-S1")
    world.approved("2004-S2")
    move(world, ends_on="2004-12-20")
    assert milestones(amended(world, "2004-S1")) == []
    last = amended(world, "2004-S2")
    assert len(milestones(last)) > 3
    with pytest.raises(Incomplete):
        submit(last.pk, by=world.director, at=AT)
    fill(Submission.objects.get(pk=last.pk), by=world.director, at=AT)
    submit(last.pk, by=world.director, at=AT)
    approve(last.pk, by=world.specialist, at=AT)
    written = Measurement.objects.live().filter(
        round="2004-S2", kind="regular", variable__frequency=Frequency.MILESTONE
    )
    assert written.filter(value__isnull=False).count() == len(milestones(last))
    move(world, ends_on="2005-12-20")  # the record keeps them, and a further amendment asks them
    assert len(milestones(amended(world, "2004-S2"))) > 3


def test_an_amendment_follows_the_calendar_while_it_is_open(world):
    world.approved("2004-S1")
    world.approved("2004-S2")
    opened = amended(world, "2004-S2")
    assert milestones(opened) == []
    move(world, ends_on="2004-12-20")
    assert len(milestones(opened)) > 3
    move(world, ends_on="2005-12-20")
    assert milestones(opened) == []


def test_an_amendment_that_waits_is_not_approved_without_its_milestones(world):
    world.approved("2004-S2")
    opened = amended(world, "2004-S2")
    submit(opened.pk, by=world.director, at=AT)
    move(world, ends_on="2004-12-20")
    with pytest.raises(Conflict, match="calendar"):
        approve(opened.pk, by=world.specialist, at=AT)
    move(world, ends_on="2005-12-20")
    approve(opened.pk, by=world.specialist, at=AT)


def test_a_discarded_amendment_stands_as_it_was_approved(world):
    world.approved("2004-S2")
    move(world, ends_on="2004-12-20")
    opened = amended(world, "2004-S2")
    discard(opened.pk, "No hacía falta", by=world.specialist, at=AT)
    assert milestones(opened) == []
    assert Submission.objects.get(pk=opened.pk).is_milestone is False


def test_an_amendment_of_a_milestone_round_keeps_them_wherever_the_calendar_goes(world):
    for code in ("2004-S1", "2004-S2", "2005-S1", "2005-S2"):
        world.approved(code)
    before = milestones(world.project.submissions.get(round="2005-S2"))
    move(world, starts_on="2003-12-10")  # the second halves are counted from another year
    assert len(before) > 3
    assert milestones(amended(world, "2005-S2")) == before
    assert milestones(amended(world, "2004-S2")) == []  # asked by no calendar when it was approved


def test_shortening_to_the_last_approved_round_succeeds(world):
    world.approved("2004-S1")
    world.approved("2004-S2")
    with pytest.raises(Invalid, match="2004-S2"):
        move(world, ends_on="2004-06-30")
    move(world, ends_on="2004-12-31")
