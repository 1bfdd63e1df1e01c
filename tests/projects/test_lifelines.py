"""The drawing of a project's time: every bar lies where its days are, inside the drawing."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import lifelines, semesters
from tests.factories import day

DAYS = st.dates(day("1999-01-01"), day("2012-12-31"))


def project(starts_on: str, ends_on: str):
    return SimpleNamespace(code="PIP-01", starts_on=day(starts_on), ends_on=day(ends_on))


def network(code: str, constituted_on: dt.date, dissolved_on: dt.date | None = None):
    return SimpleNamespace(
        code=code,
        name="Red",
        constituted_on=constituted_on,
        dissolved_on=dissolved_on,
        get_absolute_url=lambda: f"/networks/{code}/",
    )


@given(
    DAYS,
    st.integers(1, 3000),
    st.lists(st.tuples(DAYS, st.none() | st.integers(0, 2000)), max_size=5),
    DAYS,
)
def test_bars_lie_where_their_days_are(starts_on, length, lives, today):
    own = SimpleNamespace(
        code="PIP-01", starts_on=starts_on, ends_on=starts_on + dt.timedelta(days=length)
    )
    networks = [
        network(f"N{place}", begun, None if days is None else begun + dt.timedelta(days=days))
        for place, (begun, days) in enumerate(lives)
    ]
    for drawing in lifelines.draw(own, networks, today=today):
        first = min([own.starts_on, *(one.constituted_on for one in networks)])
        last = max([own.ends_on, *(one.dissolved_on for one in networks if one.dissolved_on)])
        begin = semesters.starts(semesters.of(first))
        end = semesters.starts(semesters.after(semesters.of(last)))
        left = lifelines.LABELS if drawing.css == "vz-wide" else 0

        def at(one: dt.date, begin=begin, end=end, left=left, drawing=drawing) -> float:
            part = (min(one, end) - begin) / (end - begin)
            return left + (drawing.width - left - 2) * part

        assert len(drawing.lives) == 1 + len(networks)
        spans = [(own.starts_on, own.ends_on)] + [
            (one.constituted_on, max(one.constituted_on, one.dissolved_on or own.ends_on))
            for one in networks
        ]
        for life, (since, until) in zip(drawing.lives, spans, strict=True):
            assert abs(float(life.x) - at(since)) < 0.1
            assert abs(float(life.width) - max(at(until) - at(since), 3)) < 0.2
            assert float(life.y) + lifelines.BAR <= drawing.height
            assert float(life.x) + float(life.width) <= drawing.width + 3
        assert bool(drawing.today) is (begin <= today <= end)
        assert [bool(life.ended) for life in drawing.lives] == [False] + [
            one.dissolved_on is not None for one in networks
        ]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "labels"),
    [
        ("2004-01-01", "2004-06-30", ["2004-S1"]),
        ("2004-06-30", "2004-07-01", ["2004-S1", "2004-S2"]),
        ("2003-12-31", "2005-01-01", ["2003-S2", "2004-S1", "2004-S2", "2005-S1"]),
    ],
)
def test_semesters_at_the_edge(starts_on, ends_on, labels):
    wide, narrow = lifelines.draw(project(starts_on, ends_on), [], today=day("2004-03-01"))
    assert [tick.label for tick in wide.ticks] == labels
    assert [tick.label for tick in narrow.ticks] == [
        one[:4] if one.endswith("1") else "" for one in labels
    ]


def test_more_than_a_dozen_years_have_a_line_for_each_year():
    wide, _narrow = lifelines.draw(project("2000-01-01", "2013-06-30"), [], today=day("2004-03-01"))
    assert [tick.label for tick in wide.ticks] == [str(year) for year in range(2000, 2014)]


def test_a_network_leads_to_its_page_and_the_project_to_none():
    wide, _narrow = lifelines.draw(
        project("2004-01-01", "2005-06-30"),
        [network("N1", day("2004-02-01"))],
        today=day("2004-03-01"),
    )
    assert [(life.is_project, life.url, life.label) for life in wide.lives] == [
        (True, "", "PIP-01"),
        (False, "/networks/N1/", "N1 Red"),
    ]


@given(DAYS, DAYS)
def test_semesters_follow_each_other(one, other):
    first, last = semesters.of(one), semesters.of(other)
    codes = semesters.between(first, last)
    assert bool(codes) is (semesters.starts(first) <= other)
    for code, following in zip(codes, codes[1:], strict=False):
        assert (semesters.after(code), semesters.before(following)) == (following, code)
    if codes:
        assert (codes[0], codes[-1]) == (first, last)
