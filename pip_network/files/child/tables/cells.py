"""Cells as JSON holds them."""

import datetime as dt
import math
import re
from collections.abc import Sequence

from .answers import Cell, Faults, Limits

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
SHOWN = 40  # characters of a text that is refused


class Unreadable(Exception):
    """No rule can read the cell: which one refused it, and what it holds."""

    def __init__(self, rule: str, value: str) -> None:
        super().__init__(rule)
        self.rule, self.value = rule, value


class CellReader:
    """The cells of one sheet: what no rule can read becomes a fault and null."""

    def __init__(self, sheet: str, limits: Limits, faults: Faults) -> None:
        self.sheet, self.faults = sheet, faults
        self.longest = limits["cell_text"]

    def row(self, cells: Sequence[object], number: int) -> list[Cell]:
        """Row `number` counts from 1."""
        return [self.value(cell, number, column) for column, cell in enumerate(cells, 1)]

    def value(self, cell: object, row: int, column: int) -> Cell:
        try:
            return readable(cell, self.longest)
        except Unreadable as error:
            self.faults.add(self.sheet, row, column, error.rule, error.value)
            return None


def readable(cell: object, longest: int) -> Cell:
    """The cell as JSON holds it; raises Unreadable, also for text past `longest` characters."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        return _text(cell, longest)
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        if cell.time() == dt.time(0):
            return [cell.date().isoformat()]
        raise Unreadable("time", cell.isoformat(" "))
    if isinstance(cell, dt.date):
        return [cell.isoformat()]
    raise Unreadable("time", str(cell))


def _text(cell: str, longest: int) -> str | None:
    if len(cell) > longest:
        raise Unreadable("long", CONTROL.sub("?", cell[:SHOWN]))
    if CONTROL.search(cell):
        raise Unreadable("control", CONTROL.sub("?", cell[:SHOWN]))
    return cell.strip() or None


def _number(cell: float) -> float:
    if not math.isfinite(cell):
        raise Unreadable("number", str(cell))
    return int(cell) if cell == int(cell) and abs(cell) < 1e15 else cell
