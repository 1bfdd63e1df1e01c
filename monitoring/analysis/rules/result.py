"""What a rule is given of each unit, and what it gives back: a Result."""

from decimal import Decimal
from typing import NamedTuple

from monitoring.analysis.intervals import NONE, Interval

Answer = tuple[Decimal, Decimal]  # x and its denominator (1 where the rule has none)
# A value, the reason why there is none, or None: not asked of this unit.
Reading = Decimal | str | None


class Pair(NamedTuple):
    """A unit of the panel: at t, and at its own baseline."""

    x: Decimal
    w: Decimal
    x0: Decimal
    w0: Decimal


class Value(NamedTuple):
    """One measure of a figure, unrounded. value None: undefined, and `reason` says why."""

    value: Decimal | None
    n: int | None = None
    eligible: int | None = None
    reason: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | int | None = None
    interval: Interval = NONE


class Block(NamedTuple):
    """Baseline and change on the panel, unrounded."""

    n: int
    eligible: int
    baseline: Decimal | None
    value: Decimal | None
    change: Decimal | None
    lost: dict[str, int]
    reason: str = ""
    interval: Interval = NONE


class Result(NamedTuple):
    """The main value of a figure, its other measures by name, and its panel."""

    main: Value
    others: dict[str, Value]
    panel: Block | None = None
