"""What one project's firms and networks gave themselves, as of an approval: their own values, round by
round, beside their baselines. Read once for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitoring.analysis.arithmetic import exact, publish
from monitoring.analysis.catalogue import Catalogue
from monitoring.analysis.catalogue_rows import MONEY, Variable
from monitoring.analysis.from_database import DatabaseSource
from monitoring.analysis.money import Converter
from monitoring.analysis.periods import annual_round, first_day, last_day
from monitoring.analysis.record import Cell, Record
from monitoring.analysis.sources import BASELINE, Observation, Source

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Value:
    """One approved cell: the amount in its own currency, or why there is none."""

    period: str
    amount: Decimal | None
    missing: str = ""
    currency: str = ""
    catalogue: str = ""


@dataclass(frozen=True)
class Change:
    """Since the baseline: a difference, or of money a percentage at constant prices; else why not
    (`no_baseline`, `not_yet`, `no_value`, `zero_base`, `no_rate`, `definition_changed`).
    """

    value: str | None = None
    reason: str = ""


class Own:
    """The record of one project, as its firms and networks are told of it."""

    def __init__(
        self,
        project: str,
        catalogue: Catalogue,
        variables: Sequence[Variable],
        as_of: int,
        source: Source | None = None,
    ) -> None:
        self.project, self.catalogue, self.as_of = project, catalogue, as_of
        source = source or DatabaseSource(as_of, project=project)
        self.record = Record.load(source)
        codes = [variable.code for variable in variables]
        self.cells = self.record.cells(source, codes, None)
        self.rounds = sorted({code for _level, code in self.record.regular})
        self.round = self.rounds[-1] if self.rounds else ""
        self.at = annual_round(self.round) if self.round else ""
        self.constant = Converter(self.record.rates, self.at, "constant", "USD")
        self.dollars = Converter(self.record.rates, self.at, "current", "USD")

    def observed(self, subject: str) -> Observation | None:
        """As the newest round saw it."""
        unit = self.record.unit_of.get((self.project, subject))
        if unit is None:
            return None
        level = "firm" if subject.startswith("F:") else "network"
        return next(
            (
                self.record.regular[level, code][unit]
                for code in reversed(self.rounds)
                if unit in self.record.regular.get((level, code), {})
            ),
            None,
        )

    def at_year(self, subject: str, level: str) -> Observation | None:
        """As the round of the year saw it, which is what its groups are."""
        unit = self.record.unit_of.get((self.project, subject))
        return None if unit is None else self.record.regular.get((level, self.at), {}).get(unit)

    def baseline_of(self, subject: str) -> Observation | None:
        unit = self.record.unit_of.get((self.project, subject))
        level = "firm" if subject.startswith("F:") else "network"
        return None if unit is None else self.record.baseline[level].get(unit)

    def baseline(self, subject: str, variable: str) -> Value | None:
        return self._value(subject, variable, BASELINE)

    def values(self, subject: str, variable: str) -> list[Value]:
        """Of each round that asked it, in order."""
        found = (self._value(subject, variable, code) for code in self.rounds)
        return [value for value in found if value is not None]

    def _value(self, subject: str, variable: str, at: str) -> Value | None:
        unit = self.record.unit_of.get((self.project, subject))
        cell: Cell | None = (
            self.cells.get((variable, at), {}).get(unit) if unit is not None else None
        )
        if cell is None:
            return None
        amount, missing, period, currency, catalogue, *_rest = cell
        return Value(period, amount, missing or "", currency or "", str(catalogue))

    def in_dollars(self, value: Value) -> str | None:
        """At the rate of its own period, as groups are told; None where there is no rate."""
        if value.amount is None:
            return None
        with exact():
            converted = self.dollars(value.amount, value.currency, value.period)
            return None if converted.is_nan() else publish(converted)

    def change(self, variable: Variable, base: Value | None, now: Value | None) -> Change:
        """On one firm, what the rules of the panel say of all of them together."""
        if now is None or now.amount is None:
            return Change(reason="no_value")
        if base is None or base.amount is None:
            return Change(reason="no_baseline")
        if last_day(base.period) >= first_day(now.period):
            return Change(reason="not_yet")
        if base.catalogue != now.catalogue:
            return Change(reason="definition_changed")
        with exact():
            if variable.unit != MONEY:
                return Change(publish(now.amount - base.amount))
            if base.amount == 0:
                return Change("0") if now.amount == 0 else Change(reason="zero_base")
            earlier = self.constant(base.amount, base.currency, base.period)
            later = self.constant(now.amount, now.currency, now.period)
            if earlier.is_nan() or later.is_nan():
                return Change(reason="no_rate")
            return Change(publish(HUNDRED * (later / earlier - 1)))
