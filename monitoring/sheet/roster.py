"""Who is asked: the units of a submission, as the registry says at the close of its round.

Once a round is approved its units are those that the record knows, with what was frozen then:
joining, leaving or closing that becomes known later changes no approved round.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import Max, Min

from monitoring.choices import Kind, Level, MembershipState, Status
from monitoring.definitions.reading import Definitions, definitions
from monitoring.models import EntryChange, Observation, ObservationNetwork, Round, Submission
from pip_network.web.days import day_of, months_after
from projects.choices import OwnerSex, Sector
from projects.models import Firm, Membership, Network, Project

REGIONAL = "regional"
UNKNOWN = "unknown"
LATE_AFTER_MONTHS = 6


class UnitNetwork(NamedTuple):
    """A network of a unit.

    The first joined has position 1; a network's own row has its constitution as joining.
    """

    code: str
    typology: str
    constituted_on: dt.date
    joined_on: dt.date
    position: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One subject of a submission.

    `closed_on` of a network is the day of its dissolution; it stays `active`.
    """

    level: str
    subject: str
    code: str
    label: str
    state: str
    joined_on: dt.date | None
    constituted_on: dt.date | None
    networks: tuple[UnitNetwork, ...]
    country: str
    currency: str
    sector: str
    size: str
    owner_sex: str
    closed_on: dt.date | None
    registered_on: dt.date | None
    captured_on: dt.date | None = None
    needs_baseline: bool = False
    reconstructed: bool = False

    @property
    def typologies(self) -> frozenset[str]:
        return frozenset(network.typology for network in self.networks)

    @property
    def began_on(self) -> dt.date | None:
        """Joining of a firm, constitution of a network."""
        return self.constituted_on if self.level == Level.NETWORK else self.joined_on

    @property
    def scope_keys(self) -> set[str]:
        """Networks that this unit's cells stand under; the project's key is added by the
        submission.
        """
        return (
            {f"N:{network.code}" for network in self.networks}
            if self.level != Level.PROJECT
            else set()
        )

    def is_late(self, day: dt.date | None) -> bool:
        """Is `day` more than six months after the unit joined?"""
        return bool(day and self.began_on and day > months_after(self.began_on, LATE_AFTER_MONTHS))


@dataclass(frozen=True)
class Roster:
    """The units of one submission in order: project, networks by code, firms by name."""

    submission: Submission
    units: list[Unit]
    definitions: Definitions = field(repr=False)
    frozen: bool = False
    day: dt.date | None = None

    @property
    def project(self) -> Project:
        return self.submission.project

    @property
    def round(self) -> Round:
        return self.submission.round

    @cached_property
    def by_subject(self) -> dict[str, Unit]:
        return {unit.subject: unit for unit in self.units}

    @cached_property
    def _members(self) -> dict[str, list[Unit]]:
        members: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.level == Level.FIRM:
                for network in unit.networks:
                    members.setdefault(network.code, []).append(unit)
        return members

    def firms_of(self, network_code: str) -> list[Unit]:
        return self._members.get(network_code, [])


def load_roster(
    submission: Submission, *, subjects: Collection[str] | None = None, day: dt.date | None = None
) -> Roster:
    """Units of a submission; with `subjects`, only those and the networks of those firms.

    `day` is the day of asking: milestone questions of a baseline close six months after joining.
    """
    observed = _observed(submission, subjects)
    frozen = any(row.kind == Kind.REGULAR for row in observed)
    units = (
        _from_record(submission, observed)
        if frozen
        else _from_registry(submission, subjects, observed)
    )
    units = _with_baseline(
        submission,
        units,
        {row.subject: row for row in observed if row.kind == Kind.BASELINE},
        frozen,
    )
    order = {Level.PROJECT: 0, Level.NETWORK: 1, Level.FIRM: 2}
    units.sort(
        key=lambda u: (
            order[Level(u.level)],
            u.label.casefold() if u.level == Level.FIRM else "",
            u.code,
        )
    )
    return Roster(submission, units, definitions(submission.catalogue_id), frozen, day)


def _observed(submission: Submission, subjects: Collection[str] | None) -> list[Observation]:
    """Live observations of the project: the regular ones of this round and all baselines."""
    live = Observation.objects.live().filter(project_id=submission.project_id)
    if subjects is not None:
        live = live.filter(subject__in=subjects)
    never_approved = submission.revision == 1 and submission.status != Status.APPROVED
    baselines = live.filter(kind=Kind.BASELINE)
    if never_approved:
        return list(baselines)
    return list(
        (baselines | live.filter(kind=Kind.REGULAR, round_id=submission.round_id)).order_by("id")
    )


# --- from the registry


