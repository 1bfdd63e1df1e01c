"""The acts of the registry: projects and networks are the administration's, firms their keepers'."""

from decimal import Decimal

from pip_network.administration import facts
from pip_network.models import Institution
from pip_network.people import institutions
from pip_network.people.access import Permission
from projects import actions
from projects.actions.firms import NewFirm
from projects.actions.memberships import Joining
from projects.models import Country, FirmMerge, ProjectFamily
from tests import factories
from tests.factories import day

from .stage import AT, DOING, Act, firm, network, project, stay

REGISTRY, FIRMS = (Permission.MANAGE_REGISTRY,), (Permission.MANAGE_FIRMS,)
DAY = day("2007-01-20")


def registry(call, prepare=lambda: None) -> Act:
    return Act(REGISTRY, "admin", "directora coordinadora especialista experta", call, prepare)


def firms(call, prepare=lambda: None, does: str = "coordinadora", but: str = "") -> Act:
    """`but`: who keeps firms, and not all that this is about."""
    return Act(FIRMS, does, f"otra especialista experta {but}", call, prepare)


def institution() -> Institution:
    return Institution.objects.get(slug="ejecutora")


def fresh_institution() -> Institution:
    """One that executes no project."""
    return factories.institution("otra")


def agreement() -> dict:
    return {
        "code": "PIP-02",
        "family": ProjectFamily.objects.get(code="pip"),
        "name": "Otro proyecto",
        "executing_institution": institution(),
        "countries": [factories.country()],
        "starts_on": day("2004-02-01"),
        "ends_on": day("2007-06-30"),
        "amount_fomin": Decimal(1000),
        "amount_local": Decimal(1000),
    }


def new_network() -> dict:
    facts_of_it = {"code": "N4", "name": "Red nueva", "typology": "cluster", "sector": "15"}
    return {
        **facts_of_it,
        "project": project(),
        "country": factories.country(),
        "constituted_on": DAY,
    }


def left():
    return actions.leave_network(
        firm=firm("D"), network=network("N1"), left_on=DAY, reason="own_decision", **DOING
    )


def merged():
    return actions.merge_firms(
        survivor=firm("D"), duplicate=firm("E"), reason="La misma empresa", **DOING
    )


