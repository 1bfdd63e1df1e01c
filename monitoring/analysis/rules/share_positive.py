"""`share_positive`: 100 x number of respondents with x > 0 / n.

Unit: percent. n: R of E. Undefined when n = 0. Positive is read as in `count_positive`. Over
groups: add the counts, then divide. Over time: never. Panel: shares on P at baseline and at t,
difference in points. Interval: Wilson with effective n; of the change: linearised, u_i(t) -
u_i(base). Other measures: `gained`, `lost` (units of P that became positive, that ceased to be).
Source: docs/rules.md, The rules.
"""

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import HUNDRED, total
from monitoring.analysis.intervals import NONE, around, difference, mean_contributions, wilson

from .result import Block, Result, Value
from .rule import ANSWERS, Rule, falls, rises
from .slice import Slice

COUNTS = {"gained": rises, "lost": falls}


def compute(s: Slice) -> Result:
    return Result(share(s), s.counted_in_panel(COUNTS), s.panel(lambda: shares(s)))


def share(s: Slice) -> Value:
    """100 x ones / n with Wilson's interval; the answers are 0 or 1."""
    percentage = s.over_r(lambda: HUNDRED * total(s.xs) / s.n)
    if percentage.value is None:
        return percentage
    return percentage._replace(
        numerator=total(s.xs), denominator=s.n, interval=wilson(s.xs, s.clusters)
    )


def shares(s: Slice) -> Block:
    """Shares on P at both times in percent, the difference in points and its linearised interval."""
    now, before = [pair.x for pair in s.pairs], [pair.x0 for pair in s.pairs]
    value, baseline = HUNDRED * total(now) / len(now), HUNDRED * total(before) / len(before)
    interval = NONE
    if s.pair_clusters is not None:
        moved = difference(
            mean_contributions(s.pair_clusters, now), mean_contributions(s.pair_clusters, before)
        )
        interval = around(value - baseline, moved, HUNDRED)
    return s.block(baseline, value, value - baseline, interval)


RULE = Rule(
    name="share_positive",
    title=_("Share above zero"),
    description=_("Units with a value above zero, over the units that answered."),
    formula="100 × #{x > 0} / n",
    meaning=__doc__,
    compute=compute,
    measures=tuple(COUNTS),
    counts=COUNTS,
    gives_away=ANSWERS,
    positive=True,
    converts=False,
    percent=True,
    lost_as="share",
)
