"""Fixtures of the whole suite."""

import copy
import gc
import os
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings

from knowledge.search import shelf
from monitoring.definitions import reading
from monitoring.record import guards
from pip_network.people.access import Role
from pip_network.site.demo.reference import load_reference

from . import factories, prepared

pytest_plugins = ["tests.access_world", "tests.desk", "tests.order"]

# No test asserts a time, and neither does the library that draws the examples: machines may be
# busy.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "postgres: needs a server with many writers; skipped on the embedded database"
    )


def pytest_collection_finish():
    """What is loaded by now stays to the end, and a test makes few cycles: looking for them all the
    time costs a tenth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure():
    if "PYTEST_XDIST_WORKER" not in os.environ:
        prepared.clean_up()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the tests' own database is a file that begins as a copy, below."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def _migrated(django_db_modify_db_settings):
    """The tests' own database begins with all migrations made."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared.template("empty")
    else:
        prepared.copy("empty", Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(_migrated, django_db_setup, django_db_blocker):
    """The catalogue is loaded once for all tests."""
    with django_db_blocker.unblock():
        load_catalogue()


def load_catalogue() -> None:
    reading.forget()
    factories.catalogue()


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """What a module's own fixtures write stands for all its tests that ask for it, each of which
    undoes what it did; after the last of them it goes. The others of the module come before.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    reading.forget()
    shelf.forget()


@pytest.fixture
def _catalogue_again(request, django_db_setup, django_db_blocker):
    """Set up before the database of the test, so torn down after it: what was emptied is loaded
    again.
    """
    of_a_class = getattr(request.cls, "cls_atomics", None)  # Django's TestCase begins one itself
    something_stands = connection.in_atomic_block and not of_a_class
    assert "standing" in request.fixturenames or not something_stands, (
        "tests/order.py puts it first"
    )
    yield
    if getattr(request.node, "emptied", False):
        with django_db_blocker.unblock():
            load_catalogue()


@pytest.fixture
def _django_db_helper(request, _catalogue_again, _django_db_helper):
    """Tests that really commit empty the tables at their end, which the guards refuse: they step
    aside for it.

    Emptying ends with `post_migrate`, which puts the guards and the head of the record back.
    """
    yield
    shelf.forget()
    if not connection.in_atomic_block:
        request.node.emptied = True
        guards.remove()


@pytest.fixture(scope="module")
def _reference(standing):
    load_reference(at=factories.moment("2006-07-12"))


@pytest.fixture
def reference(_reference, db):
    """What every portal starts with, the library's first works among it: two seconds' work, done
    once for a module.
    """


@pytest.fixture
def committed(transactional_db):
    """A database on which the test really commits."""


@pytest.fixture
def world(db) -> "World":
    """A project with two networks and three firms, its people, its rounds."""
    return World()


@pytest.fixture(scope="module")
def _two_rounds(standing) -> "World":
    made = World()
    made.approved("2004-S1")
    made.approved("2004-S2")
    return made


@pytest.fixture
def two_rounds(_two_rounds, db) -> "World":
    """A world whose record has two approved rounds. It is made once for a module, whose tests take
    no other; what a test does to it, in the database and in its objects, is the test's own.
    """
    return copy.deepcopy(_two_rounds)


class World:
    """`PIP-01`: network N1 (cluster) with firms A and B, network N2 (cadena_proveedores) with firms
    B and C.
    """

    def __init__(self) -> None:
        self.catalogue = factories.catalogue()
        self.rounds = factories.rounds()
        self.project = factories.project()
        self.n1 = factories.network("N1", self.project)
        self.n2 = factories.network(
            "N2", self.project, typology="cadena_proveedores", constituted_on="2004-03-01"
        )
        self.a = factories.firm("FIRMAAAAA", self.n1)
        self.b = factories.firm("FIRMBBBBB", self.n1)
        factories.membership(self.b, self.n2, joined_on="2004-04-01")
        self.c = factories.firm(
            "FIRMCCCCC", self.n2, joined_on="2004-05-10", sector="17", owner_sex="m"
        )
        self.director = factories.user(
            "directora", role=Role.DIRECTOR, scope="P:PIP-01", language="es"
        )
        self.coordinator = factories.user("coordinadora", role=Role.COORDINATOR, scope="N:N1")
        self.specialist = factories.user(
            "especialista", role=Role.SPECIALIST, scope="P:PIP-01", language="pt"
        )
        self.administrator = factories.user(
            "admin", role=Role.ADMINISTRATION, scope="*", language="en"
        )
        self.stranger = factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-99")

    def open(self, code: str, at: str = ""):
        """Open a round on its last day, or on the day told."""
        row = self.rounds[code]
        return factories.open_submission(
            self.project, row, by=self.director, at=factories.moment(at or str(row.ends_on))
        )

    def filled(self, code: str, *, at: str = "", **filling):
        """Open a round and fill every cell on its last day."""
        opened = self.open(code, at)
        factories.fill(
            opened,
            by=self.director,
            at=factories.moment(at or str(self.rounds[code].ends_on)),
            **filling,
        )
        return opened

    def approved(self, code: str, **kwargs):
        return factories.approved(
            self.project, code, director=self.director, specialist=self.specialist, **kwargs
        )