ACTS = {
    institutions.create_institution: registry(
        lambda by: institutions.create_institution(name="Nueva", relation="related", by=by, at=AT)
    ),
    institutions.update_institution: Act(
        (Permission.MANAGE_REGISTRY, Permission.DESCRIBE_INSTITUTION),
        "admin",
        "directora especialista coordinadora experta",
        lambda by: institutions.update_institution(
            institution=institution(), acronym="AE", by=by, at=AT
        ),
    ),
    institutions.archive_institution: registry(
        lambda by: institutions.archive_institution(institution=fresh_institution(), by=by, at=AT),
        fresh_institution,
    ),
    institutions.restore_institution: registry(
        lambda by: institutions.restore_institution(institution=fresh_institution(), by=by, at=AT),
        lambda: institutions.archive_institution(institution=fresh_institution(), **DOING),
    ),
    facts.add_fact: registry(
        lambda by: facts.add_fact(row=Country(iso2="PE", currency="PEN"), by=by, at=AT)
    ),
    facts.correct_fact: registry(
        lambda by: facts.correct_fact(
            row=factories.country(), note="El peso convertible", by=by, at=AT
        )
    ),
    actions.correct_country: registry(
        lambda by: actions.correct_country(
            country=factories.country(), note="El peso", by=by, at=AT
        )
    ),
    actions.change_currency: registry(
        lambda by: actions.change_currency(
            country=factories.country(), currency="ARN", since=day("2030-01-01"), by=by, at=AT
        )
    ),
    actions.create_project: registry(
        lambda by: actions.create_project(**agreement(), by=by, at=AT)
    ),
    actions.update_project: registry(
        lambda by: actions.update_project(project=project(), name="Otro", by=by, at=AT)
    ),
    actions.archive_project: registry(
        lambda by: actions.archive_project(project=project(), by=by, at=AT)
    ),
    actions.restore_project: registry(
        lambda by: actions.restore_project(project=project(), by=by, at=AT),
        lambda: actions.archive_project(project=project(), **DOING),
    ),
    actions.create_network: registry(
        lambda by: actions.create_network(**new_network(), by=by, at=AT)
    ),
    actions.update_network: registry(
        lambda by: actions.update_network(network=network("N1"), name="Otra", by=by, at=AT)
    ),
    actions.dissolve_network: registry(
        lambda by: actions.dissolve_network(network=network("N3"), dissolved_on=DAY, by=by, at=AT)
    ),
    actions.reinstate_network: registry(
        lambda by: actions.reinstate_network(network=network("N3"), by=by, at=AT),
        lambda: actions.dissolve_network(network=network("N3"), dissolved_on=DAY, **DOING),
    ),
    actions.archive_network: registry(
        lambda by: actions.archive_network(network=network("N3"), by=by, at=AT)
    ),
    actions.restore_network: registry(
        lambda by: actions.restore_network(network=network("N3"), by=by, at=AT),
        lambda: actions.archive_network(network=network("N3"), **DOING),
    ),
    actions.anonymise_firm: registry(
        lambda by: actions.anonymise_firm(firm=firm("D"), by=by, at=AT)
    ),
    actions.update_firms: registry(
        lambda by: actions.update_firms(updates=[(firm("D"), {"sector": "17"})], by=by, at=AT)
    )._replace(permissions=FIRMS),
    actions.register_firm: Act(
        FIRMS,
        "coordinadora",
        "especialista experta",
        lambda by: actions.register_firm(name="Nueva", country=factories.country(), by=by, at=AT),
    ),
    actions.register_firms: Act(
        FIRMS,
        "coordinadora",
        "especialista experta",
        lambda by: actions.register_firms(
            firms=[NewFirm(name="Nueva", country=factories.country())], by=by, at=AT
        ),
    ),
    actions.update_firm: firms(
        lambda by: actions.update_firm(firm=firm("D"), sector="17", by=by, at=AT)
    ),
    actions.close_firm: firms(
        lambda by: actions.close_firm(
            firm=firm("D"), closed_on=DAY, reason="economic", by=by, at=AT
        )
    ),
    actions.reopen_firm: firms(
        lambda by: actions.reopen_firm(firm=firm("D"), by=by, at=AT),
        lambda: actions.close_firm(firm=firm("D"), closed_on=DAY, reason="other", **DOING),
    ),
    actions.archive_firm: firms(
        lambda by: actions.archive_firm(firm=firm("D"), reason="mistake", by=by, at=AT)
    ),
    actions.restore_firm: firms(
        lambda by: actions.restore_firm(firm=firm("D"), by=by, at=AT),
        lambda: actions.archive_firm(firm=firm("D"), reason="mistake", **DOING),
    ),
    actions.join_network: firms(
        lambda by: actions.join_network(
            firm=firm("D"), network=network("N2"), joined_on=DAY, by=by, at=AT
        ),
        does="directora",
        but="coordinadora",
    ),
    actions.join_networks: firms(
        lambda by: actions.join_networks(
            joinings=[Joining(firm=firm("Z"), network=network("N2"), joined_on=DAY)],
            by=by,
            at=AT,
        ),
        does="admin",
        but="directora",  # the firm is another project's
    ),
    actions.leave_network: firms(
        lambda by: actions.leave_network(
            firm=firm("D"), network=network("N1"), left_on=DAY, reason="other", by=by, at=AT
        )
    ),
    actions.move_firm: firms(
        lambda by: actions.move_firm(
            firm=firm("D"),
            source=network("N1"),
            target=network("N2"),
            moved_on=DAY,
            by=by,
            at=AT,
        ),
        does="directora",
        but="coordinadora",
    ),
    actions.correct_joining: firms(
        lambda by: actions.correct_joining(membership=stay(), joined_on=DAY, by=by, at=AT)
    ),
    actions.correct_leaving: firms(
        lambda by: actions.correct_leaving(
            membership=stay(), left_on=day("2007-01-21"), reason="other", by=by, at=AT
        ),
        left,
    ),
    actions.take_back_leaving: firms(
        lambda by: actions.take_back_leaving(membership=stay(), by=by, at=AT), left
    ),
    actions.take_back_joining: firms(
        lambda by: actions.take_back_joining(membership=stay(), by=by, at=AT)
    ),
    actions.merge_firms: firms(
        lambda by: actions.merge_firms(
            survivor=firm("D"), duplicate=firm("E"), reason="La misma empresa", by=by, at=AT
        )
    ),
    actions.split_firms: firms(
        lambda by: actions.split_firms(merge=FirmMerge.objects.get(), by=by, at=AT), merged
    ),
    actions.tell_apart: firms(
        lambda by: actions.tell_apart(first=firm("D"), second=firm("Z"), by=by, at=AT),
        does="admin",
        but="directora",
    ),
    actions.take_back_distinction: firms(
        lambda by: actions.take_back_distinction(first=firm("D"), second=firm("E"), by=by, at=AT),
        lambda: actions.tell_apart(first=firm("D"), second=firm("E"), **DOING),
    ),
}
