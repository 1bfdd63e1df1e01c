"""`panel_change_abs`: the sum over P of (x at t - x at baseline).

Unit: that of x. n and eligible: those of P. Undefined when P is empty. Closed firms stay in P with
zero. Over groups: add. Over time: never. Panel: baseline = sum of x_b, value = sum of x_t, change =
the main value. Interval: linearised, u_i = x_t - x_b. Other measures: `up`, `equal`, `down`
(numbers of units). Source: docs/rules.md, The rules.
"""

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import total

from .result import Result
from .rule import Rule, falls, rises, stays
from .slice import Slice
from .total import sum_of_differences, summed

COUNTS = {"up": rises, "equal": stays, "down": falls}


def compute(s: Slice) -> Result:
    main = s.over_p(lambda: total(pair.x - pair.x0 for pair in s.pairs))
    if main.value is not None:
        main = main._replace(interval=sum_of_differences(s))
    return Result(main, s.counted_in_panel(COUNTS), s.panel(lambda: summed(s)))


RULE = Rule(
    name="panel_change_abs",
    title=_("Change of the panel"),
    description=_(
        "The sum of the differences between now and the baseline, unit by unit. Closed firms "
        "count zero."
    ),
    formula="Σ (x₁ − x₀)",
    meaning=__doc__,
    compute=compute,
    measures=tuple(COUNTS),
    counts=COUNTS,
    over="P",
    groups_add=True,
    is_change=True,
    works_out="difference",
    lost_as="amount",
)
