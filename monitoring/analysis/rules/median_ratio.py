"""`median_ratio`: factor x median of numerator/denominator, over units with both known and
denominator > 0.

Unit: that of the indicator. n: both known, denominator > 0, of E. Unit by unit, so amounts need no
conversion. Over groups and time: recomputed, never added. Undefined without such a unit. Panel: P =
units with a ratio at both times; the change is the median of the unit differences. Interval:
Woodruff; of the change: Woodruff on the unit differences. Other measures: `p25`, `p75`, `excluded`
(units left out because the denominator is 0). Source: docs/rules.md, The rules.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.catalogue_rows import Indicator

from .median import medians, of_values
from .result import Answer, Pair, Reading, Result, Value
from .rule import RANKS, Rule, both
from .slice import ZERO_DENOMINATOR, Slice


def read(numerator: Reading, denominator: Reading, indicator: Indicator) -> Answer | str | None:
    answer = both(numerator, denominator, indicator)
    return ZERO_DENOMINATOR if isinstance(answer, tuple) and answer[1] <= 0 else answer


def compute(s: Slice) -> Result:
    scale = s.scaled(Decimal(1))
    main, quartiles = of_values(s, [x / w for x, w in s.answers], scale)
    excluded = Value(Decimal(s.count(ZERO_DENOMINATOR)), s.n, s.eligible)
    panel = s.panel(
        lambda: medians(s, [p.x / p.w for p in s.pairs], [_before(p) for p in s.pairs], scale)
    )
    return Result(main, {**quartiles, "excluded": excluded}, panel)


def _before(pair: Pair) -> Decimal:
    return pair.x0 / pair.w0


RULE = Rule(
    name="median_ratio",
    title=_("Median of ratios"),
    description=_(
        "The median of the ratios of each unit with both data and a denominator above zero."
    ),
    formula="f × Me(a / b)",
    letters=("a", "b"),
    meaning=__doc__,
    compute=compute,
    measures=("p25", "p75", "excluded"),
    read=read,
    converts=False,
    gives_away=RANKS,
)
