"""A small approved record whose last year is published."""

import pytest

from tests.monitoring.publication.publishing import publish
from tests.monitoring.reports.world import World, person


@pytest.fixture
def world(db) -> World:
    """Two projects of two networks with fourteen firms; the year 2005 is published."""
    made = World(projects=2, networks=2, firms=14).make()
    made.administrator = person("admin@example.org", "Ada Central", "administration", "*")
    made.director = person("directora@example.org", "Dora Directora", "director", "P:PIP-01")
    made.coordinator = person("coord@example.org", "Cora", "coordinator", "N:PIP-01-R1")
    made.stranger = person("otra@example.org", "Otra", "director", "P:PIP-02")
    publish(made, "2005-S2")
    return made
