import datetime as dt
from decimal import Decimal

import pytest

from pip_network.choices import Origin, Relation
from pip_network.models import AuditEvent, Institution
from pip_network.people.access import Role
from projects import actions
from projects.models import Country, ProjectFamily
from tests import factories

AT = dt.datetime(2006, 3, 1, 9, tzinfo=dt.UTC)


def events():
    """The trail that the test itself made."""
    return AuditEvent.objects.exclude(verb="catalogue.published").order_by("id")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def clerk(db):
    return factories.user("clerk", role=Role.ADMINISTRATION)


@pytest.fixture
def chile(db):
    return Country.objects.create(iso2="CL", currency="CLP")


@pytest.fixture
def peru(db):
    return Country.objects.create(iso2="PE", currency="PEN")


@pytest.fixture
def agreement(chile):
    """What the agreement of a project says; a test changes one thing."""
    executor = Institution.objects.create(
        slug="x", name="Fundación Ejemplo", relation=Relation.RELATED, origin=Origin.DEMO
    )
    family = ProjectFamily.objects.create(code="pip", name_es="PIP", name_en="PIP", name_pt="PIP")
    return {
        "code": "PIP-01",
        "family": family,
        "name": "Redes de Ladera Imaginada",
        "executing_institution": executor,
        "countries": [chile],
        "starts_on": day("2004-02-01"),
        "ends_on": day("2007-06-30"),
        "amount_fomin": Decimal("1200000"),
        "amount_local": Decimal("1100000"),
    }


@pytest.fixture
def project(agreement, clerk):
    return actions.create_project(**agreement, by=clerk, at=AT)


@pytest.fixture
def network(project, chile, clerk):
    return actions.create_network(
        project=project,
        code="PIP-01-1",
        name="Red Ladera Imaginada",
        typology="cluster",
        sector="15",
        country=chile,
        constituted_on=day("2004-05-10"),
        by=clerk,
        at=AT,
    )


@pytest.fixture
def firm(chile, clerk):
    return actions.register_firm(
        name="Conservas Ejemplo", country=chile, tax_id="DEMO-1", sector="15", by=clerk, at=AT
    )
