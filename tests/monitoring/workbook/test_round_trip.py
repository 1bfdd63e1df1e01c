"""What is downloaded and uploaded as it is changes nothing; what is filled in arrives."""

from decimal import Decimal

import pytest
from django.utils import translation

from monitoring.sheet.display import REASONS
from tests import factories

from .books import long_table
from .uploading import AT, JOBS


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_what_comes_back_untouched_changes_nothing(room, language):
    factories.fill(
        room.submission,
        by=room.by,
        at=AT,
        but={
            "F:FIRMAAAAA|regular|sales": "9999999999999.99",
            "F:FIRMAAAAA|regular|exports": "0.01",
            "F:FIRMBBBBB|regular|jobs": "not_collected",
            "F:FIRMBBBBB|regular|exporter": "refused",
            "F:FIRMCCCCC|regular|payroll": "0",
            "F:FIRMCCCCC|regular|jobs": None,
        },
    )
    before = room.all_held()
    with translation.override(language):
        outcomes = room.outcomes(room.book())

    assert {k: v for k, v in outcomes.counts.items() if v} == {"unchanged": len(outcomes.lines)}
    assert len(outcomes.lines) > len(before)
    assert outcomes.told == []
    assert room.all_held() == before


def test_an_untouched_empty_workbook_says_nothing(room):
    assert room.counts(room.book()) == {}


def test_a_long_table_comes_back_the_same(room):
    factories.fill(room.submission, by=room.by, at=AT, but={JOBS: "refused"})

    outcomes = room.outcomes(long_table(room.submission).encode())

    assert {k: v for k, v in outcomes.counts.items() if v} == {"unchanged": len(outcomes.lines)}
    assert outcomes.told == []


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        (8, Decimal(8)),
        ("8", Decimal(8)),
        (0, Decimal(0)),
        ("not collected", "not_collected"),
        ("No recogido", None),
        ("refused", "refused"),
        ("not_collected", "not_collected"),
        ("1.204,5", Decimal("1204.5")),
        ("1,204.5", Decimal("1204.5")),
        (8.100000000000001, Decimal("8.1")),
    ],
)
def test_what_is_filled_in_arrives(room, typed, held):
    if held is None:  # the word of the list in another language
        with translation.override("es"):
            typed, held = str(REASONS["not_collected"]), "not_collected"
    room.store(room.book(cells={JOBS: typed}))

    assert room.held() == held


def test_only_what_was_filled_in_is_written(room):
    room.save("F:FIRMBBBBB|regular|jobs", "5")
    upload = room.store(room.book(cells={JOBS: 8}))

    assert (upload.counts["new"], upload.counts["changed"]) == (1, 0)
    assert (room.held(), room.held("F:FIRMBBBBB|regular|jobs")) == (8, 5)


def test_a_deleted_value_is_blanked(room):
    room.save(JOBS, "5")
    room.store(room.book(cells={JOBS: None}))

    assert room.held() is None
