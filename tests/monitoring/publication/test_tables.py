"""Working out what the public would see: asked once, and for this version of the portal alone."""

import pytest
from django.db import connection

from monitoring.models import PublicTables, Round
from monitoring.publication import tables
from pip_network.models import Job
from tests.conftest import World
from tests.monitoring.publication.publishing import AT
from tests.monitoring.racers import two_racers


@pytest.fixture
def approved(world):
    world.approved("2004-S1")
    return world


def ask(world: World) -> PublicTables:
    row = Round.objects.get(code="2004-S1")
    return tables.request_tables(round=row, as_of=1, by=world.administrator, at=AT)


def test_what_is_being_worked_out_is_not_asked_for_again(approved):
    first = ask(approved)
    assert ask(approved) == first
    assert Job.objects.filter(kind=tables.KIND).count() == 1


def test_a_new_version_asks_anew_and_forgets_what_others_worked_out(approved, settings):
    first = ask(approved)
    settings.VERSION = "99.0"
    second = ask(approved)
    assert (second.pk != first.pk, list(PublicTables.objects.all())) == (True, [second])
    assert Job.objects.filter(kind=tables.KIND).count() == 2


@pytest.mark.postgres
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time: there is no race to run",
)
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_ask_for_one_job(transactional_db):
    world = World()
    world.approved("2004-S1")
    with two_racers() as race:
        for _each in range(10):
            PublicTables.objects.all().delete()
            Job.objects.filter(kind=tables.KIND).delete()
            one, two = race(*[("tables", ("2004-S1", 1, world.administrator.email))] * 2)
            assert (one, Job.objects.filter(kind=tables.KIND).count()) == (two, 1)
