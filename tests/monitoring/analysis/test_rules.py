"""Each rule on a record small enough to work out on paper; the comments are the paper."""

from datetime import date

import pytest

from monitoring.analysis import RULES
from monitoring.analysis.figures import MEASURES
from tests.monitoring.analysis.hand import CATALOGUE, Hand, part


def values(hand: Hand, indicator: str, **spec) -> dict[str, str | None]:
    return {
        measure: f.value
        for (_, measure, group), f in hand.figures(indicator, **spec).items()
        if not group
    }


def test_every_indicator_has_a_rule_and_every_rule_says_what_it_means() -> None:
    assert {i.rule for i in CATALOGUE.indicators.values()} == set(RULES)
    for name, rule in RULES.items():
        assert rule.name == name
        assert rule.meaning.startswith(f"`{name}`")
        assert set(rule.measures) <= set(MEASURES)


def test_sum_of_amounts_in_two_currencies_and_its_rounds_to_date() -> None:
    # 2005: 30 ARS at 3 = 10 US$; 8 PEN at 4 = 2 US$; sum 12, median 6. The refusal counts in
    # eligible only: 2 of 3. To date: 2004 had 9 ARS at 2 = 4.5; 12 + 4.5 = 16.5. The baseline of 6
    # ARS at 3 (2003) = 2; P = F1: 10 - 2 = 8.
    hand = (
        Hand()
        .rate("ARS", "2005", "3")
        .rate("PEN", "2005", "4")
        .rate("ARS", "2004", "2")
        .rate("ARS", "2003", "3")
    )
    hand.unit("F1", {"credit_amount": 30}, {"credit_amount": 6}, currency="ARS")
    hand.unit("F1", {"credit_amount": 9}, at="2004-S2", currency="ARS")
    hand.unit("F2", {"credit_amount": 8}, currency="PEN").unit("F3", {"credit_amount": "refused"})
    main = hand.main("D02")
    assert part(main, "value n eligible coverage period unit") == [
        "12",
        2,
        3,
        "0.666667",
        "2005",
        "usd",
    ]
    assert values(hand, "D02") == {"main": "12", "median": "6", "to_date": "16.5"}
    assert part(main.panel, "n eligible baseline value change") == [1, 1, "2", "10", "8"]


def test_constant_prices_move_amounts_to_the_prices_of_the_last_closed_year() -> None:
    # 2003: 100 x cpi 150 / cpi 120 / rate(2005) 2.5 = 50. 2005: 200 / 2.5 = 80. E02 = 100 x (80/50
    # - 1) = 60.
    hand = Hand().rate("ARS", "2003", "9", "120").rate("ARS", "2005", "2.5", "150")
    hand.unit("F1", {"sales": 200}, {"sales": 100}, currency="ARS")
    assert hand.main("E02").value == "60"
    # Current prices: 200/2.5 - 100/9 for the panel of E01: 80 and 11.111111.
    assert part(hand.main("E01").panel, "baseline value") == ["11.111111", "80"]
    assert part(hand.main("E01", prices="constant").panel, "baseline value") == ["50", "80"]
    assert part(hand.main("E01", prices="constant", currency="local").panel, "baseline value") == [
        "125",
        "200",
    ]


def test_a_missing_rate_is_no_value_and_one_more_rate_is() -> None:
    hand = Hand().unit("F1", {"credit_amount": 30}, currency="ARS")
    assert part(hand.main("D02"), "value reason n eligible") == [None, "no_rate", 1, 1]
    hand.rate("ARS", "2005", "3")
    assert part(hand.main("D02"), "value reason n eligible") == ["10", None, 1, 1]
    assert part(Hand().unit("F1", {"credit_amount": 30}).main("D01"), "value reason") == [
        "100",
        None,
    ]  # needs none


def test_mean() -> None:
    # 10, 20, 60: mean 30, median 20; the fourth did not answer.
    hand = Hand().unit("F4", {"service_hours": "no_data"})
    for code, hours in (("F1", 10), ("F2", 20), ("F3", 60)):
        hand.unit(code, {"service_hours": hours})
    main = hand.main("Z03")
    assert part(main, "value numerator denominator n eligible") == ["30", "90", "3", 3, 4]
    assert values(hand, "Z03") == {"main": "30", "median": "20"}
    assert part(main.panel, "n reason lost ci_method") == [None, "not_asked_at_baseline", {}, None]