def _from_registry(
    submission: Submission, subjects: Collection[str] | None, observed: list[Observation]
) -> list[Unit]:
    project, ends_on = submission.project, submission.round.ends_on
    observed_subjects = {row.subject for row in observed}
    units: list[Unit] = []
    firm_codes = None if subjects is None else {s[2:] for s in subjects if s.startswith("F:")}
    if firm_codes is None or firm_codes:
        memberships = Membership.objects.ever_in(project.code, ends_on).select_related(
            "firm__country", "network"
        )
        if firm_codes is not None:
            memberships = memberships.filter(firm_id__in=firm_codes)
        units += _firm_units(
            memberships.order_by("joined_on", "network_id", "id"), ends_on, observed_subjects
        )
    if subjects is None or any(not s.startswith("F:") for s in subjects):
        units += _upper_units(project, ends_on, subjects, observed_subjects)
    return units


def _upper_units(
    project: Project,
    ends_on: dt.date,
    subjects: Collection[str] | None,
    observed_subjects: set[str],
) -> list[Unit]:
    networks = [
        network
        for network in Network.objects.filter(project=project, constituted_on__lte=ends_on)
        .select_related("country")
        .order_by("code")
        if network.archived_at is None or f"N:{network.code}" in observed_subjects
    ]
    units = [_network_unit(network) for network in networks]
    if subjects is None or f"P:{project.code}" in subjects:
        units.append(_project_unit(project, networks))
    return units if subjects is None else [unit for unit in units if unit.subject in subjects]


def _project_unit(project: Project, networks: list[Network]) -> Unit:
    countries = list(project.countries.values_list("iso2", flat=True))
    ordered = sorted(networks, key=lambda n: (n.constituted_on, n.code))
    return Unit(
        level=Level.PROJECT,
        subject=f"P:{project.code}",
        code=project.code,
        label=project.name,
        state=MembershipState.ACTIVE,
        joined_on=None,
        constituted_on=None,
        networks=tuple(
            UnitNetwork(n.code, n.typology, n.constituted_on, n.constituted_on, i)
            for i, n in enumerate(ordered, 1)
        ),
        country=countries[0] if len(countries) == 1 else REGIONAL if countries else UNKNOWN,
        currency="USD",
        sector=UNKNOWN,
        size=UNKNOWN,
        owner_sex=UNKNOWN,
        closed_on=None,
        registered_on=project.starts_on,
    )


def _network_unit(network: Network) -> Unit:
    return Unit(
        level=Level.NETWORK,
        subject=f"N:{network.code}",
        code=network.code,
        label=network.name,
        state=MembershipState.ACTIVE,
        joined_on=network.constituted_on,
        constituted_on=network.constituted_on,
        networks=(
            UnitNetwork(
                network.code, network.typology, network.constituted_on, network.constituted_on, 1
            ),
        ),
        country=network.country_id,
        currency=network.country.currency,
        sector=network.sector,
        size=UNKNOWN,
        owner_sex=UNKNOWN,
        closed_on=network.dissolved_on,
        registered_on=network.registered_on,
    )


def _firm_units(memberships, ends_on: dt.date, observed_subjects: set[str]) -> list[Unit]:
    by_firm: dict[str, list[Membership]] = {}
    for membership in memberships:
        by_firm.setdefault(membership.firm_id, []).append(membership)
    return [
        _firm_unit(rows[0].firm, rows, ends_on)
        for code, rows in by_firm.items()
        if rows[0].firm.archived_at is None or f"F:{code}" in observed_subjects
    ]


def _firm_unit(firm: Firm, memberships: list[Membership], ends_on: dt.date) -> Unit:
    closed_on = firm.closed_on if firm.closed_on is not None and firm.closed_on <= ends_on else None
    current = [m for m in memberships if m.left_on is None or m.left_on > ends_on]
    if closed_on is not None:
        state = MembershipState.CLOSED
        current = [
            m for m in memberships if m.left_on is None or m.left_on >= closed_on
        ] or memberships
    elif current:
        state = MembershipState.ACTIVE
    else:
        state, current = MembershipState.LEFT, memberships
    return Unit(
        level=Level.FIRM,
        subject=f"F:{firm.code}",
        code=firm.code,
        label=firm.name or firm.code,
        state=state,
        joined_on=memberships[0].joined_on,
        constituted_on=None,
        networks=_networks_joined(current),
        country=firm.country_id,
        currency=firm.country.currency,
        sector=firm.sector or Sector.UNKNOWN,
        size=UNKNOWN,
        owner_sex=firm.owner_sex or OwnerSex.UNKNOWN,
        closed_on=closed_on,
        registered_on=firm.registered_on,
    )


def _networks_joined(memberships: list[Membership]) -> tuple[UnitNetwork, ...]:
    """Each network once, with its first joining; `memberships` come in order of joining."""
    first: dict[str, Membership] = {}
    for membership in memberships:
        first.setdefault(membership.network_id, membership)
    return tuple(
        UnitNetwork(
            m.network_id, m.network.typology, m.network.constituted_on, m.joined_on, position
        )
        for position, m in enumerate(first.values(), 1)
    )


