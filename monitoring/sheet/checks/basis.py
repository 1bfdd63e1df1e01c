"""What a warning stands on: the value, the check and what the check compared.

An explanation answers a warning as long as its basis is the same (docs/record.md).
"""

import hashlib
import json
from decimal import Decimal
from typing import Any

from monitoring.definitions.reading import CheckRule
from monitoring.numbers import plain
from monitoring.sheet.cells import CellKey

from .data import UnitCells
from .kinds import KINDS

# The parameters of a check; its words and its place in the catalogue are none.
PARAMETERS = (
    "code",
    "severity",
    "level",
    "kind",
    "left",
    "operator",
    "right",
    "factor",
    "low",
    "high",
    "then_left",
    "then_operator",
    "then_value",
    "scale",
    "when",
)


def basis_of(rule: CheckRule, cells: UnitCells) -> str:
    """Of a check that these cells do not pass."""
    compared: list[Any] = []
    KINDS[rule.kind](rule, cells._replace(compared=compared))
    value = cells.data.values.get(CellKey(cells.unit.subject, cells.kind, rule.left))
    return _digest([getattr(rule.check, name) for name in PARAMETERS], value, compared)


def basis_of_value(value: Decimal | None, missing: str) -> str:
    """Of words that answer no check: the value alone."""
    return _digest(value, missing)


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, default=plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
