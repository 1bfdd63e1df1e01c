"""What the public sees, each refusal beside the same with one unit more."""

from datetime import date

import pytest

from tests.monitoring.analysis.hand import Hand, part


def world(**sizes: int) -> Hand:
    """So many exporting firms in each size class, all with a baseline."""
    hand = Hand().dollars()
    for size, count in sizes.items():
        for n in range(count):
            hand.unit(
                f"{size}{n}", {"exports": 1, "sales": 2}, {"exports": 1, "sales": 1}, size=size
            )
    return hand


def shown(
    hand: Hand, indicator: str, measure: str = "main", audience: str = "public"
) -> dict[str, str | None]:
    """Reason of each group; None where it is shown."""
    figures = hand.figures(indicator, audience=audience, group_by=("size",))
    return {group: f.reason for (_, name, group), f in figures.items() if name == measure}


@pytest.mark.parametrize(("count", "reason"), [(4, "few_units"), (5, None)])
def test_fewer_than_five_firms_are_not_shown(count: int, reason: str | None) -> None:
    figures = world(micro=count).figures("C01", audience="public")
    main = figures["C01", "main", ""]
    assert (main.reason, main.suppressed) == (reason, reason is not None)
    if reason:
        assert (
            part(
                main,
                "value numerator denominator n eligible coverage ci_low ci_high clusters panel",
            )
            == [None] * 10
        )
    assert {figure.reason for figure in figures.values()} == {reason}


def test_one_hidden_group_takes_the_next_smallest_with_it_and_two_do_not() -> None:
    assert shown(world(micro=9, small=7, medium=3), "C01") == {
        "": None,
        "medium": "few_units",
        "micro": None,
        "small": "secondary",
    }
    assert shown(world(micro=9, small=3, medium=3), "C01") == {
        "": None,
        "medium": "few_units",
        "micro": None,
        "small": "few_units",
    }
    assert shown(world(micro=9, small=7, medium=5), "C01") == dict.fromkeys(
        ("", "medium", "micro", "small")
    )


def test_all_measures_of_a_hidden_group_are_hidden_with_its_reason() -> None:
    for measure in ("gained", "lost"):
        assert shown(world(micro=9, small=7, medium=3), "C01", measure)["small"] == "secondary"


def test_staff_see_everything_and_confidential_networks_are_hidden_from_the_public() -> None:
    assert set(shown(world(micro=3), "C01", audience="staff").values()) == {None}
    hand = Hand().dollars()
    for n in range(4):
        cells = {"anchor_purchases": 5, "own_governance": 1}
        hand.unit(
            f"N{n}", cells, level="network", networks=(f"N{n}",), typology="cadena_proveedores"
        )
    assert hand.main("C05", audience="public").reason == "few_units"
    assert hand.main("C05", audience="staff").value == "20"
    assert (
        hand.main("H04", audience="public").value == "100"
    )  # not confidential: networks are not firms


def test_a_panel_of_few_units_is_hidden_inside_a_figure_that_is_shown() -> None:
    hand = world(micro=4)
    for n in range(3):
        hand.unit(f"new{n}", {"exports": 1})
    main = hand.main("C01", audience="public")
    assert part(main, "n value reconstructed_share") == [7, "100", None]
    assert part(main.panel, "n value lost reason ci_method") == [
        None,
        None,
        {},
        "few_units",
        "none",
    ]
    hand.unit("micro9", {"exports": 1}, {"exports": 1})
    assert part(hand.main("C01", audience="public").panel, "n reason") == [5, None]


# --- who gave anything


def lent(*amounts: float, **facts: str) -> Hand:
    """Firms that obtained these credits."""
    return add(Hand().dollars(), "F", *amounts, **facts)


def add(hand: Hand, name: str, *amounts: float, **facts: str) -> Hand:
    for n, amount in enumerate(amounts):
        hand.unit(f"{name}{n}", {"credit_amount": amount}, **facts)
    return hand


@pytest.mark.parametrize(
    ("amounts", "reason"),
    [
        ((1, 1, 1, 1, *(17 * [0])), "few_contributors"),  # 21 answered, four gave
        ((1, 1, 1, 1, 1, *(16 * [0])), None),
        ((100, 50, 4, 3, 2.99), "dominance"),  # the second knows the first to within ten percent
        ((100, 50, 4, 3, 3), None),
    ],
)
def test_who_gave_nothing_hides_nobody_and_the_largest_is_not_told(
    amounts: tuple[float, ...], reason: str | None
) -> None:
    assert lent(*amounts).main("D02", audience="public").reason == reason
    assert lent(*amounts).main("D02", audience="staff").reason is None


def test_the_denominator_is_asked_as_the_numerator_is() -> None:
    hand = Hand().dollars()
    for n in range(6):
        hand.unit(f"F{n}", {"sales": 10, "jobs": 3 if n < 4 else 0})
    assert hand.main("G01", audience="public").reason == "few_contributors"
    hand.unit("F6", {"sales": 10, "jobs": 3})
    assert hand.main("G01", audience="public").reason is None


@pytest.mark.parametrize(
    ("exporting", "reason"),
    [(0, None), (1, "few_contributors"), (2, "few_contributors"), (3, None)]
    + [(7, None), (8, "few_contributors"), (9, "few_contributors"), (10, None)],
)
def test_one_or_two_that_answer_otherwise_are_not_shown(exporting: int, reason: str | None) -> None:
    hand = Hand().dollars()
    for n in range(10):
        hand.unit(f"F{n}", {"exports": int(n < exporting), "sales": 2})
    assert hand.main("C01", audience="public").reason == reason


