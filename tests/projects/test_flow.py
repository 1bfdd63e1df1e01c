"""Firms that come and go: the columns of a network's drawing against a plain recount, day by day."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects import flow, semesters
from projects.flow import Stay, by_semester, ending
from projects.views.pages.network import states
from tests import factories
from tests.factories import day

TODAY = day("2006-03-15")
FIRST = day("2004-01-01")
# Mostly the days on which a semester turns, where a slip of one day would show.
EDGES = [
    day(text)
    for text in ("2004-06-30", "2004-07-01", "2004-12-31", "2005-01-01", "2005-06-30", "2005-07-01")
]
DAYS = st.sampled_from(EDGES) | st.dates(FIRST, TODAY)


@st.composite
def lives(draw) -> list[Stay]:
    """Stays as the registry lets them be: of a firm one after the other, none after its closing."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        closed_on = draw(st.none() | DAYS)
        begins = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
        begins = [one for one in begins if closed_on is None or one <= closed_on]
        for joined_on, left_on in zip(begins[::2], [*begins[1::2], None], strict=False):
            found.append(Stay(f"F{number}", joined_on, left_on, closed_on))
    return found


def is_in(stay: Stay, on: dt.date) -> bool:
    """In the network on a day: still on the one on which it leaves, no longer on that of closing."""
    return (
        stay.joined_on <= on
        and (stay.left_on is None or stay.left_on >= on)
        and (stay.closed_on is None or stay.closed_on > on)
    )


def last_day(code: str) -> dt.date:
    return min(semesters.starts(semesters.after(code)) - dt.timedelta(days=1), TODAY)


@given(lives())
@example([Stay("A", day("2004-06-30"), day("2004-07-01"), None)])
@example([Stay("A", day("2004-06-30"), day("2004-06-30"), None)])
@example([Stay("A", day("2004-07-01"), day("2004-12-31"), day("2004-12-31"))])
@example([Stay("A", day("2004-07-01"), None, day("2004-07-01"))])
def test_every_column_is_what_a_recount_finds(stays):
    rows = by_semester(stays, today=TODAY)
    assert [row.code for row in rows] == (
        semesters.between(semesters.of(min(stay.joined_on for stay in stays)), semesters.of(TODAY))
        if stays
        else []
    )
    for row in rows:
        begin, end = semesters.starts(row.code), last_day(row.code)
        within = [stay for stay in stays if stay.joined_on <= end]
        assert row.joined == sum(stay.joined_on >= begin for stay in within)
        assert row.active == sum(is_in(stay, end) for stay in stays)
        assert row.left == sum(
            stay.left_on is not None
            and begin <= stay.left_on + dt.timedelta(days=1) <= end
            and not (stay.closed_on and stay.closed_on <= stay.left_on)
            for stay in within
        )
        assert row.closed == sum(
            stay.closed_on is not None
            and begin <= stay.closed_on <= end
            and not (stay.left_on and stay.left_on < stay.closed_on)
            for stay in within
        )


@given(lives())
def test_what_came_and_did_not_go_is_there(stays):
    rows, still = by_semester(stays, today=TODAY), 0
    for row in rows:
        still += row.joined - row.left - row.closed
        assert (row.active, still >= 0) == (still, True)
    assert still == sum(ending(stay, TODAY) is None for stay in stays)


@given(lives())
def test_the_facts_count_each_firm_once(stays):
    """Active in the facts is active at the end of the drawing; a firm that came back is one firm."""
    rows, counts = by_semester(stays, today=TODAY), states(stays, TODAY)
    assert counts["active"] == (rows[-1].active if rows else 0)
    assert counts["active"] + counts["left"] + counts["closed"] == len(
        {stay.firm for stay in stays}
    )
    assert counts["gone"] == counts["left"] + counts["closed"]


