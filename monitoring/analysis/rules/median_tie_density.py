"""`median_tie_density`: the median over networks of ties / (k(k-1)/2), k = firms that answered, k
>= min_k.

Unit: share 0-1. n: networks with k >= min_k, of E. Undefined without one. Recomputed over groups,
never added. Panel: medians on P (networks asked at baseline too, k >= min_k at both times); change
= median of the differences. Interval: Woodruff, also of the change. Source: docs/rules.md, The
rules.
"""

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import ONE
from monitoring.analysis.catalogue_rows import Indicator

from .median import medians, of_values
from .result import Answer, Reading, Result
from .rule import Rule, both
from .slice import BELOW_MIN_K, Slice


def read(numerator: Reading, denominator: Reading, indicator: Indicator) -> Answer | str | None:
    answer = both(numerator, denominator, indicator)
    if not isinstance(answer, tuple):
        return answer
    ties, k = answer
    return (ties / (k * (k - 1) / 2), ONE) if k >= max(indicator.min_k, 2) else BELOW_MIN_K


def compute(s: Slice) -> Result:
    main, _ = of_values(s, s.xs, ONE)
    panel = s.panel(
        lambda: medians(s, [pair.x for pair in s.pairs], [pair.x0 for pair in s.pairs], ONE)
    )
    return Result(main, {}, panel)


RULE = Rule(
    name="median_tie_density",
    title=_("Median density of ties"),
    description=_(
        "The median over networks of the ties declared over the ties possible between those that "
        "answered."
    ),
    formula="Me(v / (k (k − 1) / 2))",
    letters=("v", "k"),
    meaning=__doc__,
    compute=compute,
    read=read,
    converts=False,
)
