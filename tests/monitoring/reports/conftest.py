"""Small records, read once: sections, formats and words are then tried on plain objects, without a
database.
"""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import translation

from monitoring.reports import gathering, questions
from monitoring.reports.blocks import Document
from monitoring.reports.compose import compose
from monitoring.reports.material import Material
from tests.monitoring.reports.world import World

ALL = {"title": "Tendencias", "indicators": "all", "group_by": ["typology"]}
_made: dict[str, "Composed"] = {}


@dataclass(frozen=True)
class Composed:
    material: Material
    document: Document


def composed(key: str, given: dict, **size) -> Composed:
    """A specification over a record of a size, gathered and composed; made once for each key."""
    if key not in _made:
        with (
            transaction.atomic()
        ):  # what was read stays; the record makes room for one of another size
            World(**size).make()
            asked = questions.parse(given)
            with translation.override(asked.language):
                material = gathering.gather(asked)
                _made[key] = Composed(material, compose(material))
            transaction.set_rollback(True)
    return _made[key]


@pytest.fixture
def many(db) -> Composed:
    """Nine networks and firms in three projects: intervals exist."""
    return composed("many", ALL, projects=3, networks=3, firms=5)


@pytest.fixture
def one(db) -> Composed:
    """One project, one network, one firm."""
    return composed("one", ALL, projects=1, networks=1, firms=1)
