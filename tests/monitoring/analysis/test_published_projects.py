"""What the public sees of published projects, beside the countries in which they lie."""

import pytest

from tests.monitoring.analysis.hand import Hand

PROJECTS = ("P1", "P2", "P3", "P4", "P5")


def lent(hand: Hand, project: str, firms: int, country: str = "AR", first: int = 0) -> Hand:
    """So many firms of a project that obtained a credit."""
    for n in range(first, first + firms):
        hand.unit(
            f"{project}{n}",
            {"credit_amount": 10 + n},
            project=project,
            networks=(f"{project}N",),
            country=country,
        )
    return hand


def shown(hand: Hand, *projects: str, indicator: str = "D02") -> dict[str, str | None]:
    """Reason of each published project; None where its figure is shown."""
    figures = hand.figures(
        indicator,
        audience="public",
        group_by=("project",),
        scope={"projects": projects or PROJECTS},
    )
    return {group: f.reason for (_, name, group), f in figures.items() if name == "main"}


def test_only_the_projects_that_are_named_have_figures_and_no_total() -> None:
    hand = lent(lent(Hand().dollars(), "P1", 8), "P2", 7)
    assert shown(hand) == {"P1": None, "P2": None}
    assert shown(hand, "P2") == {"P2": None}
    assert shown(hand, "P2", indicator="H04") == {}
    hand.unit("N1", {"own_governance": 1}, level="network", project="P2", networks=("N1",))
    assert shown(hand, "P1", indicator="H04") == {}
    assert shown(hand, "P2", indicator="H04") == {"P2": None}


@pytest.mark.parametrize(("others", "reason"), [(3, "secondary"), (5, None)])
def test_the_other_project_of_a_country_is_not_had_by_subtraction(
    others: int, reason: str | None
) -> None:
    hand = lent(lent(Hand().dollars(), "P1", 8), "P2", others)
    lent(hand, "P3", 9, "PE")
    assert shown(hand)["P1"] == shown(hand, "P1")["P1"] == reason
    assert shown(hand)["P3"] is None


@pytest.mark.parametrize(("small", "reason"), [(3, "secondary"), (5, None)])
def test_a_country_that_is_hidden_is_not_had_from_its_project(
    small: int, reason: str | None
) -> None:
    hand = lent(lent(Hand().dollars(), "P1", 9), "P2", small, "UY")
    lent(hand, "P3", 6, "PE")
    countries = hand.figures("D02", audience="public", group_by=("country",))
    assert countries["D02", "main", "PE"].reason == reason
    assert shown(hand, "P3") == {"P3": reason}
    assert shown(hand, "P1") == {"P1": None}


@pytest.mark.parametrize(("others", "reason"), [(2, "secondary"), (5, None)])
def test_a_project_of_two_countries_joins_them(others: int, reason: str | None) -> None:
    hand = lent(Hand().dollars(), "P1", 8)
    lent(lent(hand, "P4", 6), "P4", 5, "PE", first=6)
    lent(hand, "P5", others, "PE")
    found = shown(hand)
    assert (found["P1"], found["P4"]) == (reason, None)
    assert found["P5"] == ("few_units" if others < 5 else None)


def test_staff_see_projects_with_their_total() -> None:
    hand = lent(lent(Hand().dollars(), "P1", 8), "P2", 3)
    figures = hand.figures("D02", group_by=("project",))
    mains = {group: f.reason for (_, name, group), f in figures.items() if name == "main"}
    assert mains == {"": None, "P1": None, "P2": None}