@given(lives(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(stays, chance):
    shuffled = stays[:]
    chance.shuffle(shuffled)
    assert by_semester(shuffled, today=TODAY) == by_semester(stays, today=TODAY)


@pytest.mark.parametrize(
    ("joined_on", "left_on", "closed_on", "told"),
    [
        ("2004-06-30", None, None, ["2004-S1 1 0 0 1", "2004-S2 0 0 0 1"]),
        ("2004-07-01", None, None, ["2004-S2 1 0 0 1"]),
        ("2004-06-30", "2004-06-30", None, ["2004-S1 1 0 0 1", "2004-S2 0 1 0 0"]),
        ("2004-06-30", "2004-07-01", None, ["2004-S1 1 0 0 1", "2004-S2 0 1 0 0"]),
        ("2004-06-30", None, "2004-07-01", ["2004-S1 1 0 0 1", "2004-S2 0 0 1 0"]),
        (
            "2004-06-30",
            "2004-07-02",
            "2004-07-01",
            ["2004-S1 1 0 0 1", "2004-S2 0 0 1 0"],
        ),  # closed while in it
        (
            "2004-06-30",
            "2004-06-30",
            "2004-07-01",
            ["2004-S1 1 0 0 1", "2004-S2 0 1 0 0"],
        ),  # left before it closed
        (
            "2004-06-30",
            "2004-10-02",
            None,
            ["2004-S1 1 0 0 1", "2004-S2 0 0 0 1"],
        ),  # leaves tomorrow
        ("2004-06-30", "2004-10-01", None, ["2004-S1 1 0 0 1", "2004-S2 0 0 0 1"]),  # its last day
        ("2004-06-30", "2004-09-30", None, ["2004-S1 1 0 0 1", "2004-S2 0 1 0 0"]),
        ("2004-10-02", None, None, []),  # joins tomorrow
    ],
)
def test_days_at_the_edge(joined_on, left_on, closed_on, told):
    stay = Stay("A", day(joined_on), left_on and day(left_on), closed_on and day(closed_on))
    rows = by_semester([stay], today=day("2004-10-01"))
    assert [" ".join(map(str, row)) for row in rows] == told


def test_the_drawing_shows_the_last_twelve_semesters_and_nothing_when_nothing_moved():
    assert flow.draw([]) is None
    old = by_semester([Stay("A", day("1998-01-01"), None, None)], today=TODAY)
    assert (len(old), flow.draw(old)) == (17, None)  # its only joining is out of sight
    rows = by_semester([Stay("A", day("2004-06-30"), day("2004-07-01"), None)], today=TODAY)
    drawing = flow.draw(rows)
    assert [(bar.code, bar.joined, bar.gone) for bar in drawing.columns] == [
        ("2004-S1", 1, 0),
        ("2004-S2", 0, 1),
        ("2005-S1", 0, 0),
        ("2005-S2", 0, 0),
        ("2006-S1", 0, 0),
    ]


@given(lives())
def test_bars_are_as_long_as_their_numbers_and_stay_in_the_drawing(stays):
    drawing = flow.draw(by_semester(stays, today=TODAY))
    if drawing is None:
        return
    unit = {
        round(float(length) / number, 1)
        for bar in drawing.columns
        for length, number in ((bar.joined_h, bar.joined),)
        if number
    }
    assert len(unit) <= 1
    for bar in drawing.columns:
        assert float(bar.joined_y) >= 0
        assert abs(float(bar.joined_y) + float(bar.joined_h) - drawing.zero) < 0.2
        assert abs(float(bar.closed_y) - drawing.zero - float(bar.left_h)) < 0.2
        assert float(bar.closed_y) + float(bar.closed_h) <= drawing.foot


@pytest.mark.django_db
def test_archived_firms_are_in_no_column_of_the_page(client):
    network = factories.network("N1", factories.project())
    factories.firm("ALFA", network)
    factories.firm("BETA", network, archived_at=factories.moment("2006-01-01"))
    gone = factories.firm("GAMA", archived_at=factories.moment("2006-01-01"))
    factories.membership(gone, network, left_on="2005-01-01")
    context = client.get("/networks/N1/").context
    assert [
        sum(getattr(row, what) for row in context["semesters"])
        for what in ("joined", "left", "closed")
    ] == [
        1,
        0,
        0,
    ]
    assert context["counts"] == {"active": 1, "left": 0, "closed": 0, "gone": 0}
    factories.firm("DELTA", network)
    assert client.get("/networks/N1/").context["counts"]["active"] == 2
