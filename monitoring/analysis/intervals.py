"""95 % intervals for clustered units: linearised, Wilson with effective n, Woodruff (rules.md,
Intervals).

Units of one network are not independent, so the variance is that between clusters: V = C/(C-1) x
sum (U_g - mean U)^2, U_g = sum of the linearised contributions u_i in cluster g, and t has C-1
degrees of freedom. Fewer than 8 clusters give no interval. `clusters` is one label for each unit,
in the order of the values; None means that the figure has no interval (level project, or intervals
not asked).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .arithmetic import HALF, HUNDRED, ONE, ZERO, total

FEWEST_CLUSTERS = 8
T975 = Path(__file__).parent.parent / "data" / "t975.csv"
BEYOND_TABLE = Decimal("1.9599639845")

Clusters = Sequence[str] | None


class Interval(NamedTuple):
    """95 % interval, its method, and the clusters it rests on; all empty where there is none."""

    low: Decimal | None = None
    high: Decimal | None = None
    method: str = "none"
    clusters: int | None = None


NONE = Interval()


@cache
def _table() -> dict[int, Decimal]:
    with T975.open(encoding="utf-8", newline="") as lines:
        return {int(row["df"]): Decimal(row["t975"]) for row in csv.DictReader(lines)}


def t975(degrees: int) -> Decimal:
    """The 0.975 quantile of Student's t; the normal one beyond the table's last row."""
    return _table().get(degrees, BEYOND_TABLE)


def sums(clusters: Iterable[str], values: Iterable[Decimal]) -> dict[str, Decimal]:
    """Sum of the values in each cluster."""
    by_cluster: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for cluster, value in zip(clusters, values, strict=True):
        by_cluster[cluster] += value
    return by_cluster


def sizes(clusters: Iterable[str]) -> dict[str, int]:
    """How many units each cluster has."""
    by_cluster: dict[str, int] = defaultdict(int)
    for cluster in clusters:
        by_cluster[cluster] += 1
    return by_cluster


def variance(contributions: Mapping[str, Decimal]) -> Decimal:
    """C/(C-1) x sum (U_g - mean U)^2 over two or more clusters."""
    count = len(contributions)
    mean = total(contributions.values()) / count
    return total((u - mean) ** 2 for u in contributions.values()) * count / (count - 1)


def around(centre: Decimal, contributions: Mapping[str, Decimal], scale: Decimal = ONE) -> Interval:
    """Linearised: centre +/- t sqrt V, the contributions given on centre's scale divided by
    `scale`.
    """
    count = len(contributions)
    if count < FEWEST_CLUSTERS:
        return Interval(method="none_few_clusters", clusters=count)
    half = scale * t975(count - 1) * variance(contributions).sqrt()
    return Interval(centre - half, centre + half, "linearised", count)


def ratio_contributions(
    clusters: Sequence[str], ys: Iterable[Decimal], xs: Iterable[Decimal]
) -> dict[str, Decimal]:
    """U_g of R = Y/X: u_i = (y_i - R x_i)/X, added by cluster (X must not be 0)."""
    y_of, x_of = sums(clusters, ys), sums(clusters, xs)
    whole = total(x_of.values())
    ratio = total(y_of.values()) / whole
    return {g: (y - ratio * x_of[g]) / whole for g, y in y_of.items()}


def mean_contributions(clusters: Sequence[str], values: Iterable[Decimal]) -> dict[str, Decimal]:
    """U_g of a mean or a share: the ratio with x_i = 1."""
    y_of, n_of = sums(clusters, values), sizes(clusters)
    count = len(clusters)
    mean = total(y_of.values()) / count
    return {g: (y - mean * n_of[g]) / count for g, y in y_of.items()}


def difference(later: Mapping[str, Decimal], earlier: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """U_g of a change: u_i = u_i(t) - u_i(base) on the same units."""
    return {g: u - earlier[g] for g, u in later.items()}


def wilson(flags: Sequence[Decimal], clusters: Clusters) -> Interval:
    """Wilson's interval x 100 for the share of ones among `flags` (0 or 1), with effective n and t
    for z.

    n_eff = n / max(1, V / (p(1-p)/n)); p = 0 or 1: n_eff = n.
    """
    if clusters is None:
        return NONE
    count = len(set(clusters))
    if count < FEWEST_CLUSTERS:
        return Interval(method="none_few_clusters", clusters=count)
    n = len(flags)
    share = total(flags) / n
    simple = share * (1 - share) / n
    size = Decimal(n)
    if simple:
        size = n / max(ONE, variance(mean_contributions(clusters, flags)) / simple)
    t = t975(count - 1)
    square = t * t
    weight = 1 + square / size
    centre = (share + square / (2 * size)) / weight
    half = t / weight * (share * (1 - share) / size + square / (4 * size * size)).sqrt()
    low = ZERO if share == 0 else centre - half
    high = ONE if share == 1 else centre + half
    return Interval(HUNDRED * low, HUNDRED * high, "wilson_neff", count)


def woodruff(
    values: Sequence[Decimal], middle: Decimal, clusters: Clusters, scale: Decimal = ONE
) -> Interval:
    """Woodruff's interval of the median `middle` of `values` (in the order of `clusters`), times
    `scale`.

    V from u_i = ([x_i <= m] - F(m))/n; bounds 0.5 +/- t sqrt V clipped to [0, 1]; endpoint = least
    x with F(x) >= bound.
    """
    if clusters is None:
        return NONE
    count = len(set(clusters))
    if count < FEWEST_CLUSTERS:
        return Interval(method="none_few_clusters", clusters=count)
    below = [ONE if x <= middle else ZERO for x in values]
    half = t975(count - 1) * variance(mean_contributions(clusters, below)).sqrt()
    ordered = sorted(values)
    low = _least_reaching(ordered, max(ZERO, HALF - half))
    high = _least_reaching(ordered, min(ONE, HALF + half))
    return Interval(scale * low, scale * high, "woodruff", count)


def _least_reaching(ordered: Sequence[Decimal], bound: Decimal) -> Decimal:
    """The least x with F(x) >= bound: the k-th of n ordered values, k the first with k/n >= bound."""
    rank = bound * len(ordered)
    position = int(rank.to_integral_value(rounding="ROUND_CEILING"))
    return ordered[max(position, 1) - 1]