def test_ratio_adds_numerators_and_denominators() -> None:
    # F03 at t: (2 + 3)/(10 + 5) = 33.333333 %; unit ratios 20, 60: median 40. Base (P = both): (1 +
    # 2)/(8 + 4) = 25 %. F3 knows only jobs, so it is out of n; change 8.333333.
    hand = Hand()
    hand.unit("F1", {"jobs_women": 2, "jobs": 10}, {"jobs_women": 1, "jobs": 8})
    hand.unit("F2", {"jobs_women": 3, "jobs": 5}, {"jobs_women": 2, "jobs": 4})
    hand.unit("F3", {"jobs_women": "refused", "jobs": 5}, {"jobs_women": 2, "jobs": 4})
    main = hand.main("F03")
    assert part(main, "value numerator denominator n eligible") == ["33.333333", "5", "15", 2, 3]
    assert part(main.panel, "n eligible baseline value change lost") == [
        2,
        3,
        "25",
        "33.333333",
        "8.333333",
        {"refused": 1},
    ]
    assert values(hand, "F03")["median"] == "40"


def test_ratio_with_a_fraction_as_factor_and_with_a_zero_denominator() -> None:
    # F04: 3600 / 2 / 12 = 150 US$ a month.
    hand = Hand().dollars().unit("F1", {"payroll": 3600, "jobs_paid": 2})
    assert hand.main("F04").value == "150"
    none = Hand().dollars().unit("F1", {"payroll": 0, "jobs_paid": 0})
    assert part(none.main("F04"), "value reason numerator denominator n") == [
        None,
        "zero_denominator",
        "0",
        "0",
        1,
    ]


def test_an_expression_reads_a_part_that_does_not_apply_as_zero_and_a_missing_part_as_missing() -> (
    None
):
    # A04: 5 + not applicable = 5; 7 + refused = missing; both not applicable: not eligible.
    hand = Hand().dollars()
    for code, purchases, sales in (
        ("N1", 5, "not_applicable"),
        ("N2", 7, "refused"),
        ("N3",) + ("not_applicable",) * 2,
    ):
        hand.unit(
            code,
            {"joint_purchases": purchases, "joint_sales": sales},
            level="network",
            networks=(code,),
        )
    assert part(hand.main("A04"), "value n eligible") == ["5", 1, 2]


def test_median_and_quartiles() -> None:
    # 80, 90, 100, 120: median (90 + 100)/2 = 95; p25: j = 1, (80 + 90)/2 = 85; p75: j = 3, (100 +
    # 120)/2 = 110. Differences against 100: -20, -10, 0, 20: median -5, which is also 95 - 100.
    hand = Hand()
    for code, index in (("N1", 80), ("N2", 90), ("N3", 100), ("N4", 120)):
        hand.unit(
            code,
            {"unit_cost_index": index},
            {"unit_cost_index": 100},
            level="network",
            networks=(code,),
        )
    assert values(hand, "G02") == {"main": "95", "p25": "85", "p75": "110"}
    assert part(hand.main("G02").panel, "n baseline value change") == [4, "100", "95", "-5"]


def test_median_ratio_leaves_out_zero_denominators_and_counts_them() -> None:
    # 1/4, 1/2, and 5/0 excluded: median of 25 and 50 is 37.5; n 2 of 3.
    hand = Hand()
    for code, buyer, sales in (("F1", 1, 4), ("F2", 1, 2), ("F3", 5, 0)):
        hand.unit(
            code, {"top_buyer_sales": buyer, "sales": sales}, {"top_buyer_sales": 1, "sales": 1}
        )
    main = hand.main("C04")
    assert part(main, "value n eligible") == ["37.5", 2, 3]
    assert values(hand, "C04") == {"main": "37.5", "p25": "25", "p75": "50", "excluded": "1"}
    # P = F1, F2: 100 before; differences -75 and -50: median -62.5. F3 is eligible, not in P, and
    # no loss.
    assert part(main.panel, "n eligible baseline value change lost") == [
        2,
        3,
        "100",
        "37.5",
        "-62.5",
        {},
    ]