# --- from the record


def _from_record(submission: Submission, observed: list[Observation]) -> list[Unit]:
    rows = [row for row in observed if row.kind == Kind.REGULAR]
    networks = networks_of(rows)
    firms = Firm.objects.in_bulk([row.firm_id for row in rows if row.firm_id])
    own = Network.objects.in_bulk([row.network_id for row in rows if row.network_id])
    return [
        _unit_from_record(
            row,
            networks.get(row.pk, ()),
            firms.get(row.firm_id),
            own.get(row.network_id),
            submission,
        )
        for row in rows
    ]


def networks_of(rows: Collection[Observation]) -> dict[int, tuple[UnitNetwork, ...]]:
    """The networks of observations in order of position, by the key of the observation."""
    networks: dict[int, tuple[UnitNetwork, ...]] = {}
    for tie in ObservationNetwork.objects.filter(observation__in=[row.pk for row in rows]).order_by(
        "observation_id", "position"
    ):
        network = UnitNetwork(
            tie.network_id, tie.typology, tie.constituted_on, tie.joined_on, tie.position
        )
        networks[tie.observation_id] = (*networks.get(tie.observation_id, ()), network)
    return networks


def _unit_from_record(
    row: Observation,
    networks: tuple[UnitNetwork, ...],
    firm: Firm | None,
    network: Network | None,
    submission: Submission,
) -> Unit:
    closed_on: dt.date | None = None
    if firm is not None:
        label, registered_on = firm.name or firm.code, firm.registered_on
        if row.membership == MembershipState.CLOSED:
            closed_on = firm.closed_on or submission.round.starts_on
    elif network is not None:
        label, registered_on, closed_on = network.name, network.registered_on, network.dissolved_on
    else:
        label, registered_on = submission.project.name, submission.project.starts_on
    return Unit(
        level=row.level,
        subject=row.subject,
        code=row.subject[2:],
        label=label,
        state=row.membership,
        joined_on=row.joined_on,
        constituted_on=row.constituted_on,
        networks=networks,
        country=row.country,
        currency=row.currency,
        sector=row.sector,
        size=row.size,
        owner_sex=row.owner_sex,
        closed_on=closed_on,
        registered_on=registered_on,
        captured_on=row.captured_on,
        reconstructed=row.reconstructed,
    )


# --- baselines


def _with_baseline(
    submission: Submission, units: list[Unit], baselines: dict[str, Observation], frozen: bool
) -> list[Unit]:
    """Where each baseline is asked, and what is known of its capture.

    It belongs to the first submission in which the unit appears: an earlier one of the project that
    was never approved comes first.
    """
    without = [
        unit for unit in units if unit.level != Level.PROJECT and unit.subject not in baselines
    ]
    earlier = _earlier_unapproved(submission) if without and not frozen else None
    needing = {
        unit.subject
        for unit in units
        if (row := baselines.get(unit.subject)) is not None and row.round_id == submission.round_id
    } | {
        unit.subject
        for unit in without
        if not frozen and not (earlier and unit.began_on and unit.began_on <= earlier)
    }
    captured = _captured(submission, needing) if needing else {}
    return [
        _one_with_baseline(unit, baselines.get(unit.subject), unit.subject in needing, captured)
        for unit in units
    ]


def _one_with_baseline(
    unit: Unit, row: Observation | None, needs_baseline: bool, captured: dict[str, dt.date]
) -> Unit:
    if needs_baseline:
        day = captured.get(unit.subject) or (row.captured_on if row else None)
        size = row.size if row is not None and unit.size == UNKNOWN else unit.size
        return replace(
            unit, needs_baseline=True, captured_on=day, reconstructed=unit.is_late(day), size=size
        )
    if row is None:
        return unit
    return replace(
        unit,
        captured_on=unit.captured_on or row.captured_on,
        reconstructed=unit.reconstructed or row.reconstructed,
        size=row.size if unit.size == UNKNOWN else unit.size,
    )


def _earlier_unapproved(submission: Submission) -> dt.date | None:
    """Last day of the latest earlier round whose submission exists and was never approved."""
    return (
        Submission.objects.filter(
            project_id=submission.project_id, round_id__lt=submission.round_id, revision=1
        )
        .exclude(status=Status.APPROVED)
        .aggregate(last=Max("round__ends_on"))["last"]
    )


def _captured(submission: Submission, subjects: set[str]) -> dict[str, dt.date]:
    """Day of each unit's first baseline value in this submission."""
    changes = EntryChange.objects.filter(
        submission=submission, kind=Kind.BASELINE, new_value__isnull=False
    )
    if len(subjects) <= 5:
        changes = changes.filter(subject__in=subjects)
    first_changes = (
        changes.order_by()
        .values("subject")
        .annotate(first=Min("at"))
        .values_list("subject", "first")
    )
    return {subject: day_of(at) for subject, at in first_changes}
