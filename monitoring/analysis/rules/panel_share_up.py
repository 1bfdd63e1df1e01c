"""`panel_share_up`: 100 x share of P with x_t >= x_b x (1 + threshold/100) and x_t > x_b (x_b = 0
and x_t > 0 is up).

Unit: percent. n and eligible: those of P. Undefined when P is empty. Over groups: add the counts.
Over time: never. No block of baseline and change: the rule is itself a comparison. Interval: Wilson
with effective n. Other measures: `up`, `within` (the rest), `down` (x_t < x_b), numbers of units.
Source: docs/rules.md, The rules.
"""

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import HUNDRED, ONE, ZERO, total
from monitoring.analysis.catalogue_rows import Indicator
from monitoring.analysis.intervals import wilson

from .result import Pair, Result, Value
from .rule import ANSWERS, Rule, falls
from .slice import Slice


def compute(s: Slice) -> Result:
    return Result(share(s), s.counted_in_panel(COUNTS))


def is_up(pair: Pair, indicator: Indicator) -> bool:
    """Whether the unit rose by the threshold of the indicator, and at all."""
    return pair.x > pair.x0 and pair.x >= pair.x0 * (1 + indicator.threshold / 100)


def is_within(pair: Pair, indicator: Indicator) -> bool:
    """Whether it neither rose so far nor fell."""
    return not is_up(pair, indicator) and not falls(pair, indicator)


COUNTS = {"up": is_up, "within": is_within, "down": falls}


def share(s: Slice) -> Value:
    """Percent of P that is up, with its interval."""
    percentage = s.over_p(lambda: ZERO)
    if percentage.reason:
        return percentage
    up = [ONE if is_up(pair, s.indicator) else ZERO for pair in s.pairs]
    percentage = percentage._replace(value=HUNDRED * total(up) / len(up))
    return percentage._replace(
        numerator=total(up), denominator=len(up), interval=wilson(up, s.pair_clusters)
    )


RULE = Rule(
    name="panel_share_up",
    title=_("Share of the panel that rises"),
    description=_("Of the units with both data, those that rise by the threshold or more."),
    formula="100 × #{x₁ > x₀, x₁ ≥ (1 + u/100) x₀} / n",
    meaning=__doc__,
    compute=compute,
    measures=tuple(COUNTS),
    counts=COUNTS,
    gives_away=ANSWERS,
    over="P",
    has_block=False,
    percent=True,
    lost_as="share",
    is_yes=is_up,
)
