"""What a record keeps of what it read: the public's tables ask for the same cells one after the
other, all others read one indicator at a time and keep nothing.
"""

from collections.abc import Collection, Iterator

import pytest

from monitoring.analysis import Specification, compute
from monitoring.analysis.record import Record
from monitoring.analysis.sources import MemorySource
from tests.monitoring.analysis.hand import CATALOGUE, Hand


class Counted(MemorySource):
    """Counts how often cells are read."""

    readings: list[tuple[str, ...]] = []  # noqa: RUF012 -- a named tuple has no other place

    def measurements(
        self, variables: Collection[str], rounds: Collection[str] | None = None
    ) -> Iterator[tuple]:
        self.readings.append((*sorted(variables), *sorted(rounds or ())))
        return super().measurements(variables, rounds)


@pytest.fixture
def source():
    hand = Hand()
    for number in range(12):
        hand.unit(f"F{number:02}", {"sales": 100 + number}, {"sales": 90}, at="2005-S2")
        hand.unit(f"F{number:02}", {"sales": 95}, at="2004-S2")
    Counted.readings.clear()
    return Counted(*hand.source())


@pytest.mark.parametrize(
    ("recent", "asked", "read"),
    [
        (0, "a a b a", ["a", "a", "b", "a"]),
        (1, "a a b a", ["a", "b", "a"]),
        (2, "a a b a c a", ["a", "b", "c", "a"]),
    ],
)
def test_the_last_answers_are_given_again_where_that_is_asked_for(source, recent, asked, read):
    record = Record.load(source, recent=recent)
    for variable in asked.split():
        record.cells(source, [variable], ["2005-S2"])
    assert source.readings == [(variable, "2005-S2") for variable in read]


def test_the_tables_of_the_public_read_the_same_cells_once(source):
    spec = Specification(
        scope={},
        group_by=("country",),
        indicators=("E02",),
        round="2005-S2",
        as_of=1,
        audience="public",
    )
    compute(spec, source, CATALOGUE)
    assert source.readings == [
        ("sales", "2005-S2"),  # of the whole and of countries
        ("jobs", "sales", "2005-S2"),  # of what firms sell for each job: the same sales
        ("sales", "2004-S2"),  # of the round before
        ("jobs", "sales", "2004-S2"),
    ]
