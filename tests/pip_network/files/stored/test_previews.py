"""The face of a kept file lies beside it and goes with it."""

import datetime as dt
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from pip_network.choices import ScanState
from pip_network.files.stored import keep, limits, previews, sweeping

from . import TEXT

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


@pytest.fixture
def stored():
    return keep(ContentFile(TEXT), name="nota.txt", by=None, at=NOW)


def test_a_preview_is_shown_as_a_picture_and_nothing_else(stored):
    with pytest.raises(Http404):
        previews.answer(stored)
    previews.save(stored, b"one")
    previews.save(stored, b"two")
    with closing(previews.answer(stored)) as answer:
        assert b"".join(answer.streaming_content) == b"two"
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
            "image/webp",
            "nosniff",
        )
    previews.save(stored, b"")
    assert not previews.exists(stored)


def test_what_waits_for_the_scanner_has_no_face(stored):
    previews.save(stored, b"one")
    assert previews.exists(stored)
    stored.scan = ScanState.WAITING
    assert not previews.exists(stored)
    with pytest.raises(Http404):
        previews.answer(stored)


def test_it_goes_with_its_file_and_not_before(stored, kept, django_capture_on_commit_callbacks):
    previews.save(stored, b"one")
    sweeping.drop_strays(at=NOW + 9 * limits.KEEP)
    assert kept()[0] == [stored.name, f"{stored.name}.webp"]
    with django_capture_on_commit_callbacks(execute=True):
        sweeping.drop_orphans(at=NOW + limits.KEEP)
    assert kept() == ([], [])
