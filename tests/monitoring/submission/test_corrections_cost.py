"""A correction asks the database as much for thirty firms as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.monitoring.submission.test_corrections import ROOM, Room, seen_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_same_queries_whatever_the_rows(client, world, number):
    for i in range(number):
        factories.firm(f"MANY{i:05d}", world.n1, joined_on="2004-02-20")
    world.approved("2004-S1")
    world.approved("2004-S2")
    room = Room(client, world)
    place = room.place("typology", subject="N:N1", code="2004-S1")
    row = place.removesuffix("correct/typology/")
    given = {"extent": "onwards"}
    found = []
    for ask in (
        lambda: client.get(ROOM),
        lambda: client.get(f"{row}change/"),
        lambda: client.get(place),
        lambda: room.preview(place, "sistema_territorial", **given),
    ):
        ask()
        with CaptureQueriesContext(connection) as asked:
            page = ask()
        assert page.status_code == 200
        found.append(len(asked))
    seen = seen_in(page)
    with CaptureQueriesContext(connection) as asked:
        answer = room.preview(place, "sistema_territorial", seen=seen, **given)
    assert answer.status_code == 302
    assert found == [8, 8, 9, 19]
    # SQLite takes a few hundred values at a time: thirty firms in two rounds are two lots more.
    lots = 2 if number == 30 and connection.vendor == "sqlite" else 0
    assert len(asked) == 52 + lots
