"""The oracle on tiny hand-made records: every expected number below was worked out on paper, as the
comments show.

The records are in `oracle_cases/<name>/`; in them a firm's currency is US$, the report's round is
2005-S2 unless said otherwise, the baseline is about 2003. An oracle that cannot fail proves
nothing, so the second half breaks a figure in every key and asks for exactly that difference.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import oracle

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "monitoring" / "data"
T975 = CATALOGUE / "t975.csv"
SPEC: dict[str, Any] = {
    "version": 1,
    "audience": "staff",
    "scope": {},
    "group_by": [],
    "indicators": [],
    "baseline": "own",
    "round": "2005-S2",
    "prices": "current",
    "currency": "USD",
    "as_of": 9,
}
Figures = dict[tuple[str, str, str], dict[str, Any]]


def worked(case: str, indicators: str, **spec: Any) -> Figures:
    """(indicator, measure, group in words) -> figure."""
    asked = SPEC | {"indicators": indicators.split()} | spec
    found = oracle.recompute(HERE / "oracle_cases" / case, CATALOGUE, T975, asked)["figures"]
    return {(f["indicator"], f["measure"], " ".join(f["group"].values())): f for f in found}


def values(figures: Figures, indicator: str, group: str = "") -> dict[str, str | None]:
    return {
        measure: f["value"]
        for (code, measure, key), f in figures.items()
        if (code, key) == (indicator, group)
    }


def part(block: dict[str, Any], keys: str) -> list[Any]:
    return [block[key] for key in keys.split()]


# ---------------------------------------------------------------- sums and counts


def test_sum_counts_only_eligible_respondents_and_adds_rounds() -> None:
    # At 2005-S2: N1 5, N2 2, N6 blank; N3 closed without a baseline and N4 left are not eligible.
    # Sum 5 + 2 = 7 of n 2 among 3. To date: 2005-S1 had N1 3, N3 (then active) 1, N5 of P2 4 = 8;
    # with 7 it is 15.
    figures = worked("network_sums", "A02")
    assert values(figures, "A02") == {"main": "7", "median": "3.5", "to_date": "15"}
    main = figures["A02", "main", ""]
    assert part(main, "n eligible coverage reason ci_method clusters") == [
        2,
        3,
        "0.666667",
        None,
        "none",
        None,
    ]
    assert part(main["panel"], "n eligible reason lost ci_method") == [
        None,
        None,
        "not_asked_at_baseline",
        {},
        None,
    ]
    assert part(figures["A02", "to_date", ""], "n eligible coverage panel") == [
        None,
        None,
        None,
        None,
    ]
    # P2 answered 2005-S1 and not 2005-S2
    assert main["flags"] == ["projects_missing"]


def test_a_group_without_eligible_units_is_not_shown_and_misses_no_project_of_others() -> None:
    # N5 of P2 is the only supply chain, and it has no observation at 2005-S2.
    figures = worked("network_sums", "A02", group_by=["typology"])
    assert sorted({group for _, _, group in figures}) == ["", "redes_empresariales"]
    assert figures["A02", "main", "redes_empresariales"]["flags"] == []


def test_count_positive_with_its_silent_units() -> None:
    # formalised: N1 1, N2 0, N6 refused; N3, N4 have no cell: not asked. One network; 3 eligible, 2
    # known, 1 unknown.
    figures = worked("network_sums", "Z02")
    assert values(figures, "Z02") == {"main": "1", "not_answered": "1"}
    assert part(figures["Z02", "main", ""], "n eligible ci_method period") == [
        2,
        3,
        "none",
        "2005-S2",
    ]
    assert (
        figures["Z02", "not_answered", ""]["unit"]
        == figures["Z02", "main", ""]["unit"]
        == "networks"
    )


def test_count_positive_of_an_expression() -> None:
    # hours + joint actions: F1 0 + 0 is none; F2 2.5 + unknown is positive; F3 0 + refused is
    # unknown. F4, F5, F6 have observations and no such cell: not asked.
    figures = worked("shares", "Z01")
    assert values(figures, "Z01") == {"main": "1", "not_answered": "1"}
    assert part(figures["Z01", "main", ""], "n eligible") == [2, 3]


# ---------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("spec", "main", "to_date", "panel"),
    [
        # Report of 2006-S1, so t = 2005. F1 has pesos, F2 dollars. As of 2 a dollar of 2005 costs 3
        # pesos: 300/3 + 50 = 150; base 100/2 + 20 = 70. To date adds F1's 150/2.5 = 60 of 2004 (F2
        # refused).
        ({"as_of": 2}, "150", "210", ["70", "150", "80"]),
        # As of 3 the rate is corrected to 4: 75 + 50.
        ({"as_of": 3}, "125", "185", ["70", "125", "55"]),
        # Constant, T = 2005: base 100 x 150/100 / 3 = 50 and 20 x 110/100 = 22; 2004: 150 x 150/125
        # / 3 = 60.
        ({"as_of": 2, "prices": "constant"}, "150", "210", ["72", "150", "78"]),
        # Pesos: as entered 300 - 100, and at constant prices the base is 150.
        (
            {"as_of": 2, "currency": "local", "scope": {"countries": ["AR"]}},
            "300",
            "450",
            ["100", "300", "200"],
        ),
        (
            {"as_of": 2, "currency": "local", "prices": "constant", "scope": {"countries": ["AR"]}},
            *("300", "480", ["150", "300", "150"]),
        ),
    ],
)
def test_money(spec: dict[str, Any], main: str, to_date: str, panel: list[str]) -> None:
    figures = worked("money", "D02", round="2006-S1", **spec)
    found = values(figures, "D02")
    assert [found["main"], found["to_date"]] == [main, to_date]
    assert part(figures["D02", "main", ""]["panel"], "baseline value change") == panel
    assert figures["D02", "main", ""]["period"] == "2005"


def test_a_missing_rate_undoes_only_what_needs_it() -> None:
    # As of 1 the dollar of 2003 has no rate: the base of F2 cannot be converted, its present value
    # can.
    main = worked("money", "D02", round="2006-S1", as_of=1)["D02", "main", ""]
    assert part(main, "value n reason") == ["150", 2, None]
    assert part(main["panel"], "n baseline value change reason ci_method lost") == [
        *(2, None, None, None, "no_rate", "none", {})
    ]
    # E02 of sales nobody gave: no panel; its zeros are counted all the same.
    assert values(worked("money", "E02", round="2006-S1"), "E02") == {
        "main": None,
        "median": None,
        "excluded": "0",
    }
    # 2006-S2 asks for 2006: nobody has been observed, so both projects' figures are empty.
    empty = worked("money", "D02", round="2006-S2", as_of=2)["D02", "main", ""]
    assert part(empty, "value n eligible coverage reason flags") == [
        None,
        0,
        0,
        None,
        "no_data",
        ["projects_missing"],
    ]


# ---------------------------------------------------------------- ratios


def test_ratio_adds_both_parts_before_dividing() -> None:
    # Women/jobs: F1 1/4, F2 0/0, F4 3/6; F3 refused. 100 x 4/10. Unit ratios with jobs > 0: 25 and
    # 50. Panel F1, F2, F4: base (1 + 0 + 2)/(2 + 2 + 8) = 3/12. F3 is lost at t.
    figures = worked("ratios", "F03", scope={"projects": ["P1"]})
    assert values(figures, "F03") == {"main": "40", "median": "37.5"}
    main = figures["F03", "main", ""]
    assert part(main, "numerator denominator n eligible") == ["4", "10", 3, 4]
    assert part(main["panel"], "n eligible baseline value change lost") == [
        3,
        4,
        "25",
        "40",
        "15",
        {"refused": 1},
    ]
    assert part(main, "ci_low ci_method clusters") == [None, "none_few_clusters", 1]


def test_ratio_with_a_fraction_as_factor_and_an_empty_panel() -> None:
    # Payroll 2400 over 2 paid jobs over 12 months. Nobody has a baseline of it.
    main = worked("ratios", "F04", scope={"projects": ["P1"]})["F04", "main", ""]
    assert part(main, "value numerator denominator n eligible") == ["100", "2400", "2", 1, 1]
    assert part(main["panel"], "n eligible coverage reason") == [0, 0, None, "no_data"]


def test_ratio_over_nothing() -> None:
    # F9 of P2 sells 5 with 0 jobs; its base 8/2 = 4 exists, but the change does not, so the block
    # is empty.
    figures = worked("ratios", "G01", scope={"projects": ["P2"]})
    main = figures["G01", "main", ""]
    assert part(main, "value reason numerator denominator n") == [
        None,
        "zero_denominator",
        "5",
        "0",
        1,
    ]
    assert part(main["panel"], "n baseline value change reason") == [
        1,
        None,
        None,
        None,
        "zero_denominator",
    ]
    assert figures["G01", "median", ""]["reason"] == "zero_denominator"


# ---------------------------------------------------------------- panels


def test_panel_sum_and_change_with_every_cause_of_loss() -> None:
    # jobs base -> t: F1 5 -> 7, F2 4 -> 4, F3 closed 6 -> 0 (these are P); F4 left; F5 closed,
    # unknown; F6 base refused; F7 blank; F8 has no baseline; F9 joined in 2006, after t. E: all but
    # F4 = 8. R: F1 7, F2 4, F3 0, F6 8, F8 10, F9 2 = 31.
    figures = worked("panel_jobs", "F01 F02")
    assert values(figures, "F01") == {
        "main": "11",
        "median": "4",
        "total": "31",
        "joined_later": "2",
    }
    assert part(figures["F01", "total", ""], "n eligible coverage") == [6, 8, "0.75"]
    assert part(figures["F01", "joined_later", ""], "n eligible unit") == [3, 7, "firms"]
    main = figures["F01", "main", ""]
    assert part(main, "n eligible coverage reconstructed_share flags") == [
        *(3, 7, "0.428571", "0.333333", ["reconstructed_over_30"])
    ]
    assert part(main["panel"], "n eligible baseline value change") == [3, 7, "15", "11", "-4"]
    assert main["panel"]["lost"] == {"left": 1, "closed_unknown": 1, "refused": 1, "no_data": 1}
    # F02: 2 + 0 - 6 = -4; one up, one equal, one down.
    assert values(figures, "F02") == {"main": "-4", "up": "1", "equal": "1", "down": "1"}
    assert part(figures["F02", "main", ""], "ci_method clusters n") == ["none_few_clusters", 1, 3]
    assert figures["F02", "up", ""]["flags"] == []


def test_sales_change_is_always_at_constant_prices() -> None:
    # Prices rose 20 % since 2003. In dollars of 2005: F1 120 -> 126 (exactly +5 %: up), F2 60 ->
    # 60, F3 120 -> 0, F4 0 -> 10 (up, and without a rate of change). 196/300 - 1 = -34.666...;
    # median of 5, 0, -100.
    figures = worked("sales_change", "E02 E03")
    assert values(figures, "E02") == {"main": "-34.666667", "median": "0", "excluded": "1"}
    main = figures["E02", "main", ""]
    assert part(main, "numerator denominator n") == ["196", "300", 4]
    assert part(main["panel"], "baseline value change reason") == ["300", "196", "-34.666667", None]
    assert values(figures, "E03") == {"main": "50", "up": "2", "within": "1", "down": "1"}
    assert part(figures["E03", "main", ""], "numerator denominator panel") == ["2", "4", None]


def test_survival_with_its_bound() -> None:
    # With a baseline: F1 operates, F2 closed, F3 left and unknown. 1 of 2 known; all unknown
    # closed: 1 of 3.
    figures = worked("survival", "H03")
    assert values(figures, "H03") == {"main": "50", "bound_low": "33.333333"}
    main = figures["H03", "main", ""]
    assert part(main, "n eligible numerator denominator") == [2, 3, "1", "2"]
    assert part(main["panel"], "baseline value change lost") == ["100", "50", "-50", {"left": 1}]


# ---------------------------------------------------------------- shares


def test_share_positive_of_an_expression() -> None:
    # product + process at t: F1 1 + unknown = yes, F2 0 + 0 = no, F3 0 + refused = unknown, F4 n/a
    # + 0 = no, F5 n/a + n/a = not asked, F6 n/a + 2 = yes: 2 of 4, 5 eligible. Panel: F1 no -> yes,
    # F2 yes -> no, F4 no -> no; F3 is lost; F5 (at t) and F6 (at base) do not apply.
    figures = worked("shares", "B01")
    assert values(figures, "B01") == {"main": "50", "gained": "1", "lost": "1"}
    main = figures["B01", "main", ""]
    assert part(main, "numerator denominator n eligible") == ["2", "4", 4, 5]
    assert part(main["panel"], "n eligible baseline value change lost") == [
        *(3, 4, "33.333333", "33.333333", "0", {"refused": 1})
    ]
    # A03 is not asked at baseline, so its gains and losses do not exist. F1 took part in none, the
    # others are unknown.
    figures = worked("shares", "A03")
    assert values(figures, "A03") == {"main": "0", "gained": None, "lost": None}
    assert part(figures["A03", "gained", ""], "reason n eligible") == [
        "not_asked_at_baseline",
        None,
        None,
    ]


def test_share_among_those_with_the_condition() -> None:
    # Support ended / active: N1 1/1, N2 1/0, N3 0/-, N4 unknown/1, N5 1/blank. n = N1, N2; eligible
    # adds N4 and N5.
    figures = worked("among", "H01", group_by=["project"])
    assert part(figures["H01", "main", "P1"], "value numerator denominator n eligible") == [
        "50",
        "1",
        "2",
        2,
        4,
    ]
    assert part(figures["H01", "main", ""], "value n eligible panel") == ["50", 2, 4, None]
    # N6 of P2 is eligible in the sense of the rules, so the group is shown, but its support goes
    # on.
    assert part(figures["H01", "main", "P2"], "value n eligible reason") == [
        None,
        0,
        0,
        "zero_denominator",
    ]


# ---------------------------------------------------------------- medians


def test_median_ratio_leaves_out_zero_denominators() -> None:
    # Main buyer/sales: F1 50 %, F2 75 %, F4 10 %; F3 0/0 is excluded, F5 refused. Of (10, 50, 75):
    # j = 0.75 -> 10, 1.5 -> 50, 2.25 -> 75. Panel: F1 20 -> 50, F2 100 -> 75; F3 and F4 lack a
    # ratio at one end and are lost by no cause. Medians 60 and 62.5, median of the differences 30
    # and -25.
    figures = worked("medians", "C04", round="2006-S1")
    assert values(figures, "C04") == {"main": "50", "p25": "10", "p75": "75", "excluded": "1"}
    main = figures["C04", "main", ""]
    assert part(main, "n eligible") == [3, 5]
    assert part(main["panel"], "n eligible baseline value change lost") == [
        2,
        4,
        "60",
        "62.5",
        "2.5",
        {},
    ]


def test_tie_density_takes_each_project_at_its_own_milestone() -> None:
    # N1 5 of 10 possible (2005-S2), N2 only 4 firms, N3 of P2 3 of 15 (2004-S2); P3 has had no
    # milestone yet. Only N1 was asked at its baseline: 2 of 10.
    figures = worked("medians", "A07", round="2006-S1")
    main = figures["A07", "main", ""]
    assert part(main, "value n eligible period") == ["0.35", 2, 3, "2006-S1"]
    assert main["flags"] == ["projects_missing", "mixed_periods"]
    assert part(main["panel"], "n eligible baseline value change") == [1, 1, "0.2", "0.5", "0.3"]


# -------------------------------------------------- intervals: 8 networks of one firm, t(7) =
# 2.3646242516


def test_linearised_intervals() -> None:
    figures = worked("intervals", "Z03 F02")
    # Hours 1..8: mean 4.5, U = (y - 4.5)/8, sum U^2 = 42/64, V = 8/7 x 42/64 = 0.75; 4.5 +-
    # 2.364624 x 0.866025.
    assert part(figures["Z03", "main", ""], "value ci_low ci_high ci_method clusters") == [
        *("4.5", "2.452175", "6.547825", "linearised", 8)
    ]
    # Jobs grow by 1..8: sum 36, V = 8/7 x 42 = 48; 36 +- 2.364624 x 6.928203.
    main = figures["F02", "main", ""]
    assert part(main, "value ci_low ci_high ci_method") == [
        "36",
        "19.617403",
        "52.382597",
        "linearised",
    ]
    assert part(main["panel"], "change ci_low ci_high ci_method") == [
        "36",
        "19.617403",
        "52.382597",
        "linearised",
    ]


def test_wilson_intervals_with_effective_n() -> None:
    figures = worked("intervals", "A03 H03")
    # 4 of 8: V = 8/7 x 8 x (0.5/8)^2 = 1/28, p(1-p)/n = 1/32, n_eff = 8 / (32/28) = 7; with t^2 =
    # 5.591448: (0.5 + 5.591448/14 -+ 2.364624 sqrt(0.25/7 + 5.591448/196)) / (1 + 5.591448/7) =
    # 0.166808 and 0.833192.
    assert part(figures["A03", "main", ""], "value ci_low ci_high ci_method") == [
        *("50", "16.68082", "83.31918", "wilson_neff")
    ]
    # 8 of 8: n_eff = n, from 8/(8 + t^2) to 1. The change is exactly 0 in every firm.
    assert part(figures["H03", "main", ""], "value ci_low ci_high") == ["100", "58.860543", "100"]
    assert part(figures["H03", "main", ""]["panel"], "change ci_low ci_high ci_method") == [
        "0",
        "0",
        "0",
        "linearised",
    ]


def test_woodruff_intervals() -> None:
    # Ratios 11..18: m 14.5, F 0.5, U = +-0.5/8, V = 1/28, 0.5 +- 2.364624 x 0.188982 = 0.0531 and
    # 0.9469: the least x with F >= 0.0531 is the 1st, with F >= 0.9469 the 8th. Differences 1..8
    # likewise.
    main = worked("intervals", "C04")["C04", "main", ""]
    assert part(main, "value ci_low ci_high ci_method") == ["14.5", "11", "18", "woodruff"]
    assert part(main["panel"], "baseline value change ci_low ci_high ci_method") == [
        *("10", "14.5", "4.5", "1", "8", "woodruff")
    ]


def test_units_of_one_network_are_not_independent() -> None:
    # Networks g = 1..8 of two firms, hours g and g + 8: mean 8.5, U_g = (2g - 9)/16, sum U^2 =
    # 168/256, V = 0.75.
    figures = worked("clusters", "Z03 C04 F03")
    assert part(figures["Z03", "main", ""], "value ci_low ci_high clusters n") == [
        "8.5",
        "6.452175",
        "10.547825",
        8,
        16,
    ]
    # Medians: each network has a ratio below 8.5 and one above, so U_g = 0: both ends are the least
    # x with F >= 0.5.
    assert part(figures["C04", "main", ""], "value ci_low ci_high n") == ["8.5", "8", "8", 16]
    # Women/jobs in 8 firms: 1/1 and 1/3 in turn. R = 8/16, u = +-0.5/16, V = 8/7 x 8/1024 = 1/112,
    # 2.36462425 x 0.09449112 = 0.22343599. At the baseline all are 1/2: u = 0, so the change has
    # the same half width.
    main = figures["F03", "main", ""]
    assert part(main, "value ci_low ci_high n") == ["50", "27.656401", "72.343599", 8]
    assert part(main["panel"], "baseline value change ci_low ci_high") == [
        "50",
        "50",
        "0",
        "-22.343599",
        "22.343599",
    ]


# ---------------------------------------------------------------- groups, scope, versions


def test_a_firm_in_two_projects_counts_once_in_the_total_and_in_each_of_its_groups() -> None:
    # F1 joined P2 (cluster, refused) before P1 (5 jobs); F2 of P1 (4 jobs) is in a business network
    # and in a cluster.
    figures = worked("two_projects", "F01", group_by=["project"])
    assert part(figures["F01", "main", ""], "value n eligible") == ["4", 1, 2]
    assert figures["F01", "main", ""]["panel"]["lost"] == {"refused": 1}
    assert part(figures["F01", "main", "P1"], "value n eligible") == ["9", 2, 2]
    assert part(figures["F01", "main", "P2"], "value n eligible reason") == [None, 0, 1, "no_data"]
    figures = worked("two_projects", "F01", group_by=["typology"])
    assert part(figures["F01", "main", "redes_empresariales"], "value n eligible") == ["9", 2, 2]
    assert part(figures["F01", "main", "cluster"], "value n eligible") == ["4", 1, 2]


def test_scope_on_a_network_leaves_only_that_network() -> None:
    figures = worked(
        "two_projects", "F01", scope={"networks": ["N3"]}, group_by=["network", "typology"]
    )
    groups = sorted({group for _, _, group in figures})
    assert groups == ["", "N3", "N3 cluster", "cluster"]
    assert {values(figures, "F01", group)["main"] for group in groups} == {"4"}
    assert figures["F01", "main", "N3 cluster"]["group"] == {"network": "N3", "typology": "cluster"}


def test_network_age_in_full_months_at_the_end_of_the_round() -> None:
    # To 31 December 2005: 15 January 2005 is 11 months, 31 December 2004 12; 30 November 2004 13,
    # 31 December 2003 24; 30 November 2003 25; constituted in 2006: unknown. One joint action each;
    # N4 to N6 are in Bolivia.
    figures = worked("ages", "A02", group_by=["network_age", "country"])
    counts = {group: f["n"] for (_, measure, group), f in figures.items() if measure == "main"}
    cells = {"AR 0-12": 2, "AR 13-24": 1, "BO 13-24": 1, "BO 25+": 1, "BO unknown": 1}
    assert (
        counts == {"": 6, "0-12": 2, "13-24": 2, "25+": 1, "unknown": 1, "AR": 3, "BO": 3} | cells
    )


def test_a_grouping_that_a_level_does_not_have_is_dropped() -> None:
    # A project has countries and no size; its estimate says so. Its two typologies each count it.
    figures = worked("ages", "I05", group_by=["size", "country"])
    assert [f["group"] for f in figures.values() if f["measure"] == "main"] == [
        {"country": "regional"},
        {},
    ]
    assert part(figures["I05", "main", ""], "value flags ci_method") == ["12", ["estimate"], "none"]
    figures = worked("ages", "I05", group_by=["typology"])
    mains = [group for _, measure, group in figures if measure == "main"]
    assert mains == ["cluster", "sistema_territorial", ""]


def test_the_record_as_of_an_approval() -> None:
    # jobs 5, amended to 6 by approval 4; by approval 5 the firm is in Bolivia at t, and was in
    # Argentina at its baseline: the panel stays there, the total over R moves.
    seen = []
    for number in (3, 4, 5):
        figures = worked("amended", "F01", group_by=["country"], as_of=number)
        seen.append(
            [
                (group, f["value"])
                for (_, measure, group), f in figures.items()
                if measure == "total"
            ]
        )
    assert seen == [
        [("AR", "5"), ("", "5")],
        [("AR", "6"), ("", "6")],
        [("AR", None), ("BO", "6"), ("", "6")],
    ]


def test_two_definitions_are_not_compared() -> None:
    # F1 of P1 gave 3 jobs under version 1 of the variable and 5 under version 2.
    figures = worked("versions", "F01 F02", scope={"projects": ["P1"]})
    assert values(figures, "F01") == {
        "main": None,
        "median": None,
        "total": "5",
        "joined_later": "0",
    }
    assert values(figures, "F02") == {"main": None, "up": None, "equal": None, "down": None}
    main = figures["F01", "main", ""]
    assert part(main, "reason n eligible ci_method") == ["definition_changed", 1, 1, "none"]
    assert part(main["panel"], "n baseline value change reason") == [
        1,
        None,
        None,
        None,
        "definition_changed",
    ]


def test_a_unit_that_was_not_asked_is_not_eligible_but_is_a_loss_of_the_panel() -> None:
    # P2: F2 has no cell at t, F3 has none and left, F4 went from 3 to 4.
    main = worked("versions", "F02", scope={"projects": ["P2"]})["F02", "main", ""]
    assert part(main, "value n eligible") == ["1", 1, 3]
    assert main["panel"]["lost"] == {"left": 1, "not_collected": 1}
    total = worked("versions", "F01", scope={"projects": ["P2"]})["F01", "total", ""]
    assert part(total, "value n eligible") == ["4", 1, 1]


# ---------------------------------------------------------------- what the public sees


def test_small_groups_are_withheld_and_a_second_one_with_them() -> None:
    # AR 6 firms, BO 5, BR 3. BR alone could be had by subtraction, so BO goes too.
    figures = worked("public", "Z03", audience="public", group_by=["country"])
    state = {key: part(f, "suppressed reason value n") for key, f in figures.items()}
    for measure in ("main", "median"):
        assert state["Z03", measure, "BR"] == [True, "few_units", None, None]
        assert state["Z03", measure, "BO"] == [True, "secondary", None, None]
    assert state["Z03", "main", "AR"] == [False, None, "3.5", 6]
    assert state["Z03", "main", ""] == [False, None, "7.5", 14]
    hidden = "numerator denominator eligible coverage panel ci_low ci_high ci_method clusters reconstructed_share"
    assert part(figures["Z03", "main", "BO"], hidden) == [None] * 7 + ["none", None, None]
    staff = worked("public", "Z03", group_by=["country"])
    assert [f["suppressed"] for f in staff.values()] == [False] * 8


def test_small_panels_are_withheld_in_figures_that_are_shown() -> None:
    # Sectors 15 and 17 have 7 firms each; with a baseline 4 (1, 2, 3, 7) and 5 of them. The total's
    # 9 stay.
    figures = worked("public", "C01", audience="public", group_by=["sector"])
    assert {key: f["suppressed"] for key, f in figures.items() if key[1] == "main"} == {
        ("C01", "main", group): False for group in ("15", "17", "")
    }
    blocks = {group: figures["C01", "main", group]["panel"] for group in ("15", "17", "")}
    assert part(blocks["15"], "n change ci_method lost reason") == [
        None,
        None,
        "none",
        {},
        "few_units",
    ]
    assert part(blocks["17"], "n change ci_method lost reason") == [
        None,
        None,
        "none",
        {},
        "few_contributors",  # one of five exports at t
    ]
    assert blocks[""]["n"] == 9
    assert figures["C01", "gained", "15"]["reason"] == "few_units"
    # In BO two of five do not export: all its measures say so, as its main figure does.
    figures = worked("public", "C01", audience="public", group_by=["country"])
    assert {figures["C01", m, "BO"]["reason"] for m in ("main", "gained", "lost")} == {
        "few_contributors"
    }
    # what is not about firms is not withheld
    assert worked("network_sums", "A02", audience="public")["A02", "main", ""]["value"] == "7"


# ---------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.50", "1.5"),
        ("0.0000005", "0"),
        ("0.0000015", "0.000002"),
        ("-0.0000001", "0"),
        ("1200", "1200"),
    ],
)
def test_published_numbers(number: str, text: str) -> None:
    assert oracle.publish(oracle.D(number)) == text


def test_identity_of_a_figure() -> None:
    figures = worked("among", "H01", group_by=["project"], scope={"projects": ["P1"]})
    text = (
        '{"as_of":9,"audience":"staff","currency":"USD","group":{"project":"P1"},"indicator":"H01","measure":"main",'
        '"prices":"current","round":"2005-S2","scope":{"projects":["P1"]}}'
    )
    assert figures["H01", "main", "P1"]["id"] == hashlib.sha256(text.encode()).hexdigest()[:16]


# ---------------------------------------------------------------- it must be able to fail

CASE = HERE / "oracle_cases" / "panel_jobs"


@pytest.fixture
def document() -> dict[str, Any]:
    """A right figures.json, with interval-free figures of several measures and groups."""
    spec = SPEC | {"indicators": ["F01", "F02"], "group_by": ["country"]}
    return json.loads(json.dumps(oracle.recompute(CASE, CATALOGUE, T975, spec)))


def lines(document: dict[str, Any]) -> list[str]:
    return oracle.compare(document, CASE, CATALOGUE, T975)


# fmt: off
FIGURE_KEYS = [
    "id", "level", "period", "round", "unit", "value", "numerator", "denominator", "n", "eligible", "coverage",
    "target", "ci_low", "ci_high", "ci_method", "clusters", "reconstructed_share", "suppressed", "reason", "flags",
    "panel",
]
PANEL_KEYS = [
    "n", "eligible", "coverage", "baseline", "value", "change", "ci_low", "ci_high", "ci_method", "lost", "reason",
]
# fmt: on


def test_the_keys_are_those_of_the_contract(document: dict[str, Any]) -> None:
    figure = next(f for f in document["figures"] if f["measure"] == "main")
    assert sorted(figure) == sorted([*FIGURE_KEYS, "indicator", "measure", "group"])
    assert sorted(figure["panel"]) == sorted(PANEL_KEYS)


def test_equal_documents_have_no_difference(document: dict[str, Any]) -> None:
    assert lines(document) == []


@pytest.mark.parametrize("key", FIGURE_KEYS)
def test_a_difference_in_each_key_of_a_figure_is_one_line(
    document: dict[str, Any], key: str
) -> None:
    figure = next(f for f in document["figures"] if f["measure"] == "main" and not f["group"])
    figure[key] = "other"
    (line,) = lines(document)
    assert f" {key} theirs=" in line
    assert line.split()[1:4] == ["F01", "main", "{}"]


@pytest.mark.parametrize("key", PANEL_KEYS)
def test_a_difference_in_each_key_of_the_panel_is_one_line(
    document: dict[str, Any], key: str
) -> None:
    figure = next(f for f in document["figures"] if f["measure"] == "main" and not f["group"])
    figure["panel"][key] = "other"
    (line,) = lines(document)
    assert f" panel.{key} theirs=" in line


@pytest.mark.parametrize("key", ["value", "n", "panel"])
def test_a_key_left_out_or_added_is_a_difference(document: dict[str, Any], key: str) -> None:
    whole = copy.deepcopy(document)
    del document["figures"][0][key]
    assert len(lines(document)) == 1
    whole["figures"][0]["more"] = None
    assert len(lines(whole)) == 1


def test_the_type_of_a_number_is_part_of_it(document: dict[str, Any]) -> None:
    figure = next(f for f in document["figures"] if f["measure"] == "total")
    figure["n"], figure["value"] = str(figure["n"]), int(figure["value"])
    assert len(lines(document)) == 2


@pytest.mark.parametrize("key", ["indicator", "measure", "group"])
def test_a_figure_under_another_name_is_one_too_many_and_one_missing(
    document: dict[str, Any], key: str
) -> None:
    document["figures"][0][key] = {"country": "BO"} if key == "group" else "other"
    assert ["(figure)" in line for line in lines(document)] == [True, True]


def test_missing_double_and_misplaced_figures(document: dict[str, Any]) -> None:
    for change in ("pop", "double", "swap"):
        broken = copy.deepcopy(document)
        figures = broken["figures"]
        if change == "pop":
            figures.pop()
        elif change == "double":
            figures.append(figures[0])
        else:
            figures[0], figures[1] = figures[1], figures[0]
        assert len(lines(broken)) == 1, change


def test_the_approval_of_document_and_specification_agree(document: dict[str, Any]) -> None:
    document["as_of"] = 8
    (line,) = lines(document)
    assert line.startswith("as_of:")


def test_the_command(
    document: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures.json"
    arguments = [
        "--record",
        str(CASE),
        "--catalogue",
        str(CATALOGUE),
        "--t975",
        str(T975),
        "--figures",
        str(figures),
    ]
    figures.write_text(json.dumps(document), encoding="utf-8")
    assert oracle.main(arguments) == 0
    assert capsys.readouterr().out == f"{len(document['figures'])} figures equal\n"
    document["figures"][0]["value"] = "1"
    figures.write_text(json.dumps(document), encoding="utf-8")
    assert oracle.main(arguments) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_it_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse((HERE / "oracle.py").read_text(encoding="utf-8"))
    modules = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    modules |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} - sys.stdlib_module_names == set()
