"""What a check can see: the values of one submission, what was approved before, and what is usual
in the sector.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from django.utils.functional import Promise

from monitoring.choices import Kind
from monitoring.sheet.cells import Asked, CellKey
from monitoring.sheet.roster import Roster
from monitoring.sheet.units import Unit

Noted = TypeVar("Noted")


class Past(NamedTuple):
    """An approved cell of an earlier time: its value, or the reason why there was none; an amount
    with its currency.
    """

    value: Decimal | None
    missing: str
    period: str
    currency: str = ""


class Finding(NamedTuple):
    """A check that a cell does not pass: the cell of its left side.

    `place` says in words where: unit and variable; `basis` names what a warning stands on.
    """

    check: str
    severity: str
    cell: CellKey
    message: str | Promise
    place: str
    basis: str = ""


class Spread(NamedTuple):
    """Approved logarithms of one variable and sector: how many, their median, their median absolute
    deviation.
    """

    n: int
    median: Decimal
    deviation: Decimal


class Reference(NamedTuple):
    """What is usual, by (variable, sector), and US$ rates by (currency, period)."""

    spreads: dict[tuple[str, str], Spread]
    rates: dict[tuple[str, str], Decimal]


@dataclass
class SheetData:
    """Values of a submission by cell (written ones included; missing ones absent) and what they are
    compared with.
    """

    roster: Roster
    asked: dict[CellKey, Asked]
    values: dict[CellKey, Decimal]
    previous: dict[tuple[str, str], Past] = field(default_factory=dict)
    first_half: dict[tuple[str, str], Past] = field(default_factory=dict)
    baselines: dict[tuple[str, str], Past] = field(default_factory=dict)
    unchecked: set[CellKey] = field(default_factory=set)
    load_reference: Callable[[], Reference] | None = None
    _reference: Reference | None = None

    def currency(self, key: CellKey) -> str:
        """Of the amount in a cell; blank for what is no amount, or is not asked."""
        asked, unit = self.asked.get(key), self.roster.by_subject.get(key.subject)
        if asked is None or unit is None or not asked.variable.is_money:
            return ""
        return unit.currency_of(asked.period)

    @property
    def reference(self) -> Reference:
        """Loaded when the first value is to be judged by it."""
        if self._reference is None:
            self._reference = self.load_reference() if self.load_reference else Reference({}, {})
        return self._reference


class UnitCells(NamedTuple):
    """One unit's cells of one kind, as a check sees them.

    Whatever it compares it reads through them: `compared` collects it, where somebody asks.
    """

    data: SheetData
    unit: Unit
    kind: str
    compared: list[Any] | None = None

    def noted(self, value: Noted) -> Noted:
        """The same value, noted as compared."""
        if self.compared is not None:
            self.compared.append(value)
        return value

    def value(self, code: str) -> Decimal | None:
        """Value of a variable; None if missing, not asked, or written by a closing (such cells are
        not checked).
        """
        key = CellKey(self.unit.subject, self.kind, code)
        return self.noted(None if key in self.data.unchecked else self.data.values.get(key))

    def of(self, subject: str, code: str) -> Decimal | None:
        """Regular value of another unit; None if missing."""
        return self.noted(self.data.values.get(CellKey(subject, Kind.REGULAR.value, code)))

    def currency(self, code: str) -> str:
        """Of the amounts of a variable, in its own period; blank for what is no amount."""
        return self.data.currency(CellKey(self.unit.subject, self.kind, code))

    def currency_at(self, subject: str, code: str) -> str:
        """As `currency`, of the regular value of another unit."""
        return self.data.currency(CellKey(subject, Kind.REGULAR.value, code))

    def year(self, code: str) -> Decimal | None:
        """Sum of both semesters of the year (a first one that was not asked counts 0); None if
        either is missing, or is in another currency.
        """
        second = self.value(code)
        first = self.data.first_half.get((self.unit.subject, code))
        if second is None or (first is not None and first.value is None):
            return None
        if first is not None and first.currency != self.currency(code):
            return None
        return second + self.noted(
            first.value if first is not None and first.value is not None else Decimal(0)
        )

    def previous(self, code: str) -> Decimal | None:
        """The last approved value, else that of the baseline; None if there is neither."""
        past = self.data.previous.get((self.unit.subject, code))
        if past is not None and past.value is not None:
            return self.noted(past.value)
        own = self.data.values.get(CellKey(self.unit.subject, Kind.BASELINE.value, code))
        baseline = self.data.baselines.get((self.unit.subject, code))
        return self.noted(own if own is not None or baseline is None else baseline.value)

    def comparable(self, code: str) -> Decimal | None:
        """The previous value, if it is in the currency of the present one."""
        past = self.data.previous.get((self.unit.subject, code))
        if past is None or past.value is None:
            key = CellKey(self.unit.subject, Kind.BASELINE.value, code)
            baseline = self.data.baselines.get((self.unit.subject, code))
            before = (
                self.data.currency(key)
                if key in self.data.values or baseline is None
                else baseline.currency
            )
        else:
            before = past.currency
        return self.previous(code) if before == self.currency(code) else None
