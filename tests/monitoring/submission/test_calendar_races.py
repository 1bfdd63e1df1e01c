"""A calendar that moves while somebody waits for a submission of it: what is done afterwards follows
the calendar as it then stands.
"""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection, transaction

from monitoring.models import Approval, Submission
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from pip_network.web.errors import DomainError
from projects import actions
from tests.conftest import World
from tests.factories import day, moment

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer at a time: nobody waits with what was read before",
    ),
]
AT = moment("2005-08-01")


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def during(act: Callable[[], object], other: Callable[[], object]) -> str:
    """What `other` ends with, when it began while `act` was done and not committed yet."""
    ended = []

    def run() -> None:
        try:
            other()
            ended.append("done")
        except DomainError as error:
            ended.append(str(error.message))
        finally:
            connection.close()

    thread = Thread(target=run, daemon=True)
    with transaction.atomic():
        act()
        thread.start()
        for _moment in range(1000):  # it waits as soon as it has asked for the lock
            if not thread.is_alive() or _somebody_waits():
                break
            thread.join(0.02)
    thread.join(30)
    return ended[0]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else as the transaction first saw it
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def move(world: World, ends_on: str) -> None:
    actions.update_project(
        project=world.project, ends_on=day(ends_on), by=world.administrator, at=AT
    )


@pytest.mark.parametrize(("ends_on", "approvals"), [("2004-12-20", 0), ("2005-12-20", 1)])
def test_a_round_that_becomes_the_last_is_not_approved_without_its_milestones(
    world, ends_on, approvals
):
    waiting = submit(world.filled("2004-S2").pk, by=world.director, at=AT)
    said = during(
        lambda: move(world, ends_on),
        lambda: approve(waiting.pk, by=world.specialist, at=AT),
    )
    assert (said == "done", Approval.objects.count()) == (bool(approvals), approvals)


@pytest.mark.parametrize(("ends_on", "has_left"), [("2004-06-20", True), ("2005-12-20", False)])
def test_a_round_that_leaves_the_calendar_is_not_handed_in(world, ends_on, has_left):
    """What is in the calendar is refused too, because it is empty: for that and for nothing else."""
    opened = world.open("2004-S2")
    said = during(
        lambda: move(world, ends_on),
        lambda: submit(opened.pk, by=world.director, at=AT),
    )
    assert ("2004-S2" in said, Submission.objects.get().status) == (has_left, "draft")