def test_count_positive_reads_any_known_part() -> None:
    # (0, refused) is missing; (2, refused) is positive; (0, 0) is zero: 1 of n 2, eligible 3.
    hand = Hand()
    for code, hours, actions in (("F1", 0, "refused"), ("F2", 2, "refused"), ("F3", 0, 0)):
        hand.unit(code, {"service_hours": hours, "joint_actions_joined": actions})
    assert part(hand.main("Z01"), "value n eligible") == ["1", 2, 3]
    assert values(hand, "Z01") == {"main": "1", "not_answered": "1"}


def test_share_positive_with_those_who_gained_and_lost() -> None:
    # t: 1, 1, 0, 0 -> 50 %. Base: 1, 0, 1, 0 -> 50 %; one gained, one lost.
    hand = Hand()
    for code, now, before in (("F1", 5, 3), ("F2", 5, 0), ("F3", 0, 3), ("F4", 0, 0)):
        hand.unit(code, {"exports": now}, {"exports": before})
    assert values(hand, "C01") == {"main": "50", "gained": "1", "lost": "1"}
    assert part(hand.main("C01").panel, "baseline value change") == ["50", "50", "0"]
    # A03 has no baseline: nobody can have gained or lost.
    other = Hand().unit("F1", {"joint_actions_joined": 1}).figures("A03")
    assert part(other["A03", "gained", ""], "value n reason") == [
        None,
        None,
        "not_asked_at_baseline",
    ]


def test_share_among_those_that_have_the_condition() -> None:
    # Ended 1: active 1, active 0, active unknown; ended 0; ended unknown: 1 of n 2, eligible 4.
    hand = Hand()
    cells = [(1, 1), (1, 0), (1, "refused"), (0, 1), ("no_data", 1)]
    for n, (ended, active) in enumerate(cells):
        hand.unit(
            f"N{n}",
            {"support_ended": ended, "active_unsubsidised": active},
            level="network",
            networks=(f"N{n}",),
        )
    main = hand.main("H01")
    assert part(main, "value numerator denominator n eligible panel") == [
        "50",
        "1",
        "2",
        2,
        4,
        None,
    ]
    nobody = Hand().unit("N1", {"support_ended": 0, "active_unsubsidised": 0}, level="network")
    assert part(nobody.main("H01"), "value reason n eligible") == [None, "zero_denominator", 0, 0]


def test_panel_rules_use_only_firms_with_both_values() -> None:
    # P = F1 (10 -> 12), F2 (5 -> 0, closed), F3 (4 -> 4). F4 has no baseline value, F5 none at t,
    # F6 joined later.
    hand = Hand()
    hand.unit("F1", {"jobs": 12}, {"jobs": 10}).unit("F3", {"jobs": 4}, {"jobs": 4})
    hand.unit("F2", {"jobs": 0}, {"jobs": 5}, membership="closed", reconstructed=True)
    hand.unit("F4", {"jobs": 7}, {"jobs": "no_data"}).unit("F5", {"jobs": "refused"}, {"jobs": 3})
    hand.unit("F6", {"jobs": 9}, {"jobs": 2}, joined=date(2006, 1, 1))
    total = hand.main("F01")
    assert part(total, "value n eligible coverage reconstructed_share") == [
        "16",
        3,
        5,
        "0.6",
        "0.333333",
    ]
    assert total.flags == ["reconstructed_over_30"]
    assert part(total.panel, "baseline value change lost") == [
        "19",
        "16",
        "-3",
        {"no_data": 1, "refused": 1},
    ]
    # total over R: 12 + 4 + 0 + 7 + 9 = 32; median over P of 0, 4, 12; F6 alone joined later.
    assert values(hand, "F01") == {"main": "16", "median": "4", "total": "32", "joined_later": "1"}
    assert values(hand, "F02") == {"main": "-3", "up": "1", "equal": "1", "down": "1"}


