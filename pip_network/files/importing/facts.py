"""Tables of reference facts: saved through the one action for them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pip_network.administration import facts
from pip_network.models import User

from .plan import PlannedRow
from .resource import TableResource


class FactResource(TableResource):
    """New lines are added and others corrected; `given` is what every new row has besides."""

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None:
                facts.add_fact(row=self.model(**{**self.given(), **row.values}), by=by, at=at)
            else:
                changes = {name: new for name, (_old, new) in row.changes.items()}
                facts.correct_fact(row=row.instance, by=by, at=at, **changes)

    def given(self) -> dict[str, Any]:
        """Fields of a new row that no column gives."""
        return {}
