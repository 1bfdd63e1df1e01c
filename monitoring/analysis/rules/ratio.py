"""`ratio`: factor x sum of numerators / sum of denominators, over units with both parts known.

Unit: that of the indicator (percent with factor 100). n: both known, of E. Undefined when the sum
of denominators is 0. Every amount is converted before adding. Over groups: add numerators and
denominators, then divide. Over time: never. Panel: the same on P (both parts at both times), and
the difference. Interval: linearised, u_i = (y_i - R x_i)/X; of the change: u_i(t) - u_i(base).
Other measures: `median` of the unit ratios (denominator > 0). Source: docs/rules.md, The rules.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import middle, total
from monitoring.analysis.intervals import NONE, around, difference, ratio_contributions

from .result import Block, Result, Value
from .rule import Rule, both
from .slice import ZERO_DENOMINATOR, Slice


def compute(s: Slice) -> Result:
    return Result(main(s), {"median": median_of_ratios(s)}, s.panel(lambda: ratios(s)))


def main(s: Slice) -> Value:
    """The ratio of the sums, with its interval where one is wanted."""
    why = s.refusal()
    if why:
        return Value(None, s.n, s.eligible, why)
    above, below = s.xs, [w for _, w in s.answers]
    numerator, denominator = total(above), total(below)
    if not denominator:
        return Value(None, s.n, s.eligible, ZERO_DENOMINATOR, numerator, denominator)
    value = s.scaled(numerator) / denominator
    interval = NONE
    if s.clusters is not None:
        interval = around(value, ratio_contributions(s.clusters, _scaled(s, above), below))
    return Value(value, s.n, s.eligible, "", numerator, denominator, interval)


def median_of_ratios(s: Slice) -> Value:
    """The middle of the ratios of the units whose denominator is above 0."""
    why = s.refusal()
    unit_ratios = [] if why else [s.scaled(x) / w for x, w in s.answers if w > 0]
    if not unit_ratios:
        return Value(None, s.n, s.eligible, why or ZERO_DENOMINATOR)
    return Value(middle(unit_ratios), s.n, s.eligible)


def ratios(s: Slice) -> Block:
    """Both ratios on P, and their difference."""
    now, now_below = [pair.x for pair in s.pairs], [pair.w for pair in s.pairs]
    before, before_below = [pair.x0 for pair in s.pairs], [pair.w0 for pair in s.pairs]
    if not total(now_below) or not total(before_below):
        return s.block(None, None, None, reason=ZERO_DENOMINATOR)
    value = s.scaled(total(now)) / total(now_below)
    baseline = s.scaled(total(before)) / total(before_below)
    interval = NONE
    if s.pair_clusters is not None:
        later = ratio_contributions(s.pair_clusters, _scaled(s, now), now_below)
        earlier = ratio_contributions(s.pair_clusters, _scaled(s, before), before_below)
        interval = around(value - baseline, difference(later, earlier))
    return s.block(baseline, value, value - baseline, interval)


def _scaled(s: Slice, values: Sequence[Decimal]) -> list[Decimal]:
    return [s.scaled(value) for value in values]


RULE = Rule(
    name="ratio",
    title=_("Ratio of two sums"),
    description=_(
        "The sum of the numerators over the sum of the denominators, of the units with both. "
        "There is no average of percentages."
    ),
    formula="f × Σ a / Σ b",
    letters=("a", "b"),
    meaning=__doc__,
    compute=compute,
    measures=("median",),
    read=both,
)
