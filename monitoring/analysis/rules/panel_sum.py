"""`panel_sum`: the sum of x at t over the panel P (units with a value at their own baseline and at
t).

Unit: that of x. n and eligible: those of P. Undefined when P is empty. Over groups: add, distinct
units. Over time: last. Panel: sum over P at baseline and at t, and the difference. Interval of the
value: none; of the change: linearised sum of differences. Other measures: `total` over R, `median`
over P, `joined_later` (respondents who are not panel-eligible). Source: docs/rules.md, The rules.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import middle, total

from .result import Result
from .rule import LAST_VALUE, Rule
from .slice import Slice
from .total import summed


def compute(s: Slice) -> Result:
    others = {
        "median": s.over_p(lambda: middle([pair.x for pair in s.pairs]), only_now=True),
        "total": s.over_r(lambda: total(s.xs)),
        "joined_later": s.of_panel(Decimal(s.joined_later)),
    }
    main = s.over_p(lambda: total(pair.x for pair in s.pairs), only_now=True)
    return Result(main, others, s.panel(lambda: summed(s)))


RULE = Rule(
    name="panel_sum",
    title=_("Sum of the panel"),
    description=_("The sum over the units with data at their own baseline and now."),
    formula="Σ x₁",
    over_time=LAST_VALUE,
    meaning=__doc__,
    compute=compute,
    measures=("median", "total", "joined_later"),
    over="P",
    groups_add=True,
    targets_add=True,
    works_out="difference",
    lost_as="amount",
)
