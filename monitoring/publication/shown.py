"""What the public sees now, read back as it was published."""

import datetime as dt
from dataclasses import dataclass

from monitoring.analysis import Figure
from monitoring.models import Publication
from monitoring.reports.material import Figures


@dataclass(frozen=True)
class Shown:
    """The public figures of the newest round that is published."""

    round: str
    as_of: int
    at: dt.datetime
    catalogue: int
    figures: Figures


def shown() -> Shown | None:
    """None while nothing is published. One query, whatever has been approved since."""
    row = Publication.objects.in_force().first()
    if row is None:
        return None
    figures = Figures(Figure.from_dict(stored) for stored in row.figures)
    return Shown(row.round_id, row.as_of_id, row.at, row.catalogue, figures)
