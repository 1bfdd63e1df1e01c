"""Which round a question means that names none."""

import pytest

from monitoring.analysis import ApprovedRounds, Catalogue, Place, Universe, parse_specification
from monitoring.analysis.approved_rounds import Approved
from tests.monitoring.analysis.records import CATALOGUE_FOLDER

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
NINETEEN = [f"P{number:02d}" for number in range(19)]


def rounds(approved: int, of: list[str] | None = None) -> ApprovedRounds:
    """2005-S2 whole at approvals 1 to 19; 2006-S1 with some, from approval 20 on."""
    asked = NINETEEN if of is None else of
    return ApprovedRounds(
        asked={"2005-S2": NINETEEN, "2006-S1": asked, "2006-S2": asked},
        first_approval={
            "2005-S2": {code: at for at, code in enumerate(NINETEEN, 1)},
            "2006-S1": {code: at for at, code in enumerate(asked[:approved], 20)},
        },
    )


@pytest.mark.parametrize(
    ("approved", "newest"),
    [(0, "2005-S2"), (1, "2005-S2"), (9, "2005-S2"), (10, "2006-S1"), (19, "2006-S1")],
)
def test_the_newest_that_half_of_its_projects_approved(approved: int, newest: str) -> None:
    assert rounds(approved).newest(60) == newest


def test_exactly_half_is_half() -> None:
    assert rounds(9, NINETEEN[:18]).newest(60) == "2006-S1"
    assert rounds(8, NINETEEN[:18]).newest(60) == "2005-S2"


def test_as_it_stood_at_a_number() -> None:
    found = rounds(19)
    assert [found.newest(number) for number in (0, 1, 10, 28, 29)] == [
        None,
        "2005-S2",  # none has half: the newest with any
        "2005-S2",
        "2005-S2",
        "2006-S1",
    ]
    assert [found.of("2006-S1", number) for number in (19, 20, 38)] == [
        Approved(0, 19),
        Approved(1, 19),
        Approved(19, 19),
    ]


def test_none_has_half_then_the_newest_with_any() -> None:
    few = ApprovedRounds(
        asked={"2005-S2": NINETEEN, "2006-S1": NINETEEN},
        first_approval={"2005-S2": {"P00": 1}, "2006-S1": {"P01": 2}},
    )
    assert [few.newest(1), few.newest(2)] == ["2005-S2", "2006-S1"]


def test_a_project_that_was_approved_had_been_asked() -> None:
    """One that was archived since is asked by no calendar any more."""
    assert rounds(3, []).of("2005-S2", 60) == Approved(19, 19)
    assert ApprovedRounds(first_approval={"2005-S2": {"P00": 1}}).newest(1) == "2005-S2"


def test_a_question_about_some_projects_counts_those() -> None:
    universe = Universe(
        places=frozenset(
            Place(code, "AR" if code == "P00" else "PE", "cluster", f"N{code}", "")
            for code in NINETEEN
        ),
        rounds={"2005-S2": 1, "2006-S1": 20},
        head=60,
        approved_rounds=rounds(1),
    )

    def asked(**given) -> str:
        return parse_specification(given, universe, CATALOGUE).round

    assert asked() == "2005-S2"
    assert asked(scope={"projects": ["P00"]}) == asked(scope={"countries": ["AR"]}) == "2006-S1"
    assert asked(scope={"projects": ["P01"]}) == asked(scope={"countries": ["PE"]}) == "2005-S2"
    assert asked(scope={"countries": ["AR"], "projects": ["P01"]}) == "2005-S2"
    assert asked(round="2006-S1") == "2006-S1"
