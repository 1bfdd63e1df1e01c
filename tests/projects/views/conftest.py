"""A registry with one firm for each state that a list tells apart, and people who see different
parts of it.
"""

from typing import NamedTuple

import pytest
from django.test import Client

from pip_network.models import User
from pip_network.people.access import Role
from projects.models import Firm, Network, Project
from tests import factories


class Registry(NamedTuple):
    """PIP-01 (Argentina): N1, N2. PIP-02 (Argentina and Peru): N3.

    ALFA is in N1; BETA left it; GAMA of N2 closed; DELTA moved from N1 to N3; EPSILON is in N3, of
    Peru; ZETA of N1 was anonymised; ETA of N1 is archived; THETA is in no network.
    """

    first: Project
    second: Project
    n1: Network
    n2: Network
    n3: Network

    def reader(self, role: Role | None, scope: str = "*", **fields) -> Client:
        """A browser of a new person with this one role."""
        client = Client()
        client.force_login(self.person(role, scope, **fields))
        return client

    def person(self, role: Role | None, scope: str = "*", **fields) -> User:
        return factories.user(role=role, scope=scope, **{"language": "es", **fields})


@pytest.fixture
def registry(db) -> Registry:
    argentina, peru = factories.country(), factories.country("PE", "PEN")
    first = factories.project("PIP-01", starts_on="2004-01-10", ends_on="2007-12-20")
    second = factories.project("PIP-02", countries=[argentina, peru])
    n1, n2 = (
        factories.network("N1", first),
        factories.network("N2", first, typology="cadena_proveedores", sector="17"),
    )
    n3 = factories.network("N3", second, country=peru, sector="20")
    factories.firm("ALFA", n1, name="Café Córdoba", tax_id="20-1", owner_sex="f")
    beta = factories.firm("BETA", name="Tejidos Beta", sector="17", owner_sex="m", tax_id="20-2")
    factories.membership(beta, n1, left_on="2005-03-01")
    factories.firm(
        "GAMA", n2, name="Gama", closed_on=factories.day("2005-06-01"), closing_reason="economic"
    )
    delta = factories.firm("DELTA", name="Delta")
    factories.membership(delta, n1, left_on="2005-01-31")
    factories.membership(delta, n3, joined_on="2005-02-01")
    factories.firm("EPSILON", n3, name="Açúcar Ñandú", country=peru, sector="20", owner_sex="mixed")
    gone = {"name": "", "owner_sex": "unknown", "anonymised_at": factories.moment("2006-01-01")}
    factories.firm("ZETA", n1, **gone)
    factories.firm("ETA", n1, name="Eta", archived_at=factories.moment("2006-01-01"))
    factories.firm("THETA", name="Theta")
    return Registry(first, second, n1, n2, n3)


@pytest.fixture
def firms(registry) -> dict[str, Firm]:
    return Firm.objects.in_bulk()
