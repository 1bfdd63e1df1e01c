"""The help as data: the first steps of each role, a file for each guide."""

from pip_network.people.access import Role

from .administration import ADMINISTRATION
from .coordinator import COORDINATOR
from .director import DIRECTOR
from .guide import Guide
from .institution import INSTITUTION
from .specialist import SPECIALIST

__all__ = ["GUIDES", "GUIDE_OF", "Guide"]

GUIDES: tuple[Guide, ...] = (DIRECTOR, COORDINATOR, SPECIALIST, INSTITUTION, ADMINISTRATION)
GUIDE_OF: dict[Role, Guide] = {role: guide for guide in GUIDES for role in guide.roles}
