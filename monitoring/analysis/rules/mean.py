"""`mean`: sum of x / n over the respondents.

Unit: that of x. n: R of E. Undefined when n = 0. Over groups: recomputed, means are never averaged.
Over time: never. Panel: means on P at baseline and at t, and their difference. Interval:
linearised, u_i = (x_i - mean)/n; of the change: u_i(t) - u_i(base). Other measures: `median` (over
R). Source: docs/rules.md, The rules.
"""

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import middle, total
from monitoring.analysis.intervals import NONE, around, difference, mean_contributions

from .result import Block, Result, Value
from .rule import Rule
from .slice import Slice


def compute(s: Slice) -> Result:
    return Result(main(s), {"median": s.over_r(lambda: middle(s.xs))}, s.panel(lambda: means(s)))


def main(s: Slice) -> Value:
    """The mean, with its interval where one is wanted."""
    mean = s.over_r(lambda: total(s.xs) / s.n)
    if mean.value is None:
        return mean
    interval = (
        NONE if s.clusters is None else around(mean.value, mean_contributions(s.clusters, s.xs))
    )
    return mean._replace(numerator=total(s.xs), denominator=s.n, interval=interval)


def means(s: Slice) -> Block:
    """Both means on P, and their difference."""
    now, before = [pair.x for pair in s.pairs], [pair.x0 for pair in s.pairs]
    value, baseline = total(now) / len(now), total(before) / len(before)
    interval = NONE
    if s.pair_clusters is not None:
        moved = difference(
            mean_contributions(s.pair_clusters, now), mean_contributions(s.pair_clusters, before)
        )
        interval = around(value - baseline, moved)
    return s.block(baseline, value, value - baseline, interval)


RULE = Rule(
    name="mean",
    title=_("Mean"),
    description=_(
        "The mean of the units that answered, with the median beside it. Groups are computed "
        "anew, never averaged."
    ),
    formula="Σ x / n",
    meaning=__doc__,
    compute=compute,
    measures=("median",),
)
