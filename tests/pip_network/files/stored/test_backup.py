"""A backup holds every kept file, and nothing of what is on its way."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from pip_network.files.stored import keep, previews, uploads
from pip_network.site.backups import taking
from tests import factories

from . import TEXT

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_a_backup_holds_what_is_kept_and_not_what_is_on_its_way(media):
    stored = keep(ContentFile(TEXT), name="nota.txt", by=None, at=NOW)
    previews.save(stored, b"face")
    uploads.begin(name="nota.txt", size=5, by=factories.user(), at=NOW)
    folder = media / "files" / stored.name[:2]
    assert list(taking._files(media)) == [folder / stored.name, folder / f"{stored.name}.webp"]
