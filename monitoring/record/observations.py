"""Observations: the attributes of a unit that an approval freezes."""

from decimal import Decimal

from monitoring.choices import Kind, Level
from monitoring.models import Observation
from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import UNKNOWN, Unit, UnitNetwork
from monitoring.sheet.units_of_record import networks_of

FROZEN_ATTRIBUTES = (
    "membership",
    "country",
    "sector",
    "size",
    "owner_sex",
    "currency",
    "constituted_on",
    "joined_on",
    "captured_on",
    "reconstructed",
)


def live_observations(
    project: str, round: str
) -> dict[tuple[str, str], tuple[Observation, tuple, tuple[UnitNetwork, ...]]]:
    """What the record says of each subject of a round: by (subject, kind), the row, its attributes,
    its networks.
    """
    rows = list(
        Observation.objects.live().filter(project_id=project, round_id=round).order_by("id")
    )
    networks = networks_of(rows)
    return {
        (row.subject, row.kind): (row, attributes(row), networks.get(row.pk, ())) for row in rows
    }


def attributes(row: Observation) -> tuple:
    """The attributes that an observation freezes, in one order."""
    return tuple(getattr(row, name) for name in FROZEN_ATTRIBUTES)


def observation_of(sheet: Sheet, unit: Unit, kind: Kind) -> Observation:
    """The row of a unit, as it is frozen when this sheet is approved."""
    submission = sheet.submission
    return Observation(
        project_id=submission.project_id,
        level=unit.level,
        subject=unit.subject,
        firm_id=unit.code if unit.level == Level.FIRM else None,
        network_id=unit.code if unit.level == Level.NETWORK else None,
        kind=kind.value,
        round_id=submission.round_id,
        catalogue_id=submission.catalogue_id,
        membership=str(unit.state),
        country=unit.country,
        sector=unit.sector,
        size=_size(sheet, unit),
        owner_sex=unit.owner_sex,
        currency=unit.currency,
        constituted_on=unit.constituted_on,
        joined_on=unit.joined_on,
        captured_on=unit.captured_on,
        reconstructed=unit.reconstructed,
    )


def _size(sheet: Sheet, unit: Unit) -> str:
    """Size class of a firm, from the jobs of its baseline."""
    if unit.level != Level.FIRM or not unit.needs_baseline:
        return unit.size
    return size_class(sheet.data.values.get(CellKey(unit.subject, Kind.BASELINE.value, "jobs")))


def size_class(jobs: Decimal | None) -> str:
    """`micro small medium large`, or `unknown` without jobs."""
    if jobs is None:
        return UNKNOWN
    for name, below in (("micro", 10), ("small", 50), ("medium", 250)):
        if jobs < below:
            return name
    return "large"
