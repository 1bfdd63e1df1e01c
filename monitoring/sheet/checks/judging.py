"""Which values the checks of kind `jump` and `outlier` were evaluated on, passed or not."""

from collections.abc import Iterator

from monitoring.choices import Kind
from monitoring.sheet.cells import CellKey

from .data import SheetData, UnitCells
from .kinds import JUDGED


def evaluated(data: SheetData) -> Iterator[tuple[CellKey, str]]:
    """Cell and check, in the order of the units, then of the catalogue; regular cells alone: the
    others have no time before.
    """
    second = data.roster.round.half == 2
    rules = [
        rule
        for rule in data.roster.definitions.rules
        if rule.kind in JUDGED and (second or rule.when != "S2")
    ]
    for unit in data.roster.units:
        cells = UnitCells(data, unit, Kind.REGULAR.value)
        for rule in rules:
            key = CellKey(unit.subject, Kind.REGULAR.value, rule.left)
            if rule.level != unit.level or key not in data.asked:
                continue
            if JUDGED[rule.kind](rule, cells) is not None:
                yield key, rule.code
