"""The acts of the registry, as they are walked."""

from typing import Any

from django.urls import reverse

from pip_network.models import Institution
from pip_network.people import institutions as of_institutions
from pip_network.web.acts import Act
from projects import actions
from projects.acts import firms, institutions, memberships, networks, projects

from . import registry
from .stage import AT, DOING, firm, network, project, stay
from .walking import Walk, of

# Who does it, who may not, and what she is answered.
REGISTRY = ("admin", "experta", 403)
ROOM = ("admin", "experta", 404)
FIRMS = ("coordinadora", "experta", 404)


def n1():
    return network("N1")


def n3():
    return network("N3")


def d():
    return firm("D")


def membership() -> tuple[str, int]:
    return d().pk, stay().pk


def pair() -> tuple[str, str]:
    return d().pk, firm("E").pk


def otra() -> Institution:
    """One that executes no project."""
    return Institution.objects.filter(slug="otra").first() or registry.fresh_institution()


def archive_project():
    actions.archive_project(project=project(), **DOING)


def restore_project():
    actions.restore_project(project=project(), **DOING)


def archive_network():
    actions.archive_network(network=n3(), **DOING)


def restore_network():
    actions.restore_network(network=n3(), **DOING)


def dissolve():
    actions.dissolve_network(network=n3(), dissolved_on=registry.DAY, **DOING)


def reinstate():
    actions.reinstate_network(network=n3(), **DOING)


def archive_institution():
    of_institutions.archive_institution(institution=otra(), **DOING)


def restore_institution():
    of_institutions.restore_institution(institution=otra(), **DOING)


def archive_firm():
    actions.archive_firm(firm=d(), reason="mistake", **DOING)


def restore_firm():
    actions.restore_firm(firm=d(), **DOING)


def close():
    actions.close_firm(firm=d(), closed_on=registry.DAY, reason="other", **DOING)


def reopen():
    actions.reopen_firm(firm=d(), **DOING)


def anonymise():
    actions.anonymise_firm(firm=d(), **DOING)


def tell_apart():
    actions.tell_apart(first=d(), second=firm("E"), **DOING)


WHY = {"reason": "Se acordó en junta"}
LEAVING = {"left_on": "2007-01-20", "leaving_reason": "other"}
NEW_NETWORK = {
    "code": "N4",
    "name": "Red nueva",
    "typology": "cluster",
    "sector": "15",
    "country": "AR",
    "constituted_on": "2007-01-20",
}
NEW_PROJECT = {
    "code": "PIP-02",
    "name": "Otro",
    "countries": ["AR"],
    "typology_label": "cluster",
    "starts_on": "2004-02-01",
    "ends_on": "2007-06-30",
    "amount_fomin": "1000",
    "amount_local": "1000",
}


def agreement() -> dict[str, Any]:
    executes = Institution.objects.get(slug="ejecutora")
    return {**NEW_PROJECT, "executing_institution": executes.pk}


OF_REGISTRY: dict[Act, Walk] = {
    projects.NEW: Walk(ROOM, tuple, lambda: reverse("projects"), agreement),
    projects.EDIT: of(REGISTRY, project, spoil=archive_project),
    projects.NEW_NETWORK: of(REGISTRY, project, data=NEW_NETWORK),
    projects.ARCHIVE: of(REGISTRY, project, data=WHY, spoil=archive_project),
    projects.RESTORE: of(REGISTRY, project, prepare=archive_project, spoil=restore_project),
    networks.EDIT: of(
        REGISTRY,
        n3,
        spoil=archive_network,
        call=lambda by: actions.update_network(network=n3(), name="Otra", by=by, at=AT),
    ),
    networks.DISSOLVE: of(REGISTRY, n3, data={"dissolved_on": "2007-01-20"}, spoil=dissolve),
    networks.REINSTATE: of(REGISTRY, n3, prepare=dissolve, spoil=reinstate),
    networks.ARCHIVE: of(REGISTRY, n3, data=WHY, spoil=archive_network),
    networks.RESTORE: of(REGISTRY, n3, prepare=archive_network, spoil=restore_network),
    institutions.NEW: Walk(
        ROOM, tuple, lambda: reverse("institutions"), {"name": "Nueva", "relation": "related"}
    ),
    institutions.EDIT: of(
        REGISTRY,
        otra,
        data={"relation": "related", "kind": "agencia", "source": "x"},
        spoil=archive_institution,
        call=lambda by: of_institutions.update_institution(
            institution=otra(), acronym="AE", by=by, at=AT
        ),
    ),
    institutions.ARCHIVE: of(
        REGISTRY,
        otra,
        data=WHY,
        spoil=archive_institution,
        call=lambda by: of_institutions.archive_institution(institution=otra(), by=by, at=AT),
    ),
    institutions.RESTORE: of(
        REGISTRY,
        otra,
        prepare=archive_institution,
        spoil=restore_institution,
        call=lambda by: of_institutions.restore_institution(institution=otra(), by=by, at=AT),
    ),
    firms.REGISTER: of(
        ("coordinadora", "experta", 403),
        n1,
        data={"name": "Muy distinta", "owner_sex": "f", "joined_on": "2007-01-20"},
    ),
    firms.EDIT: of(FIRMS, d, spoil=archive_firm),
    firms.CLOSE: of(
        FIRMS, d, data={"closed_on": "2007-01-20", "closing_reason": "other"}, spoil=close
    ),
    firms.REOPEN: of(FIRMS, d, prepare=close, spoil=reopen),
    firms.ARCHIVE: of(FIRMS, d, data={"reason": "mistake"}, spoil=archive_firm),
    firms.RESTORE: of(FIRMS, d, prepare=archive_firm, spoil=restore_firm),
    firms.ANONYMISE: of(
        ("admin", "coordinadora", 404),
        d,
        data={"reason": "request", "code": "FIRMDDDDD"},
        spoil=anonymise,
    ),
    memberships.JOIN: of(
        ("directora", "experta", 404), d, data={"network": "N2", "joined_on": "2007-01-20"}
    ),
    memberships.LEAVE: Walk(FIRMS, membership, data=LEAVING, spoil=registry.left),
    memberships.STAY: Walk(
        FIRMS,
        membership,
        prepare=registry.left,
        spoil=lambda: actions.take_back_leaving(membership=stay(), **DOING),
    ),
    memberships.UNJOIN: Walk(FIRMS, membership),
    memberships.TELL_APART: Walk(FIRMS, pair),
    memberships.MAYBE_SAME: Walk(
        FIRMS,
        pair,
        prepare=tell_apart,
        spoil=lambda: actions.take_back_distinction(first=d(), second=firm("E"), **DOING),
    ),
    memberships.MERGE: Walk(FIRMS, pair, data=WHY, spoil=registry.merged),
    memberships.SPLIT: Walk(FIRMS, pair, prepare=registry.merged),
}
