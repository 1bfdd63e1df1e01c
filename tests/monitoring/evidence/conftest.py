"""A submission with something to attach, and a storage of its own for each test."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from monitoring.evidence.actions import attach
from monitoring.evidence.places import Spot
from monitoring.models import EvidenceDraft, Submission
from monitoring.sheet.cells import CellKey
from pip_network.files.stored import keep
from pip_network.models import Stored, User
from tests.factories import moment
from tests.pip_network.files.stored import pdf

SALES = CellKey("F:FIRMAAAAA", "regular", "service_hours")
OF_PROJECT = CellKey("P:PIP-01", "regular", "spent_fomin")
OF_C = CellKey("F:FIRMCCCCC", "regular", "service_hours")
CELL = Spot("cell", SALES)
CHANGE = Spot("narrative", theme="change")
AT = moment("2004-06-30 10:00")
PAGE = "https://example.org/informe?a=1"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def kept(text: str = "Acta", *, by: User, name: str = "acta.pdf", data: bytes = b"") -> Stored:
    return keep(SimpleUploadedFile(name, data or pdf(text)), name=name, by=by, at=AT)


@pytest.fixture
def opened(world) -> Submission:
    return world.filled("2004-S1", at="2004-06-30")


@pytest.fixture
def put(world, opened) -> Callable[..., EvidenceDraft]:
    """Attach something as the director does, to the open submission."""

    def do(spot: Spot = CELL, text: str = "Acta", **what: Any) -> EvidenceDraft:
        by = what.pop("by", world.director)
        if not what:
            what["file"] = kept(text, by=by)
        return attach(opened.pk, spot, by=by, at=AT, **what)

    return do
