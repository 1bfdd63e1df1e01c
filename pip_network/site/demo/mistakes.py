"""Cells that are first entered wrong, in the submissions that are returned."""

import random
from decimal import Decimal

from monitoring.choices import Kind
from monitoring.sheet.cells import CellKey
from monitoring.sheet.roster import Roster

from .schedule import Delivery

MISTAKEN = {1: "service_hours", 2: "sales"}  # the variable, by half of the year


class Mistakes:
    """Drawn once for each delivery: first entered too high, later corrected."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.cells: dict[tuple[str, str], frozenset[CellKey]] = {}

    def of(self, delivery: Delivery, roster: Roster) -> frozenset[CellKey]:
        """The cells that will be returned; none of a delivery that is not."""
        if delivery.returned is None:
            return frozenset()
        if delivery.key not in self.cells:
            self.cells[delivery.key] = self._draw(delivery, roster)
        return self.cells[delivery.key]

    def _draw(self, delivery: Delivery, roster: Roster) -> frozenset[CellKey]:
        rng = random.Random(f"{self.seed}:mistakes:{delivery.seed}")
        firms = sorted(
            unit.subject for unit in roster.units if unit.level == "firm" and unit.state == "active"
        )
        chosen = rng.sample(firms, min(len(firms), rng.randint(1, 3)))
        variable = MISTAKEN[delivery.half.half]
        return frozenset(CellKey(subject, Kind.REGULAR.value, variable) for subject in chosen)


def mistaken(value: Decimal) -> Decimal:
    """What is entered in the place of `value`."""
    return (value * Decimal("1.3")).quantize(Decimal(1)) + 1
