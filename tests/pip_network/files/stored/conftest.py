"""Every test has a storage of its own."""

import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def kept(media):
    """The files in the storage, and what is on its way."""

    def names() -> tuple[list[str], list[str]]:
        files = [path for path in media.rglob("*") if path.is_file()]
        arriving = [path.name for path in files if ".arriving" in path.parts]
        return sorted(path.name for path in files if ".arriving" not in path.parts), arriving

    return names