@pytest.mark.parametrize(("count", "reason"), [(9, "few_units"), (10, None)])
def test_a_median_asks_for_ten_where_its_sum_asks_for_five(count: int, reason: str | None) -> None:
    figures = lent(*range(1, count + 1)).figures("D02", audience="public")
    assert figures["D02", "main", ""].reason is None
    assert figures["D02", "median", ""].reason == reason


# --- what can be had by subtraction


def test_groups_hidden_together_pass_the_same_tests_or_more_is_hidden() -> None:
    # Two groups of three hide each other by number, and one of the six has nearly all.
    hand = lent(5, 5, 5, 5, 5, 5, size="micro")
    add(hand, "S", 900, 1, 1, size="small")
    add(hand, "M", 1, 1, 1, size="medium")
    add(hand, "L", 400, 300, 200, 90, 80, 70, 60, size="large")
    groups = shown(hand, "D02")
    assert groups["small"] == groups["medium"] == "few_units"
    assert (groups["micro"], groups["large"], groups[""]) == ("secondary", "secondary", None)
    hand = lent(5, 5, 5, 5, 5, 5, size="micro")
    add(hand, "S", 9, 8, 7, size="small")
    add(hand, "M", 6, 5, 4, size="medium")
    groups = shown(hand, "D02")
    assert groups == {"": None, "medium": "few_units", "micro": None, "small": "few_units"}


def test_a_firm_that_counts_in_two_groups_is_not_had_from_their_sum() -> None:
    def typologies(*twice: str) -> dict[str, str | None]:
        hand = Hand().dollars()
        for n in range(8):
            hand.unit(f"A{n}", {"credit_amount": 10 + n}, networks=("N1",), typology="cluster")
            hand.unit(
                f"B{n}",
                {"credit_amount": 10 + n},
                project="P2",
                networks=("N2",),
                typology="sistema_territorial",
            )
        for code in twice:
            hand.unit(
                code,
                {"credit_amount": 12},
                project="P2",
                networks=("N2",),
                typology="sistema_territorial",
                joined=date(2004, 3, 1),
            )
        figures = hand.figures("D02", audience="public", group_by=("typology",))
        return {group: f.reason for (_, name, group), f in figures.items() if name == "main"}

    assert set(typologies().values()) == {None}
    assert "secondary" in typologies("A1").values()
    assert set(typologies("A1", "A2", "A3", "A4", "A5").values()) == {None}


def test_the_newcomer_is_not_had_from_the_panel() -> None:
    def panel(newcomers: int) -> str | None:
        hand = Hand().dollars()
        for n in range(8):
            hand.unit(f"F{n}", {"innov_product": 3}, {"innov_product": 2})
        for n in range(newcomers):
            hand.unit(f"N{n}", {"innov_product": 4})
        main = hand.main("B02", audience="public")
        assert main.reason is None
        return main.panel.reason if main.panel else ""

    assert [panel(n) for n in (0, 1, 2, 3)] == [None, "secondary", "secondary", None]


def test_who_answered_one_question_more_is_not_had_from_two_indicators() -> None:
    def productivity(silent: int) -> str | None:
        hand = Hand().dollars()
        for n in range(10 + silent):
            jobs = 10 if n < 10 else "refused"
            hand.unit(f"F{n}", {"sales": 10 + n, "jobs": jobs}, {"sales": 8})
        assert hand.main("E01", audience="public").reason is None
        return hand.main("G01", audience="public").reason

    assert [productivity(n) for n in (0, 1, 2, 3)] == [None, "secondary", "secondary", None]


def test_a_hidden_round_is_not_had_from_what_was_added_up() -> None:
    def added(earlier: int) -> tuple[str | None, str | None]:
        hand = Hand().dollars()
        for n in range(8):
            hand.unit(f"F{n}", {"credit_amount": 10 + n})
            if n < earlier:
                hand.unit(f"F{n}", {"credit_amount": 5 + n}, at="2004-S2")
        figures = hand.figures("D02", audience="public")
        return figures["D02", "main", ""].reason, figures["D02", "to_date", ""].reason

    assert added(0) == (None, None)
    assert added(3) == (None, "few_contributors")
    assert added(5) == (None, None)


def test_who_was_away_in_one_round_is_not_told_from_another() -> None:
    """What firms gave at their baseline stands in the panel of every round: of two rounds with the
    same firms but two, each of the two knows the other's.
    """

    def panel(joined: int, away: int) -> str | None:
        hand = Hand().dollars().rate("USD", "2006", "1")
        for n in range(10 + joined):
            credit = {"credit_amount": 10 + n}
            hand.unit(f"F{n}", credit, {"credit_amount": 8 + n}, at="2006-S2")
            if n < 10:
                hand.unit(f"F{n}", {"credit_amount": 20 + 3 * n}, at="2004-S2")
            if n < 10 + joined - away:
                hand.unit(f"F{n}", {"credit_amount": 30 + 2 * n}, at="2005-S2")
        return hand.main("D02", audience="public", round="2006-S2").panel.reason

    assert panel(joined=2, away=2) == "secondary"  # told from the last round
    assert panel(joined=2, away=7) == "secondary"  # told from the round before the last
    assert panel(joined=3, away=7) is None
