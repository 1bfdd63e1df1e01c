"""Exact arithmetic of every figure: Decimal, 50 digits inside, 6 decimals half-even when published."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
HALF = Decimal("0.5")
PUBLISHED = Decimal("0.000001")
FIFTY_DIGITS = Context(prec=50, rounding=ROUND_HALF_EVEN)


def exact() -> AbstractContextManager[Context]:
    """The arithmetic context of the rules, whatever the caller's own is."""
    return localcontext(FIFTY_DIGITS)


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum; 0 of nothing."""
    return sum(values, ZERO)


def publish(value: Decimal | int | None) -> str | None:
    """Round half-even to 6 decimals, plain notation, no trailing zeros, no negative zero; None
    stays None.
    """
    if value is None:
        return None
    text = (
        format(Decimal(value).quantize(PUBLISHED, context=FIFTY_DIGITS), "f")
        .rstrip("0")
        .rstrip(".")
    )
    return "0" if text in ("-0", "") else text


def quantile(ordered: Sequence[Decimal], numerator: int, denominator: int) -> Decimal:
    """Quantile p = numerator/denominator of n > 0 ordered values, as in the rules.

    j = np; if whole, the mean of x(j) and x(j+1), else x(ceil j). The two ends of the mean are
    compared first: halving the sum of two equal numbers of 50 digits may differ from them in the
    last digit.
    """
    whole, rest = divmod(len(ordered) * numerator, denominator)
    if rest:
        return ordered[whole]
    low, high = ordered[whole - 1], ordered[whole]
    return low if low == high else (low + high) / 2


def median(ordered: Sequence[Decimal]) -> Decimal:
    """Of values in ascending order."""
    return quantile(ordered, 1, 2)


def middle(values: Sequence[Decimal]) -> Decimal:
    """The median of values in any order."""
    return median(sorted(values))


def flags(values: Sequence[Decimal]) -> list[Decimal]:
    """1 for each value above 0, else 0."""
    return [ONE if value > 0 else ZERO for value in values]
