"""The units of a submission as the registry says at the close of its round."""

import datetime as dt
from collections.abc import Collection, Iterable

from monitoring.choices import Level, MembershipState
from monitoring.models import Submission
from monitoring.sheet.units import REGIONAL, UNKNOWN, Unit, UnitNetwork
from projects import semesters
from projects.choices import OwnerSex, Sector
from projects.models import Country, Firm, Membership, Network, Project


def units_of_registry(
    submission: Submission, subjects: Collection[str] | None, observed_subjects: set[str]
) -> list[Unit]:
    """Units of the project, as it stood on the last day of the round; with `subjects`, only those.

    What is archived stands only where it was observed.
    """
    project, ends_on = submission.project, submission.round.ends_on
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
    units = [
        _network_unit(network, semesters.starts(semesters.of(ends_on))) for network in networks
    ]
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


def dates_of(country: Country) -> tuple[tuple[str, str], ...]:
    return tuple((currency, since) for currency, since in country.currency_dates)


def _network_unit(network: Network, began_on: dt.date) -> Unit:
    """`began_on`: the first day of the round."""
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
        currency=network.country.currency_on(began_on),
        currency_dates=dates_of(network.country),
        sector=network.sector,
        size=UNKNOWN,
        owner_sex=UNKNOWN,
        closed_on=network.dissolved_on,
        registered_on=network.registered_on,
    )


def _firm_units(
    memberships: Iterable[Membership], ends_on: dt.date, observed_subjects: set[str]
) -> list[Unit]:
    by_firm: dict[str, list[Membership]] = {}
    for membership in memberships:
        archived = membership.firm.archived_at or membership.network.archived_at
        if archived and f"F:{membership.firm_id}" not in observed_subjects:
            continue
        by_firm.setdefault(membership.firm_id, []).append(membership)
    return [firm_unit(rows[0].firm, rows, ends_on) for rows in by_firm.values()]


def firm_unit(firm: Firm, memberships: list[Membership], ends_on: dt.date) -> Unit:
    """A firm as it stood on that day; `memberships`: all of the project by then, as they began."""
    closed_on = firm.closed_on if firm.closed_on is not None and firm.closed_on <= ends_on else None
    state, counted = _standing(memberships, ends_on, closed_on)
    return Unit(
        level=Level.FIRM,
        subject=f"F:{firm.code}",
        code=firm.code,
        label=firm.name or firm.code,
        state=state,
        joined_on=memberships[0].joined_on,
        constituted_on=None,
        networks=_networks_joined(counted),
        country=firm.country_id,
        currency=firm.country.currency_on(semesters.starts(semesters.of(ends_on))),
        currency_dates=dates_of(firm.country),
        sector=firm.sector or Sector.UNKNOWN,
        size=UNKNOWN,
        owner_sex=firm.owner_sex or OwnerSex.UNKNOWN,
        closed_on=closed_on,
        registered_on=firm.registered_on,
    )


def _standing(
    memberships: list[Membership], ends_on: dt.date, closed_on: dt.date | None
) -> tuple[MembershipState, list[Membership]]:
    """How a firm stands at the close of the round, and the memberships that say its networks: of a
    closed one those when it closed, of one that left all.
    """
    if closed_on is not None:
        at_closing = [m for m in memberships if m.lasts(closed_on)]
        return MembershipState.CLOSED, at_closing or memberships
    current = [m for m in memberships if m.lasts(ends_on)]
    if current:
        return MembershipState.ACTIVE, current
    return MembershipState.LEFT, memberships


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
