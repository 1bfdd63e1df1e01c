"""What nobody went on with and what nothing points to goes; all else stays."""

import datetime as dt
import os

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from pip_network.files.stored import keep, limits, sweeping, uploads
from pip_network.models import Stored, Upload
from tests import factories

from . import TEXT

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def person(db):
    return factories.user()


@pytest.fixture
def sweep(django_capture_on_commit_callbacks):
    """The sweep of an hour that has not had one."""

    def swept(at: dt.datetime) -> None:
        cache.clear()
        with django_capture_on_commit_callbacks(execute=True):
            sweeping.sweep(at=at)

    return swept


def received(person) -> Upload:
    return uploads.receive(SimpleUploadedFile("nota.txt", TEXT), by=person, at=NOW)


def test_an_upload_goes_on_its_last_day_with_its_bytes(person, kept):
    upload = uploads.begin(name="nota.txt", size=9, by=person, at=NOW)
    sweeping.sweep(at=NOW + limits.KEEP - SECOND)
    assert (Upload.objects.count(), kept()) == (1, ([], [upload.pk.hex]))
    sweeping.sweep(at=NOW + limits.KEEP)
    assert (Upload.objects.count(), kept()) == (0, ([], []))


def test_a_file_that_no_form_used_goes_with_its_upload(person, kept, sweep):
    received(person)
    sweep(NOW + limits.KEEP - SECOND)
    assert (Stored.objects.count(), len(kept()[0])) == (1, 1)
    sweep(NOW + limits.KEEP)
    assert (Stored.objects.count(), kept()) == (0, ([], []))


def test_all_rows_are_walked_once_an_hour(person, sweep):
    received(person)
    sweep(NOW)
    sweeping.sweep(at=NOW + limits.KEEP)
    assert (Upload.objects.count(), Stored.objects.count()) == (0, 1)
    sweep(NOW + limits.KEEP)
    assert Stored.objects.count() == 0


def test_a_file_to_which_something_points_stays(person, kept, sweep):
    """Its upload goes, whose key is good no more; another upload stands for whatever points."""
    used = received(person)
    Upload.objects.create(
        owner=person,
        name="x",
        size=1,
        offset=1,
        begun_at=NOW,
        expires_at=NOW + 9 * limits.KEEP,
        stored=used.stored,
    )
    sweep(NOW + limits.KEEP)
    assert not Upload.objects.filter(pk=used.pk).exists()
    assert (Stored.objects.count(), len(kept()[0])) == (1, 1)


def test_bytes_without_a_row_go_once_they_are_old(person, kept, media):
    stored = keep(ContentFile(TEXT), name="nota.txt", by=person, at=NOW)
    stray = media / "files" / "ab" / "abc"
    stray.parent.mkdir(parents=True)
    left = media / ".arriving" / "left"
    for path in (stray, left):
        path.write_bytes(b"x")
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    sweeping.drop_strays(at=NOW + limits.KEEP - SECOND)
    assert kept() == (sorted([stored.name, "abc"]), ["left"])
    sweeping.drop_strays(at=NOW + 2 * limits.KEEP)
    assert kept() == ([stored.name], [])
