"""`panel_share_up`: 100 x share of P with x_t >= x_b x (1 + threshold/100) and x_t > x_b (x_b = 0
and x_t > 0 is up).

Unit: percent. n and eligible: those of P. Undefined when P is empty. Over groups: add the counts.
Over time: never. No block of baseline and change: the rule is itself a comparison. Interval: Wilson
with effective n. Other measures: `up`, `within` (the rest), `down` (x_t < x_b), numbers of units.
Source: docs/rules.md, The rules.
"""

from collections.abc import Callable

from monitoring.analysis.arithmetic import HUNDRED, ONE, ZERO, total
from monitoring.analysis.intervals import wilson

from .base import Pair, Result, Rule, Slice, Value


def compute(s: Slice) -> Result:
    factor = 1 + s.indicator.threshold / 100

    def up(pair: Pair) -> bool:
        return pair.x > pair.x0 and pair.x >= pair.x0 * factor

    others = {
        "up": s.count_in_panel(up),
        "within": s.count_in_panel(lambda pair: not up(pair) and pair.x >= pair.x0),
        "down": s.count_in_panel(lambda pair: pair.x < pair.x0),
    }
    return Result(share(s, up), others)


def share(s: Slice, is_up: Callable[[Pair], bool]) -> Value:
    found = s.over_p(lambda: ZERO)
    if found.reason:
        return found
    up = [ONE if is_up(pair) else ZERO for pair in s.pairs]
    found = found._replace(value=HUNDRED * total(up) / len(up))
    return found._replace(
        numerator=total(up), denominator=len(up), interval=wilson(up, s.pair_clusters)
    )


RULE = Rule("panel_share_up", compute, ("up", "within", "down"), __doc__, over="P", has_block=False)
