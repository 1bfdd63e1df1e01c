import pytest
from django.db import transaction

from pip_network.site.demo import seed as demo
from pip_network.site.demo.periods import Half
from pip_network.site.demo.world import Size

SMALL = Size(projects=19, networks=38, firms=120, rounds=4)
UNTIL = "2006-S2"


@pytest.fixture(scope="module")
def small_demo(django_db_setup, django_db_blocker):
    """Nineteen projects, few firms, four approved rounds: all states.

    Seeded once for a module and rolled back after it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.seed(until=Half.parse(UNTIL), size=SMALL)
        transaction.set_rollback(True)


@pytest.fixture
def tiny_demo(db):
    """Two projects, four networks, thirty firms, three approved rounds and an open one."""
    return demo.tiny()
