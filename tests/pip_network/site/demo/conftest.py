import pytest

from pip_network.site.demo import seed as demo
from pip_network.site.demo.periods import Half
from pip_network.site.demo.world import Size

SMALL = Size(projects=19, networks=38, firms=120, rounds=4)
UNTIL = "2006-S2"


@pytest.fixture(scope="module")
def small_demo(standing):
    """Nineteen projects, few firms, four approved rounds: all states.

    Seeded once for a module.
    """
    return demo.seed(until=Half.parse(UNTIL), size=SMALL)


@pytest.fixture
def tiny_demo(db):
    """Two projects, four networks, thirty firms, three approved rounds and an open one."""
    return demo.tiny()
