"""One open submission of the world of tests, and its people signed in."""

import copy

import pytest
from django.test import Client

from monitoring.models import Submission
from monitoring.submission.opening import open_submission
from pip_network.people.access import Role
from tests import factories
from tests.conftest import World

OPENED = "2004-07-05 09:00"
ADDRESS = "/monitoring/PIP-01/2004-S2/"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def opened(world):
    """2004-S2 of PIP-01, open, after an approved 2004-S1."""
    return opened_in(world)


def opened_in(world: World) -> Submission:
    world.approved("2004-S1")
    return open_submission(
        world.project, world.rounds["2004-S2"], by=world.director, at=factories.moment(OPENED)
    )


@pytest.fixture(scope="module")
def _world_and_opened(standing) -> tuple[World, Submission]:
    world = World()
    return world, opened_in(world)


@pytest.fixture
def world_and_opened(_world_and_opened, db) -> tuple[World, Submission]:
    """Both, made once for a module whose tests all begin there: its `world` and `opened`."""
    return copy.deepcopy(_world_and_opened)


@pytest.fixture
def director(world):
    return client_of(world.director)


@pytest.fixture
def coordinator(world):
    return client_of(world.coordinator)


@pytest.fixture
def specialist(world):
    return client_of(world.specialist)


@pytest.fixture
def stranger(world):
    """Directs another project."""
    factories.project("PIP-99")
    return client_of(world.stranger)


@pytest.fixture
def partner(world):
    return client_of(factories.user("institucion", role=Role.INSTITUTION, scope="I:1"))


@pytest.fixture
def visitor(world):
    return Client()
