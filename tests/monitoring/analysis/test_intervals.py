"""Intervals against the formulas written out unit by unit, and the arithmetic under them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.analysis.arithmetic import exact, publish, quantile, total
from monitoring.analysis.intervals import (
    around,
    difference,
    mean_contributions,
    ratio_contributions,
    sums,
    t975,
    variance,
    wilson,
    woodruff,
)

NUMBERS = st.decimals(min_value=0, max_value=10_000, places=2)
CLUSTERED = st.lists(st.tuples(st.integers(0, 11), NUMBERS, NUMBERS), min_size=8, max_size=60)


def labelled(units: list) -> list[str]:
    """The first eight units each in a cluster of their own, so that there are always enough."""
    return [f"N{i}" if i < 8 else f"N{cluster}" for i, (cluster, _, _) in enumerate(units)]


def direct_variance(contributions: list[Decimal], clusters: list[str]) -> Decimal:
    """C/(C-1) x sum (U_g - mean U)^2 from one u_i for each unit."""
    names = sorted(set(clusters))
    added = [
        total(u for u, cluster in zip(contributions, clusters, strict=True) if cluster == g)
        for g in names
    ]
    mean = total(added) / len(added)
    return Decimal(len(added)) / (len(added) - 1) * total((u - mean) ** 2 for u in added)


def close(one: Decimal | None, other: Decimal) -> bool:
    return one is not None and abs(one - other) <= Decimal("1e-30") * max(1, abs(other))


@given(CLUSTERED)
def test_linearised_ratio(units: list) -> None:
    with exact():
        clusters = labelled(units)
        ys, xs = [y for _, y, _ in units], [x + 1 for _, _, x in units]
        ratio = total(ys) / total(xs)
        u = [(y - ratio * x) / total(xs) for y, x in zip(ys, xs, strict=True)]
        half = t975(len(set(clusters)) - 1) * direct_variance(u, clusters).sqrt()
        found = around(ratio, ratio_contributions(clusters, ys, xs))
        assert close(found.low, ratio - half)
        assert close(found.high, ratio + half)
        assert (found.method, found.clusters) == ("linearised", len(set(clusters)))


@given(CLUSTERED)
def test_change_of_a_mean_and_sum_of_differences(units: list) -> None:
    with exact():
        clusters, n = labelled(units), len(units)
        now, before = [y for _, y, _ in units], [x for _, _, x in units]
        moved = [a - b for a, b in zip(now, before, strict=True)]
        means = total(now) / n, total(before) / n
        u = [(a - means[0]) / n - (b - means[1]) / n for a, b in zip(now, before, strict=True)]
        found = difference(mean_contributions(clusters, now), mean_contributions(clusters, before))
        assert close(variance(found), direct_variance(u, clusters))
        assert close(variance(sums(clusters, moved)), direct_variance(moved, clusters))


@given(CLUSTERED)
def test_wilson_with_effective_n(units: list) -> None:
    with exact():
        clusters, n = labelled(units), len(units)
        flags = [Decimal(int(y > x)) for _, y, x in units]
        p, t = total(flags) / n, t975(len(set(clusters)) - 1)
        v = direct_variance([(f - p) / n for f in flags], clusters)
        size = Decimal(n) if p in (0, 1) else n / max(Decimal(1), v / (p * (1 - p) / n))
        centre = (p + t**2 / (2 * size)) / (1 + t**2 / size)
        half = t / (1 + t**2 / size) * (p * (1 - p) / size + t**2 / (4 * size**2)).sqrt()
        found = wilson(flags, clusters)
        assert close(found.low, 0 if p == 0 else 100 * (centre - half))
        assert close(found.high, 100 if p == 1 else 100 * (centre + half))


@given(CLUSTERED)
def test_woodruff(units: list) -> None:
    with exact():
        clusters, n = labelled(units), len(units)
        values = [y for _, y, _ in units]
        middle = quantile(sorted(values), 1, 2)
        share = Decimal(sum(1 for x in values if x <= middle)) / n
        v = direct_variance([(int(x <= middle) - share) / n for x in values], clusters)
        half = t975(len(set(clusters)) - 1) * v.sqrt()

        def least(bound: Decimal) -> Decimal:
            reach = [
                x
                for x in sorted(values)
                if Fraction(sum(1 for y in values if y <= x), n) >= Fraction(bound)
            ]
            return reach[0]

        found = woodruff(values, middle, clusters)
        assert found.low == least(max(Decimal(0), Decimal("0.5") - half))
        assert found.high == least(min(Decimal(1), Decimal("0.5") + half))


@pytest.mark.parametrize(("clusters", "method"), [(7, "none_few_clusters"), (8, "linearised")])
def test_eight_clusters_are_needed(clusters: int, method: str) -> None:
    labels = [f"N{n}" for n in range(clusters)]
    found = around(Decimal(3), sums(labels, [Decimal(n) for n in range(clusters)]))
    assert (found.method, found.clusters, found.low is None) == (
        method,
        clusters,
        method != "linearised",
    )


def test_t_of_the_table_and_beyond_it() -> None:
    assert t975(7) == Decimal("2.3646242516")
    assert t975(1001) == Decimal("1.9599639845")


@given(st.lists(NUMBERS, min_size=1, max_size=30), st.integers(1, 9))
def test_quantile_is_the_definition(values: list[Decimal], tenths: int) -> None:
    ordered = sorted(values)
    j = Fraction(len(ordered) * tenths, 10)
    ceiling = -(-j.numerator // j.denominator)
    after = ceiling + 1 if j.denominator == 1 else ceiling
    assert quantile(ordered, tenths, 10) == (ordered[ceiling - 1] + ordered[after - 1]) / 2


def test_the_median_of_equal_long_numbers_is_that_number() -> None:
    with exact():
        third = Decimal(2) / 3
        assert quantile([third, third], 1, 2) == third


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.0000005", "0"),
        ("0.0000015", "0.000002"),
        ("-0.0000001", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("2.50", "2.5"),
        ("-1.2345678", "-1.234568"),
        ("123456789012345678901234567890.1", "123456789012345678901234567890.1"),
    ],
)
def test_publication(value: str, text: str) -> None:
    assert publish(Decimal(value)) == text
    assert publish(None) is None
