"""Groups, scope, firms in two networks and in two projects."""

from datetime import date

import pytest

from monitoring.analysis import rows_behind
from monitoring.analysis.figures import definition
from monitoring.analysis.periods import age_band, annual_round, first_day, full_months, last_day
from tests.monitoring.analysis.hand import CATALOGUE, Hand, part, specification


def jobs(hand: Hand, measure: str = "main", **spec) -> dict[str, str | None]:
    return {
        group: f.value
        for (_, name, group), f in hand.figures("F01", **spec).items()
        if name == measure
    }


def two_networks() -> Hand:
    return (
        Hand()
        .unit("F1", {"jobs": 5}, {"jobs": 1}, networks=("N1", "N2"))
        .unit("F2", {"jobs": 3}, {"jobs": 1})
    )


def two_projects() -> Hand:
    """F1 joined P2 first; in P1 it says 5, in P2 it says 7."""
    hand = Hand().unit("F1", {"jobs": 5}, {"jobs": 1}, joined=date(2004, 3, 1))
    return hand.unit(
        "F1", {"jobs": 7}, {"jobs": 2}, project="P2", networks=("N9",), joined=date(2004, 2, 1)
    )


def test_a_firm_in_two_networks_counts_in_each_and_once_in_the_total() -> None:
    assert jobs(two_networks(), group_by=("network",)) == {"": "8", "N1": "8", "N2": "5"}


def test_a_firm_in_two_projects_counts_where_it_joined_first_except_by_project() -> None:
    assert jobs(two_projects(), group_by=("project",)) == {"": "7", "P1": "5", "P2": "7"}
    assert jobs(two_projects(), group_by=("network",)) == {"": "7", "N1": "5", "N9": "7"}
    assert jobs(two_projects(), group_by=("sector",)) == {"": "7", "15": "7"}
    # Scope first: within P1 its row there is the only one. And a margin without project counts it
    # once.
    assert jobs(two_projects(), scope={"projects": ("P1",)}) == {"": "5"}
    assert jobs(two_projects(), group_by=("project", "size")) == {
        "": "7",
        "P1": "5",
        "P2": "7",
        "micro": "7",
        "P1 micro": "5",
        "P2 micro": "7",
    }


def test_the_first_project_counts_even_if_its_value_is_missing_and_a_tie_goes_to_the_lower_code() -> (
    None
):
    hand = Hand().unit("F1", {"jobs": 5}, {"jobs": 1}, joined=date(2004, 3, 1))
    hand.unit(
        "F1",
        {"jobs": "refused"},
        {"jobs": 2},
        project="P2",
        networks=("N9",),
        joined=date(2004, 2, 1),
    )
    assert part(hand.main("F01"), "value n eligible") == [None, 0, 1]
    tie = Hand().unit("F1", {"jobs": 5}, {"jobs": 1})
    tie.unit("F1", {"jobs": 7}, {"jobs": 2}, project="P2", networks=("N9",))
    assert jobs(tie) == {"": "5"}


def test_value_by_the_group_at_t_and_panel_by_the_group_at_baseline() -> None:
    hand = Hand().unit("F1", {"sales": 4, "exports": 4}, None, size="small").dollars()
    hand.unit("F1", None, {"sales": 2, "exports": 2}, size="micro")
    figures = hand.figures("C01", "C02", group_by=("size",))
    assert part(figures["C01", "main", "small"], "n") == [1]
    assert part(figures["C01", "main", "small"].panel, "n") == [0]
    assert part(figures["C01", "main", "micro"].panel, "n value") == [1, "100"]
    assert part(figures["C02", "main", "micro"], "value n") == ["4", 1]
    assert part(figures["C02", "total", "small"], "value n") == ["4", 1]


def test_scope_is_and_between_keys_or_inside_one_on_the_same_network_row() -> None:
    hand = two_networks().unit(
        "F3", {"jobs": 2}, {"jobs": 1}, networks=("N3",), typology="redes_empresariales"
    )
    assert jobs(hand, scope={"networks": ("N2", "N3")}) == {"": "7"}
    assert jobs(hand, scope={"networks": ("N2", "N3"), "typologies": ("cluster",)}) == {"": "5"}
    # Groups come from the rows in scope only: N1 is not shown.
    assert jobs(hand, scope={"networks": ("N2",)}, group_by=("network",)) == {"": "5", "N2": "5"}
    assert jobs(hand, scope={"countries": ("PE",)}) == {"": None}


