"""A change that is still being written when somebody harvests is in that harvest or in the next."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from knowledge.works import actions
from pip_network.people.access import Role
from tests import factories

from .asking import NS, codes, records

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer at a time, and a file of its own for each test",
    ),
]


def test_a_harvest_waits_for_what_is_stamped_and_not_yet_to_be_seen():
    work = factories.work("K1", "Redes")
    curator = factories.user(role=Role.ADMINISTRATION)
    found = []

    def harvest() -> None:
        found.append(records(Client()))
        connection.close()

    thread = Thread(target=harvest, daemon=True)
    with transaction.atomic():
        at = factories.moment("2006-01-01")
        work = actions.correct_work(work=work, title_es="Cambiada", by=curator, at=at)
        thread.start()
        for _moment in range(1000):
            if not thread.is_alive() or _somebody_waits():
                break
            thread.join(0.02)
    thread.join(30)
    (root,) = found
    assert codes(root) == ["K1"]
    assert root.findtext(".//dc:title", namespaces=NS) == "Cambiada"
    stamp = root.findtext(".//o:datestamp", namespaces=NS)
    assert stamp <= root.findtext("o:responseDate", namespaces=NS)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0
