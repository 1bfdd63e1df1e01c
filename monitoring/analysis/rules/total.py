"""`sum`: the sum of x over the respondents.

Unit: that of x (US$ where x is money). n: respondents R, of E. Undefined when nobody answered. Over
groups: add, distinct units. Over time: a flow may be added (`to_date`: the approved rounds up to
t), unless `not_summed_over = rounds`; a stock is its last value, never added. Panel: sum of x on P
at baseline and at t, and their difference; null if not asked at baseline. Interval of the value:
none, it is a total of what was reported; of the change: linearised, u_i = x_t - x_b. Other
measures: `to_date`, `median` (over R). Source: docs/rules.md, The rules.
"""

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import middle, total
from monitoring.analysis.intervals import NONE, Interval, around, sums

from .result import Block, Result, Value
from .rule import Rule
from .slice import Slice


def compute(s: Slice) -> Result:
    others = {} if s.to_date is None else {"to_date": s.to_date}
    return Result(
        main=s.over_r(lambda: total(s.xs)),
        others={**others, "median": s.over_r(lambda: middle(s.xs))},
        panel=s.panel(lambda: summed(s)),
    )


def summed(s: Slice) -> Block:
    """Sums on P at both times; the interval is that of a sum of differences."""
    before, now = total(pair.x0 for pair in s.pairs), total(pair.x for pair in s.pairs)
    change = now - before
    return s.block(before, now, change, sum_of_differences(s))


def sum_of_differences(s: Slice) -> Interval:
    """Linearised interval of sum (x_t - x_b) over P: U_g = sum of the differences in cluster g."""
    if s.pair_clusters is None:
        return NONE
    differences = [pair.x - pair.x0 for pair in s.pairs]
    return around(total(differences), sums(s.pair_clusters, differences))


def to_date(rounds: list[Slice]) -> Value:
    """The sum over R of each round, added."""
    answered = [s for s in rounds if s.answers]
    if not answered:
        return Value(None, reason="no_data")
    if len(frozenset().union(*(s.currencies for s in answered))) > 1:
        return Value(None, reason="definition_changed")
    if any(s.unrated for s in answered):
        return Value(None, reason="no_rate")
    return Value(total(x for s in answered for x in s.xs))


RULE = Rule(
    name="sum",
    title=_("Sum"),
    description=_(
        "The sum of what was reported by the units that answered. A flow is also added over the "
        "approved rounds; a stock is not."
    ),
    formula="Σ x",
    over_time=_("Flows are added over rounds; stocks are not."),
    meaning=__doc__,
    compute=compute,
    measures=("median", "to_date"),
    adds=True,
    groups_add=True,
    targets_add=True,
    lost_as="amount",
)
