"""`survival`: 100 x units with a baseline and operating = 1 at t / units with a baseline and
operating known at t.

Unit: percent. n: operating known; eligible: units with a baseline observation. Undefined when none
is known. Grouped by the unit's group at baseline. Over groups: add the counts. Over time: never.
Panel: baseline = 100, value = the main value, change = value - 100, linearised (u_i(base) = 0).
Interval of the value: Wilson with effective n. Other measures: `bound_low`, all unknown taken as
closed. Source: docs/rules.md, The rules.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import HUNDRED, ONE, ZERO, total
from monitoring.analysis.catalogue_rows import Indicator
from monitoring.analysis.intervals import NONE, around, mean_contributions

from .result import Answer, Block, Reading, Result, Value
from .rule import ANSWERS, Rule
from .share_positive import share
from .slice import Slice


def read(numerator: Reading, denominator: Reading, indicator: Indicator) -> Answer | str | None:
    return (ONE if numerator == 1 else ZERO, ONE) if isinstance(numerator, Decimal) else numerator


def compute(s: Slice) -> Result:
    low = Value(None, s.n, s.eligible, "no_data")
    if s.eligible:
        low = Value(HUNDRED * total(s.xs) / s.eligible, s.n, s.eligible)
    main = share(s)
    return Result(main, {"bound_low": low}, s.panel(lambda: since_baseline(s)))


def since_baseline(s: Slice) -> Block:
    """From 100 percent at the baseline to those that still operate."""
    value = HUNDRED * total(s.xs) / s.n
    change = value - HUNDRED
    interval = NONE
    if s.pair_clusters is not None:
        interval = around(change, mean_contributions(s.pair_clusters, s.xs), HUNDRED)
    return s.block(HUNDRED, value, change, interval)


RULE = Rule(
    name="survival",
    title=_("Survival"),
    description=_(
        "Of the units with a baseline, those that still operate. Those that left without data are "
        "unknown, never counted as closed."
    ),
    formula="100 × #{o = 1} / #{o}",
    letters=("o", ""),
    meaning=__doc__,
    compute=compute,
    measures=("bound_low",),
    read=read,
    yes_no=True,
    converts=False,
    over="baseline",
    percent=True,
    lost_as="share",
    gives_away=ANSWERS,
)