def test_panel_change_and_share_up() -> None:
    # 100 -> 105 (up: exactly 5 %), 100 -> 104 (within), 0 -> 1 (up), 100 -> 90 (down): sums 300 ->
    # 300: 0 %. Unit changes 5, 4, -10: median 4; one base of 0 excluded. Up 2 of 4 = 50 %.
    hand = Hand().dollars()
    for code, now, before in (("F1", 105, 100), ("F2", 104, 100), ("F3", 1, 0), ("F4", 90, 100)):
        hand.unit(code, {"sales": now}, {"sales": before})
    assert values(hand, "E02") == {"main": "0", "median": "4", "excluded": "1"}
    assert values(hand, "E03") == {"main": "50", "up": "2", "within": "1", "down": "1"}
    assert part(hand.main("E02").panel, "baseline value change") == ["300", "300", "0"]
    assert hand.main("E03").panel is None
    nothing = Hand().dollars().unit("F1", {"sales": 5}, {"sales": 0})
    assert part(nothing.main("E02"), "value reason") == [None, "zero_denominator"]
    assert part(nothing.main("E02").panel, "baseline value change reason") == [
        "0",
        "5",
        None,
        "zero_denominator",
    ]


def test_survival_counts_the_lost_at_its_bound() -> None:
    # Operating 1, 1, closed 0, left: unknown. 2 of 3 known = 66.666667; bound 2 of 4 = 50.
    hand = Hand()
    for code, operating, membership in (
        ("F1", 1, "active"),
        ("F2", 1, "active"),
        ("F3", 0, "closed"),
        ("F4", "not_collected", "left"),
    ):
        hand.unit(code, {"operating": operating}, {"operating": 1}, membership=membership)
    main = hand.main("H03")
    assert part(main, "value n eligible numerator denominator") == ["66.666667", 3, 4, "2", "3"]
    assert values(hand, "H03") == {"main": "66.666667", "bound_low": "50"}
    assert part(main.panel, "baseline value change lost") == [
        "100",
        "66.666667",
        "-33.333333",
        {"left": 1},
    ]


def test_tie_density_of_networks_large_enough() -> None:
    # k = 5: 4 of 10 = 0.4; k = 6: 3 of 15 = 0.2; k = 4 is too small. Median 0.3. Base of N1: 2 of
    # 10 = 0.2.
    hand = Hand()
    for code, ties, k in (("N1", 4, 5), ("N2", 3, 6), ("N3", 6, 4)):
        base = {"ties": 2, "tie_firms": 5} if code == "N1" else None
        hand.unit(code, {"ties": ties, "tie_firms": k}, base, level="network", networks=(code,))
    main = hand.main("A07")
    assert part(main, "value n eligible flags period") == [
        "0.3",
        2,
        3,
        ["mixed_periods"],
        "2005-S2",
    ]
    assert part(main.panel, "n baseline value change") == [1, "0.2", "0.4", "0.2"]


@pytest.mark.parametrize(
    ("indicator", "expected"), [("F01", []), ("I05", ["estimate"]), ("A01", ["mixed_periods"])]
)
def test_flags_that_always_go_with_an_indicator(indicator: str, expected: list[str]) -> None:
    hand = (
        Hand()
        .unit("P1", {"spillover_firms": 3}, level="project")
        .unit("F1", {"trust": 3, "jobs": 1})
    )
    assert hand.main(indicator).flags == expected


def test_annual_values_of_a_first_semester_report_are_those_of_the_year_before() -> None:
    hand = Hand().unit("F1", {"jobs": 3, "service_hours": 1}, {"jobs": 1}, at="2004-S2")
    hand.unit("F1", {"service_hours": 5}, at="2005-S1")
    hand.unit("F9", {"service_hours": 5}, at="2005-S1", project="P2")
    assert part(hand.main("F01", round="2005-S1"), "value period round") == ["3", "2004", "2005-S1"]
    assert hand.main("F01", round="2005-S1").flags == [
        "projects_missing"
    ]  # P2 had begun, without 2004-S2
    assert part(hand.main("Z03", round="2005-S1"), "value period flags") == ["5", "2005-S1", []]


def test_what_was_entered_under_another_catalogue_version_is_not_compared() -> None:
    hand = Hand().unit("F1", {"jobs": 3}, {"jobs": 1})
    assert hand.main("F02").value == "2"
    hand.measured[0] = hand.measured[0]._replace(catalogue="2")
    assert part(hand.main("F02"), "value reason n") == [None, "definition_changed", 1]
    assert part(hand.main("F02").panel, "change reason") == [None, "definition_changed"]
