"""Keeping a file: looked at, then moved into the storage, then said by a row."""

import datetime as dt
import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from pip_network.choices import FileKind, ScanState
from pip_network.models import Stored, User

from . import scanner
from .names import cleaned
from .reading import Refused, look, refusal

FOLDER = "files"
PIECE = 1 << 20
# Beside what is kept, so that moving it there copies nothing. The dot leaves it out of backups.
ARRIVING = ".arriving"


class Facts(NamedTuple):
    """What is known of a file once it was looked at."""

    sha256: str
    size: int
    kind: FileKind
    scan: ScanState


class Arrived(File):
    """A file of our own folder: moved into a storage that is a folder, copied into any other."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def keep(file: File, *, name: str, by: User | None, at: dt.datetime) -> Stored:
    """The row of a file that is here. Who calls it has asked for the permission.

    Raises Refused, with one sentence, for what is not kept; then nothing is.
    """
    if (file.size or 0) > settings.UPLOAD_MOST_BYTES:
        raise too_large()
    path = new_arrival()
    try:
        with path.open("wb") as target:
            for piece in file.chunks():
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        facts = examine(path)
        with transaction.atomic():
            return place(path, facts, name=name, by=by, at=at)
    finally:
        path.unlink(missing_ok=True)


def examine(path: Path) -> Facts:
    """Look at a file that has arrived whole. Raises Refused. Takes seconds: call it outside of a
    transaction.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if not size:
            raise refusal("empty")
        kind = look(file)
        scan = scanner.scan(file)
        if scan == ScanState.INFECTED:
            raise refusal("virus")
        return Facts(digest_of(file), size, kind, scan)


def place(path: Path, facts: Facts, *, name: str, by: User | None, at: dt.datetime) -> Stored:
    """Move it into the storage and write its row; of a transaction that fails the file is left to
    the sweep.
    """
    stored = Stored(
        name=secrets.token_hex(20),
        original_name=cleaned(name),
        uploaded_by=by,
        uploaded_at=at,
        **facts._asdict(),
    )
    with path.open("rb") as file:
        default_storage.save(path_of(stored), Arrived(file, str(path)))
    stored.save(force_insert=True)
    return stored


def opened(stored: Stored) -> File:
    """Its bytes. Raises OSError when they are away."""
    return default_storage.open(path_of(stored))


def path_of(stored: Stored) -> str:
    """In the storage; in many folders, because one of 100,000 files is slow to list."""
    return f"{FOLDER}/{stored.name[:2]}/{stored.name}"


def arriving() -> Path:
    """The folder of what is on its way, shared by all processes of the portal."""
    folder = Path(settings.MEDIA_ROOT) / ARRIVING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def new_arrival() -> Path:
    handle, path = tempfile.mkstemp(dir=arriving())
    os.close(handle)
    return Path(path)


def digest_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def too_large(most: int = 0) -> Refused:
    return refusal("size", megabytes=(most or settings.UPLOAD_MOST_BYTES) >> 20)
