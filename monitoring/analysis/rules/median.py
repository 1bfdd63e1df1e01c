"""`median`: the median of x over the respondents, and the quartiles.

Unit: that of x. n: R of E. Undefined when n = 0. Over groups and time: recomputed, never added.
Panel: medians on P at baseline and at t; the change is the median of the unit differences.
Interval: Woodruff; of the change: Woodruff on the unit differences. Other measures: `p25`, `p75`.
Source: docs/rules.md, The rules.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import ONE, middle, quantile
from monitoring.analysis.intervals import woodruff

from .result import Block, Result, Value
from .rule import RANKS, Rule
from .slice import Slice


def compute(s: Slice) -> Result:
    main, quartiles = of_values(s, s.xs, ONE)
    panel = s.panel(
        lambda: medians(s, [pair.x for pair in s.pairs], [pair.x0 for pair in s.pairs], ONE)
    )
    return Result(main, quartiles, panel)


def of_values(
    s: Slice, values: Sequence[Decimal], scale: Decimal
) -> tuple[Value, dict[str, Value]]:
    """Median with its interval, and both quartiles, of one value for each answer, times `scale`."""
    main = s.over_r(lambda: scale * middle(values))
    if main.value is not None:
        main = main._replace(interval=woodruff(values, middle(values), s.clusters, scale))
    ordered = sorted(values) if main.value is not None else []
    return main, {
        "p25": s.over_r(lambda: scale * quantile(ordered, 1, 4)),
        "p75": s.over_r(lambda: scale * quantile(ordered, 3, 4)),
    }


def medians(s: Slice, now: Sequence[Decimal], before: Sequence[Decimal], scale: Decimal) -> Block:
    """Both medians on P, the median of the unit differences and its interval."""
    moved = [later - earlier for later, earlier in zip(now, before, strict=True)]
    change = middle(moved)
    interval = woodruff(moved, change, s.pair_clusters, scale)
    return s.block(scale * middle(before), scale * middle(now), scale * change, interval)


RULE = Rule(
    name="median",
    title=_("Median"),
    description=_("The median of the units that answered, with its quartiles. It is never added."),
    formula="Me(x)",
    meaning=__doc__,
    compute=compute,
    measures=("p25", "p75"),
    gives_away=RANKS,
)
