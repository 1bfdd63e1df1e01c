"""Taking a backup: the rows of one moment, then the files; written aside and moved in when it is
whole.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from monitoring.models import RecordHead

from . import BackupError, migrations, rows
from .archive import PIECE
from .manifest import FORMAT, MANIFEST, Head, Manifest, Member

NO_RECORD: Head = {"number": 0, "hash": ""}


def take(target: Path) -> Manifest:
    """Write the whole portal into `target`; returns the manifest. The portal may be in use
    meanwhile.

    Files are read after the rows: a file that a row names was there before the row, so every named
    file is caught.
    """
    if target.exists():
        raise BackupError(
            f"{target} exists already: name a new file, so that no older backup is lost."
        )
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        # For the owner only: it holds every address and every password hash.
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _fill(archive)
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, target)  # never over another one
    except FileExistsError:
        raise BackupError(
            f"{target} exists already: name a new file, so that no older backup is lost."
        ) from None
    except OSError as error:
        raise BackupError(
            f"The backup could not be written to {target} ({error.strerror})."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return manifest


def _fill(archive: zipfile.ZipFile) -> Manifest:
    with one_moment():
        manifest = _contents()
        models = rows.tables(migrations.apps_at(manifest["migrations"]))
        for table, model in models.items():
            name = f"tables/{table}.jsonl"
            member, count = _add(archive, name, rows.read(model))
            manifest["members"][name] = {**member, "rows": count}
    manifest["members"].update(_add_media(archive))
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
    return manifest


def _contents() -> Manifest:
    """The list of contents, still without members."""
    applied = migrations.applied()
    if unknown := set(applied) - migrations.of_this_version():
        raise BackupError(
            f"This database is newer than this version of the portal ({min(unknown)}): use "
            "the newer one."
        )
    models = rows.tables(migrations.apps_at(applied))
    head = RecordHead.objects.filter(pk=1).values("number", "hash").first()
    return {
        "format": FORMAT,
        "application": settings.VERSION,
        "taken_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": applied,
        "record": {"number": head["number"], "hash": head["hash"]} if head else NO_RECORD,
        "next_numbers": rows.next_numbers(models, connection),
        "columns": {
            table: [field.attname for field in rows.columns(model)]
            for table, model in models.items()
        },
        "members": {},
    }


def _add_media(archive: zipfile.ZipFile) -> Iterator[tuple[str, Member]]:
    root = Path(settings.MEDIA_ROOT)
    for path in _files(root):
        name = f"media/{path.relative_to(root).as_posix()}"
        try:
            with path.open("rb") as file:
                member, _count = _add(archive, name, iter(partial(file.read, PIECE), b""))
        except FileNotFoundError:
            # Taken away since we listed it; no row of our moment can need it for long.
            continue
        yield name, member


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[Member, int]:
    """Write a member; also says of how many pieces."""
    digest, size, count = hashlib.sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
            count += 1
    return {"sha256": digest.hexdigest(), "bytes": size}, count


def _files(root: Path) -> Iterator[Path]:
    """Whole files only: what is being written has a name that begins with a dot; links lead out of
    the folder.
    """
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is from the same moment, and nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    if connection.in_atomic_block:
        raise BackupError("A backup is taken outside of a transaction.")
    # Django would begin IMMEDIATE and keep writers out; a deferred transaction only reads, from one
    # state of the file.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
