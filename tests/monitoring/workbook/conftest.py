"""One open submission, its people, and what waits between an upload and its confirmation."""

import copy

import pytest

from monitoring.models import Submission
from monitoring.submission.opening import open_submission
from tests import factories
from tests.conftest import World

from .uploading import Uploading

OPENED = "2004-07-05 09:00"


@pytest.fixture(scope="module")
def _standing_world(standing) -> tuple[World, Submission]:
    world = World()
    world.approved("2004-S1")
    opened = open_submission(
        world.project, world.rounds["2004-S2"], by=world.director, at=factories.moment(OPENED)
    )
    return world, opened


@pytest.fixture
def _copied(_standing_world, db) -> tuple[World, Submission]:
    return copy.deepcopy(_standing_world)


@pytest.fixture
def world(_copied) -> World:
    return _copied[0]


@pytest.fixture
def opened(_copied) -> Submission:
    """2004-S2 of PIP-01, open, after an approved 2004-S1."""
    return _copied[1]


@pytest.fixture
def waiting(tmp_path, settings):
    """What waits, apart for each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "workbooks"


@pytest.fixture
def room(world, opened, waiting) -> Uploading:
    return Uploading(world, opened)
