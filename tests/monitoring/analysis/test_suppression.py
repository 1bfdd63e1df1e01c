"""What the public sees, each refusal beside the same with one unit more."""

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
