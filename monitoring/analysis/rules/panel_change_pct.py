"""`panel_change_pct`: 100 x (sum of x at t / sum of x at baseline - 1) on the panel P.

Unit: percent. n and eligible: those of P. Undefined when the sum at baseline is 0. Over groups:
recomputed. Over time: never. Panel: baseline = sum of x_b, value = sum of x_t, change = the main
value. Interval: linearised on the ratio, u_i = (x_t - R x_b)/X_b. Other measures: `median` of the
unit changes (x_b > 0), `excluded` (x_b = 0). Source: docs/rules.md, The rules.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import HUNDRED, middle, total
from monitoring.analysis.intervals import NONE, around, ratio_contributions

from .result import Block, Result, Value
from .rule import Rule
from .slice import ZERO_DENOMINATOR, Slice


def compute(s: Slice) -> Result:
    main = change(s)
    others = {"median": median_change(s), "excluded": s.of_panel(Decimal(s.zero_at_base))}
    return Result(main, others, s.panel(lambda: block(s, main)))


def change(s: Slice) -> Value:
    """Percent by which the sum over P grew."""
    why = s.panel_refusal()
    if why:
        return s.of_panel(None, why)
    now, before = [pair.x for pair in s.pairs], [pair.x0 for pair in s.pairs]
    above, below = total(now), total(before)
    if not below:
        return s.of_panel(None, ZERO_DENOMINATOR)._replace(numerator=above, denominator=below)
    value = HUNDRED * (above / below - 1)
    interval = NONE
    if s.pair_clusters is not None:
        interval = around(value, ratio_contributions(s.pair_clusters, now, before), HUNDRED)
    return s.of_panel(value)._replace(numerator=above, denominator=below, interval=interval)


def median_change(s: Slice) -> Value:
    """The middle of the changes of the units, of those whose baseline is above 0."""
    why = s.panel_refusal()
    changes = [] if why else [HUNDRED * (pair.x / pair.x0 - 1) for pair in s.pairs if pair.x0 > 0]
    return s.of_panel(middle(changes)) if changes else s.of_panel(None, why or ZERO_DENOMINATOR)


def block(s: Slice, main: Value) -> Block:
    """What the main value compares; with a sum of 0 at baseline the change alone is undefined."""
    before, now = total(pair.x0 for pair in s.pairs), total(pair.x for pair in s.pairs)
    return s.block(before, now, main.value, main.interval, main.reason)


RULE = Rule(
    name="panel_change_pct",
    title=_("Change of the panel in percent"),
    description=_(
        "The sum now over the sum at the baseline of the same units, less one, at constant "
        "prices. Closed firms count zero."
    ),
    formula="100 × (Σ x₁ / Σ x₀ − 1)",
    meaning=__doc__,
    compute=compute,
    measures=("median", "excluded"),
    over="P",
    is_change=True,
    works_out="growth",
    lost_as="amount",
)