def test_groupings_a_level_does_not_have_are_left_out() -> None:
    hand = Hand().unit("P1", {"institutions": 4}, level="project", networks=("N1", "N2"))
    groups = {group for _, _, group in hand.figures("I01", group_by=("sector", "typology"))}
    assert groups == {"", "cluster"}
    assert {group for _, _, group in hand.figures("I01", group_by=("size",))} == {""}
    assert {group for _, _, group in hand.figures("I01", group_by=("network", "typology"))} == {
        "",
        "cluster",
    }


def test_network_by_typology_uses_the_pairs_of_the_same_row() -> None:
    hand = two_networks()
    first, second = hand.observed[0].networks
    both = (first, second._replace(typology="sistema_territorial"))
    hand.observed = [o._replace(networks=both) if o.subject == "F:F1" else o for o in hand.observed]
    groups = set(jobs(hand, group_by=("typology", "network")))
    assert {group for group in groups if " " in group} == {"N1 cluster", "N2 sistema_territorial"}


@pytest.mark.parametrize(
    ("constituted", "band"),
    [
        (date(2004, 12, 1), "0-12"),  # 12 full months on 31 December 2005
        (date(2004, 11, 30), "13-24"),
        (date(2003, 12, 1), "13-24"),
        (date(2003, 11, 30), "25+"),
        (date(2006, 1, 1), "unknown"),
        (None, "unknown"),
    ],
)
def test_age_bands(constituted: date | None, band: str) -> None:
    assert age_band(constituted, date(2005, 12, 31)) == band


def test_periods() -> None:
    assert (first_day("2005-S2"), last_day("2005-S1")) == (date(2005, 7, 1), date(2005, 6, 30))
    assert (first_day("2005"), last_day("2005")) == (date(2005, 1, 1), date(2005, 12, 31))
    assert (annual_round("2005-S2"), annual_round("2005-S1")) == ("2005-S2", "2004-S2")
    assert full_months(date(2005, 1, 31), date(2005, 6, 30)) == 4
    for wrong in ("2005-S3", "05", "", "2005-S1 "):
        with pytest.raises(ValueError, match="not a period"):
            first_day(wrong)


def trace(hand: Hand, indicator: str, measure: str = "main", group: dict | None = None, **spec):
    asked = specification(indicator, **spec).question()
    return rows_behind(definition(asked, indicator, measure, group or {}), hand.source(), CATALOGUE)


def test_the_trace_lists_rows_exclusions_and_approvals() -> None:
    hand = (
        two_projects()
        .unit("F2", {"jobs": "refused"}, {"jobs": 4})
        .unit("F3", {"jobs": 6}, membership="left")
    )
    hand.unit("F4", {"jobs": "not_applicable"}, {"jobs": 1}).unit(
        "F5", {}, {"jobs": 1}, approved_in=3
    )
    found = trace(hand, "F01")
    assert [
        (r.project, r.subject, r.reason, r.panel_reason, r.value, r.base_value) for r in found.rows
    ] == [
        ("P1", "F:F1", "other_project", "other_project", "5", "1"),
        ("P1", "F:F2", "refused", "refused", None, "4"),
        ("P1", "F:F3", "left", "no_baseline", "6", None),
        ("P1", "F:F4", "not_applicable", "not_applicable", None, "1"),
        ("P1", "F:F5", "not_asked", "not_collected", None, "1"),
        ("P2", "F:F1", "", "", "7", "2"),
    ]
    assert found.exclusions == {
        "left": 1,
        "not_applicable": 1,
        "not_asked": 1,
        "other_project": 1,
        "refused": 1,
    }
    assert found.approvals == [1, 3]
    main = hand.main("F01")
    assert main.n == sum(row.in_panel for row in found.rows)
    assert main.eligible == sum(row.panel_eligible for row in found.rows)
    assert [(c.variable, c.period, c.value) for c in found.rows[5].cells] == [("jobs", "2005", 7)]


def test_the_trace_of_a_sum_to_date_lists_each_round() -> None:
    hand = (
        Hand()
        .unit("F1", {"credit_amount": 30}, {}, currency="ARS")
        .unit("F1", {"credit_amount": 9}, at="2004-S2", currency="ARS")
    )
    hand.rate("ARS", "2005", "3").rate("ARS", "2004", "2")
    found = trace(hand, "D02", "to_date")
    assert [(row.round, row.value, row.cells[0].converted) for row in found.rows] == [
        ("2004-S2", "4.5", "4.5"),
        ("2005-S2", "10", "10"),
    ]
