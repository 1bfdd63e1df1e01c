"""`count_positive`: the number of respondents with x > 0.

Unit: units of the level. n: R of E. Undefined when nobody answered. A unit is positive if any known
part is above 0, zero if all parts are known and none is, otherwise missing. Over groups: distinct
count. Over time: last, never added. Panel: count on P at baseline and at t, and the difference.
Interval of the value: none; of the change: linearised sum of differences. Other measures:
`not_answered` = eligible - n. Source: docs/rules.md, The rules.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import total

from .result import Result, Value
from .rule import ANSWERS, LAST_VALUE, Rule
from .slice import Slice
from .total import summed


def compute(s: Slice) -> Result:
    silent = Value(Decimal(s.eligible - s.n), s.n, s.eligible)
    return Result(
        s.over_r(lambda: total(s.xs)), {"not_answered": silent}, s.panel(lambda: summed(s))
    )


RULE = Rule(
    name="count_positive",
    title=_("Number above zero"),
    description=_(
        "The number of different units with a value above zero. Groups are counted anew; rounds "
        "are not added."
    ),
    formula="#{x > 0}",
    over_time=LAST_VALUE,
    meaning=__doc__,
    compute=compute,
    measures=("not_answered",),
    positive=True,
    converts=False,
    groups_add=True,
    targets_add=True,
    lost_as="amount",
    gives_away=ANSWERS,
)
