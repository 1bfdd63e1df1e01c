"""What a correction would make of the observations in force: which attributes can be corrected, to
which values, and the next version of each row.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from monitoring.choices import Level, MembershipState
from monitoring.models import Observation, Round
from monitoring.record.observations import attributes
from monitoring.sheet.units import LATE_AFTER_MONTHS, REGIONAL, UnitNetwork
from monitoring.sheet.units_of_record import networks_of
from pip_network.web.days import months_after
from pip_network.web.errors import Invalid
from projects.choices import OwnerSex, Sector, Typology
from projects.models import Country, Project

SIZES = ("micro", "small", "medium", "large", "unknown")
CODES: dict[str, Sequence[str]] = {
    "sector": Sector.values,
    "owner_sex": OwnerSex.values,
    "size": SIZES,
    "membership": MembershipState.values,
    "typology": Typology.values,
}
DATES = ("joined_on", "constituted_on", "captured_on")
# By the level of the unit. The others are no attributes of it, or follow from these.
CORRECTABLE: dict[str, tuple[str, ...]] = {
    Level.FIRM: (
        "country",
        "sector",
        "size",
        "owner_sex",
        "membership",
        "joined_on",
        "captured_on",
    ),
    Level.NETWORK: ("country", "sector", "typology", "constituted_on", "captured_on"),
    Level.PROJECT: ("country", "sector", "captured_on"),
}
LEVELS = {"F": Level.FIRM, "N": Level.NETWORK, "P": Level.PROJECT}


class ObservationChange(NamedTuple):
    """One attribute of one subject: of its regular observation of the round, of its baseline, or
    (kind empty) of both.

    `typology` and `constituted_on` of a network change it wherever the round names that network: in
    its firms' and its project's rows too.
    """

    subject: str
    field: str
    value: Any
    kind: str = ""


class FrozenObservation(NamedTuple):
    """An observation with its networks."""

    row: Observation
    networks: tuple[UnitNetwork, ...]


class NextVersion(NamedTuple):
    """What is in force, and what would be."""

    before: FrozenObservation
    after: FrozenObservation


def next_versions(
    project: Project, round: Round, changes: Sequence[ObservationChange], *, onwards: bool = False
) -> list[NextVersion]:
    """What the changes would replace, by round and subject; empty when the record says so already.

    Raises Invalid (place: subject and field) for what cannot be corrected.
    """
    if not changes:
        raise Invalid(_("Nothing to correct was given."))
    values = {change: checked(change) for change in changes}
    rows = _in_force(project, round, onwards)
    _require_observed(changes, rows)
    versions = []
    for before in frozen_observations(rows):
        kind = before.row.kind
        after = _corrected(before, {c: values[c] for c in changes if c.kind in ("", kind)})
        if content(after) != content(before):
            versions.append(NextVersion(before, after))
    return versions


def frozen_observations(rows: Collection[Observation]) -> list[FrozenObservation]:
    """The rows in their order, each with its networks."""
    networks = networks_of(rows)
    return [FrozenObservation(row, networks.get(row.pk, ())) for row in rows]


def content(observation: FrozenObservation) -> tuple:
    """All that an observation says, to be compared."""
    return attributes(observation.row), observation.networks


def _in_force(project: Project, round: Round, onwards: bool) -> list[Observation]:
    rows = Observation.objects.live().filter(project=project, **rounds_from(round, onwards))
    rows = rows.select_related("firm", "network", "project")
    return sorted(rows, key=lambda row: (row.round_id, row.subject, row.kind))


def rounds_from(round: Round, onwards: bool) -> dict[str, str]:
    """The filter for rows of a round, or (`onwards`) also of those after it."""
    return {"round__gte": round.code} if onwards else {"round": round.code}


def _require_observed(changes: Iterable[ObservationChange], rows: Iterable[Observation]) -> None:
    observed = {(row.subject, kind) for row in rows for kind in (row.kind, "")}
    for change in changes:
        if (change.subject, change.kind) not in observed:
            place = f"{change.subject} {change.field}"
            raise Invalid(_("This unit was not observed in that round."), place=place)


def versions_of(row: Observation) -> QuerySet[Observation]:
    """Every version of an observation, the one in force and those it replaced."""
    return Observation.objects.filter(
        project=row.project_id, subject=row.subject, round=row.round_id, kind=row.kind
    )


def values_of(field: str) -> list[str]:
    """The codes that an attribute may have; none for a day."""
    if field == "country":
        return [REGIONAL, *Country.objects.order_by("iso2").values_list("iso2", flat=True)]
    return list(CODES.get(field, ()))


def checked(change: ObservationChange) -> Any:
    """The value of a change as an observation holds it. Raises Invalid (place: subject, field)."""
    place = f"{change.subject} {change.field}"
    if change.field not in CORRECTABLE.get(LEVELS.get(change.subject[:1], ""), ()):
        raise Invalid(_("This attribute cannot be corrected here."), place=place)
    if change.field in DATES:
        if not isinstance(change.value, dt.date):
            raise Invalid(_("Give a date."), place=place)
        return change.value
    if change.value not in values_of(change.field):
        raise Invalid(_("This value is not known."), place=place)
    return str(change.value)


def _corrected(
    before: FrozenObservation, changes: Mapping[ObservationChange, Any]
) -> FrozenObservation:
    """The next version of an observation, its attributes and networks corrected."""
    row, networks = before
    columns = [field for field in Observation._meta.concrete_fields if not field.primary_key]
    corrected = Observation(**{field.attname: getattr(row, field.attname) for field in columns})
    corrected.superseded_in_id = None
    for change, value in changes.items():
        if change.subject == row.subject and change.field != "typology":
            setattr(corrected, change.field, value)
            if change.field == "constituted_on":
                corrected.joined_on = value
        networks = tuple(_tie(tie, change, value) for tie in networks)
    began = corrected.constituted_on if corrected.level == Level.NETWORK else corrected.joined_on
    if corrected.captured_on and began:
        corrected.reconstructed = corrected.captured_on > months_after(began, LATE_AFTER_MONTHS)
    return FrozenObservation(corrected, networks)


def _tie(tie: UnitNetwork, change: ObservationChange, value: Any) -> UnitNetwork:
    if change.subject != f"N:{tie.code}" or change.field not in ("typology", "constituted_on"):
        return tie
    return tie._replace(**{change.field: value})
