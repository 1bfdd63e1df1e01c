"""Reading the expressions of the catalogue from cells: a value, a missing code, or None (not asked
of the unit).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from monitoring.analysis.rules.result import Reading

from .arithmetic import ONE, ZERO
from .catalogue_rows import Expression
from .record import Cell
from .sources import NOT_APPLICABLE

Column = Mapping[int, Reading]  # by unit
Convert = Callable[[Decimal, str, str], Decimal]


def column(cells: Mapping[int, Cell], convert: Convert | None) -> dict[int, Reading]:
    """One variable: its value (converted), its missing code; `not_applicable` is None."""
    if convert is None:
        return {
            unit: value if value is not None else None if missing == NOT_APPLICABLE else missing
            for unit, (value, missing, *_) in cells.items()
        }
    return {
        unit: convert(value, currency, period)
        if value is not None
        else None
        if missing == NOT_APPLICABLE
        else missing
        for unit, (value, missing, period, currency, *_) in cells.items()
    }


def amounts(expression: Expression, columns: Sequence[Column]) -> Column:
    """The sum: missing if any part is; a part that does not apply counts 0 if another applies."""
    signs = [sign for sign, _ in expression.terms]
    if signs == [1]:
        return columns[0]
    return {
        unit: _amount(signs, [column.get(unit) for column in columns]) for unit in _units(columns)
    }


def positives(expression: Expression, columns: Sequence[Column]) -> Column:
    """1 if any known part is above 0, 0 if all are known and none is, otherwise missing."""
    if len(columns) == 1:
        return {
            unit: (ONE if part > 0 else ZERO) if isinstance(part, Decimal) else part
            for unit, part in columns[0].items()
        }
    return {unit: _positive([column.get(unit) for column in columns]) for unit in _units(columns)}


def _units(columns: Sequence[Column]) -> dict[int, None]:
    return dict.fromkeys(unit for column in columns for unit in column)


def _amount(signs: Sequence[int], parts: Sequence[Reading]) -> Reading:
    amount: Decimal | None = None
    for sign, part in zip(signs, parts, strict=True):
        if isinstance(part, str):
            return part
        if part is not None:
            amount = (amount or ZERO) + (part if sign > 0 else -part)
    return amount


def _positive(parts: Sequence[Reading]) -> Reading:
    missing: str | None = None
    is_asked = False
    for part in parts:
        if isinstance(part, str):
            missing = missing or part
        elif part is not None:
            if part > 0:
                return ONE
            is_asked = True
    return missing or (ZERO if is_asked else None)
