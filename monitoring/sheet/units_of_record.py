"""The units of an approved round: those that the record knows, with what was frozen then."""

import datetime as dt
from collections.abc import Collection

from monitoring.choices import Kind, MembershipState
from monitoring.models import Observation, ObservationNetwork, Submission
from monitoring.sheet.units import Unit, UnitNetwork
from monitoring.sheet.units_of_registry import dates_of
from projects.models import Country, Firm, Network


def units_of_record(submission: Submission, observed: Collection[Observation]) -> list[Unit]:
    """The units that the regular ones among these observations are about."""
    rows = [row for row in observed if row.kind == Kind.REGULAR]
    networks = networks_of(rows)
    firms = Firm.objects.in_bulk([row.firm_id for row in rows if row.firm_id])
    own = Network.objects.in_bulk([row.network_id for row in rows if row.network_id])
    countries = Country.objects.in_bulk({row.country for row in rows})
    return [
        _unit_from_record(
            row,
            networks.get(row.pk, ()),
            firms.get(row.firm_id),
            own.get(row.network_id),
            countries.get(row.country),
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
    country: Country | None,
    submission: Submission,
) -> Unit:
    """`country`: as it was frozen, or corrected since; its currencies are those of the unit's
    amounts if it has had the one that was frozen.
    """
    closed_on: dt.date | None = None
    of_country: tuple[tuple[str, str], ...] = ()
    if country is not None and row.currency in country.currencies:
        of_country = dates_of(country)
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
        currency_dates=of_country,
    )
