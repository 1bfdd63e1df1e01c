"""Amounts in local currency made comparable: current or constant prices, US$ or local (rules.md,
Money).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .periods import last_closed_year

LOCAL = "local"  # amounts stay in the currency in which they were entered
NO_RATE = Decimal("NaN")  # an amount that is known but cannot be converted; it never reaches a sum


class Rate(NamedTuple):
    """usd_rate: local units per US$ 1, average of the period; cpi: index, 2000 = 100."""

    currency: str
    period: str
    usd_rate: Decimal | None
    cpi: Decimal | None
    approved_in: int = 0


@dataclass
class Converter:
    """Converts amounts for one report.

    Current prices: value / usd_rate(period). Constant: value x cpi(T) / cpi(period) / usd_rate(T),
    T the last calendar year ended at the close of the report's round. `local` omits the division by
    usd_rate. Returns NO_RATE where a rate that is needed is missing.
    """

    rates: Iterable[Rate]
    round: str
    prices: str
    currency: str
    _table: dict[tuple[str, str], Rate] = field(init=False, repr=False)
    _factors: dict[tuple[str, str], tuple[Decimal, ...] | None] = field(
        init=False, default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        self._table = {(rate.currency, rate.period): rate for rate in self.rates}

    def at(self, prices: str) -> "Converter":
        """The same converter with other prices."""
        if prices == self.prices:
            return self
        return Converter(self._table.values(), self.round, prices, self.currency)

    def __call__(self, value: Decimal, currency: str, period: str) -> Decimal:
        key = (currency, period)
        if key not in self._factors:
            self._factors[key] = self._steps(currency, period)
        steps = self._factors[key]
        if steps is None:
            return NO_RATE
        if len(steps) == 1:
            return value / steps[0]
        if len(steps) == 2:
            return value * steps[0] / steps[1]
        if len(steps) == 3:
            return value * steps[0] / steps[1] / steps[2]
        return value

    def _steps(self, currency: str, period: str) -> tuple[Decimal, ...] | None:
        """() value as it is; (rate,); (cpi of T, cpi of the period); (both, rate of T).

        None: something is missing.
        """
        rate = self._table.get((currency, period))
        if self.prices == "current":
            if self.currency == LOCAL:
                return ()
            return (rate.usd_rate,) if rate and rate.usd_rate else None
        year_rate = self._table.get((currency, last_closed_year(self.round)))
        if not (rate and rate.cpi and year_rate and year_rate.cpi):
            return None
        if self.currency == LOCAL:
            return (year_rate.cpi, rate.cpi)
        return (year_rate.cpi, rate.cpi, year_rate.usd_rate) if year_rate.usd_rate else None
