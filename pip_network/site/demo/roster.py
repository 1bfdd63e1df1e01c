"""Who an invented project's submission asks, from the plan alone: what `monitoring.sheet.roster`
reads from the registry.
"""

import datetime as dt

from monitoring.choices import MembershipState
from monitoring.sheet.units import LATE_AFTER_MONTHS, REGIONAL, UNKNOWN, Unit, UnitNetwork
from pip_network.folding import fold
from pip_network.web.days import months_after

from .geography import COUNTRY_CURRENCY
from .periods import Half, days
from .world import PlannedFirm, PlannedNetwork, PlannedProject


def units_of(project: PlannedProject, half: Half) -> list[Unit]:
    """Project, networks by code, firms by name, as they stand at the close of `half`."""
    networks = [network for network in project.networks if network.constituted_on <= half.ends]
    units = [_project_unit(project, networks)]
    units += [_network_unit(network, half) for network in networks]
    firms = [firm for firm in project.firms if _is_asked(firm, project, half)]
    return units + [
        _firm_unit(firm, project, half)
        for firm in sorted(firms, key=lambda f: (fold(f.name), f.code))
    ]


def _is_asked(firm: PlannedFirm, project: PlannedProject, half: Half) -> bool:
    return _first_asked(firm, project) <= half


def _first_asked(firm: PlannedFirm, project: PlannedProject) -> Half:
    joined_on = min(stay.joined_on for stay in firm.stays if stay.network.project is project)
    return Half.of(max(joined_on, firm.registered_on, project.starts_on))


def _project_unit(project: PlannedProject, networks: list[PlannedNetwork]) -> Unit:
    ordered = sorted(networks, key=lambda n: (n.constituted_on, n.code))
    return Unit(
        level="project",
        subject=f"P:{project.code}",
        code=project.code,
        label=project.name,
        state=MembershipState.ACTIVE.value,
        joined_on=None,
        constituted_on=None,
        networks=tuple(
            UnitNetwork(n.code, n.typology, n.constituted_on, n.constituted_on, i)
            for i, n in enumerate(ordered, 1)
        ),
        country=project.countries[0] if len(project.countries) == 1 else REGIONAL,
        currency="USD",
        sector=UNKNOWN,
        size=UNKNOWN,
        owner_sex=UNKNOWN,
        closed_on=None,
        registered_on=project.starts_on,
    )


def _network_unit(network: PlannedNetwork, half: Half) -> Unit:
    begun = Half.of(max(network.constituted_on, network.project.starts_on))
    captured_on = max(network.constituted_on, network.project.starts_on) + days(60)
    return Unit(
        level="network",
        subject=f"N:{network.code}",
        code=network.code,
        label=network.name,
        state=MembershipState.ACTIVE.value,
        joined_on=network.constituted_on,
        constituted_on=network.constituted_on,
        networks=(
            UnitNetwork(
                network.code, network.typology, network.constituted_on, network.constituted_on, 1
            ),
        ),
        country=network.country,
        currency=COUNTRY_CURRENCY[network.country],
        sector=network.sector,
        size=UNKNOWN,
        owner_sex=UNKNOWN,
        closed_on=network.dissolved_on,
        registered_on=network.constituted_on,
        captured_on=captured_on,
        needs_baseline=begun == half,
        reconstructed=_late(network.constituted_on, captured_on),
    )


def _firm_unit(firm: PlannedFirm, project: PlannedProject, half: Half) -> Unit:
    stays = sorted(
        (s for s in firm.stays if s.network.project is project and s.joined_on <= half.ends),
        key=lambda s: (s.joined_on, s.network.code),
    )
    current = [s for s in stays if s.left_on is None or s.left_on >= half.ends]
    closed = firm.closed_on is not None and firm.closed_on <= half.ends
    captured_on = max(firm.registered_on, stays[0].joined_on, project.starts_on) + days(45)
    shown = current or stays
    return Unit(
        level="firm",
        subject=f"F:{firm.code}",
        code=firm.code,
        label=firm.name,
        state=_state(closed, bool(current)).value,
        joined_on=stays[0].joined_on,
        constituted_on=shown[0].network.constituted_on,
        networks=tuple(
            UnitNetwork(
                s.network.code, s.network.typology, s.network.constituted_on, s.joined_on, i
            )
            for i, s in enumerate(shown, 1)
        ),
        country=firm.country,
        currency=COUNTRY_CURRENCY[firm.country],
        sector=firm.sector,
        size=UNKNOWN,
        owner_sex=firm.owner_sex,
        closed_on=firm.closed_on if closed else None,
        registered_on=firm.registered_on,
        captured_on=captured_on,
        needs_baseline=_first_asked(firm, project) == half,
        reconstructed=_late(stays[0].joined_on, captured_on),
    )


def _state(closed: bool, member: bool) -> MembershipState:
    if closed:
        return MembershipState.CLOSED
    return MembershipState.ACTIVE if member else MembershipState.LEFT


def _late(began: dt.date, captured: dt.date) -> bool:
    return captured > months_after(began, LATE_AFTER_MONTHS)
