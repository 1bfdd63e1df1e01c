"""Restoring a backup: into an empty portal, whole or not at all, with the guards back in place and
the chain recomputed.
"""
# ruff: noqa: S608 -- statements are made of the names of our own tables

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from monitoring.definitions import reading
from monitoring.models import RecordHead
from monitoring.record import guards
from monitoring.record.chain import verify
from pip_network import audit
from pip_network.people.processes import RESTORE
from pip_network.running import health

from . import BackupError, migrations, rows
from .archive import Archive, opened

# Who and what a portal is used by: while all of these are empty there is nothing to lose.
SIGNS_OF_LIFE = ("pip_network_user", "projects_project", "monitoring_approval")
CACHE_TABLE = "pip_network_cache"


@dataclass(frozen=True)
class Restored:
    rows: int
    files: int
    number: int
    hash: str
    taken_at: str


def restore(
    path: Path, *, force: bool = False, confirm: Callable[[str], bool] = lambda _lost: True
) -> Restored:
    """Load the backup in `path`; with `force` also over what is there, once `confirm` said yes to
    what would be lost.

    A database without tables gets those of the backup first, and today's migrations afterwards, so
    that an older backup can be restored by a newer portal. Raises BackupError; then the portal is
    as it was.
    """
    with opened(path) as archive:
        archive.check()
        fresh = not set(connection.introspection.table_names()) - {CACHE_TABLE}
        if fresh:
            _require_known(archive)
            archive.require_room(_beside_media())
            executor = MigrationExecutor(connection)
            executor.migrate(migrations.leaves(executor.loader, archive.manifest["migrations"]))
        else:
            _require_same_tables(archive)
            archive.require_room(_beside_media())
            _require_nobody_at_work()
            lost = _what_would_be_lost()
            if lost and not force:
                raise BackupError(
                    f"This portal is not empty: it holds {lost}. Restore into an empty one, or "
                    "add --force."
                )
            if lost and not confirm(lost):
                raise BackupError("Nothing was restored.")
        return _load(archive)


def _load(archive: Archive) -> Restored:
    wanted = archive.manifest["migrations"]
    older = migrations.known() - set(wanted)
    models = rows.tables(migrations.apps_at(wanted))
    _require_same_columns(archive, models)
    with _new_media(archive) as put_media:
        try:
            with transaction.atomic(durable=not _tests_share_a_transaction()):
                count = _fill(archive, models)
                if not older:
                    guards.install()
                    _require_whole(archive)
                put_media()
        except (DatabaseError, ValidationError, ValueError, TypeError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            raise BackupError(
                f"The rows of this backup do not fit into the tables: {reason}"
            ) from error
    reading.forget()
    ContentType.objects.clear_cache()
    if older:
        call_command("migrate", interactive=False, verbosity=0)
        _require_whole(archive)
    call_command("createcachetable", verbosity=0)
    cache.clear()
    head = archive.manifest["record"]
    audit.record(
        verb="portal.restored",
        on="portal",
        by=RESTORE,
        at=timezone.now(),
        application=archive.manifest["application"],
        taken_at=archive.manifest["taken_at"],
        record=head["number"],
        hash=head["hash"],
    )
    return Restored(
        count, len(archive.media), head["number"], head["hash"], archive.manifest["taken_at"]
    )


def _fill(archive: Archive, models: dict) -> int:
    """Empty every table and write the rows of the backup."""
    guards.remove()
    _empty(sorted({*models, *(rows.LEFT_OUT & set(connection.introspection.table_names()))}))
    total = 0
    for table, model in models.items():
        name = archive.tables[table]
        count = rows.write(
            model, archive.manifest["columns"][table], archive.lines(name), connection
        )
        if count != archive.members[name]["rows"]:
            raise BackupError(
                f"The table {table} of this backup has {count} rows, not those that were written."
            )
        total += count
    rows.set_next_numbers(archive.manifest["next_numbers"], models, connection)
    now = timezone.now()
    # Nobody works on them now; the first sweep of a worker sends them.
    models["pip_network_job"].objects.filter(status__in=("queued", "running")).update(
        status="queued", lease=None, lease_until=now
    )
    connection.check_constraints()
    return total


def _empty(tables: list[str]) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(map(quote, tables))}")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {quote(table)}")


def _require_whole(archive: Archive) -> None:
    """The guards stand, and the record is what it was when the backup was taken."""
    if missing := guards.missing():
        raise BackupError(f"The guards of the record could not be put back: {', '.join(missing)}.")
    head = RecordHead.objects.filter(pk=1).values("number", "hash").first()
    if head != archive.manifest["record"]:
        raise BackupError(
            "The record in this backup is not the one that its list of contents names."
        )
    if head["number"] and set(head["hash"][:40]) != {
        "0"
    }:  # worlds poured for benches have no chain
        result = verify()
        if not result.whole:
            raise BackupError(
                f"The record in this backup is not what was approved. {result.sentence}"
            )


# --- may this backup be restored here?


def _require_known(archive: Archive) -> None:
    if newer := set(archive.manifest["migrations"]) - migrations.known():
        raise BackupError(
            f"This backup was made by version {archive.manifest['application']}, whose tables "
            "this version"
            f" ({settings.VERSION}) does not know ({min(newer)}). Install that version or a newer "
            "one."
        )


def _require_same_tables(archive: Archive) -> None:
    _require_known(archive)
    here, there = set(migrations.applied()), set(archive.manifest["migrations"])
    if there - here:
        raise BackupError(
            "This database lacks tables of the backup: run prepare_portal first, then restore."
        )
    if here - there:
        raise BackupError(
            f"This backup was made by version {archive.manifest['application']}, whose tables are "
            "older than those of this"
            " database. Restore it into a database without tables: they are made as they were "
            "then, and brought up to date."
        )


def _require_same_columns(archive: Archive, models: dict) -> None:
    ours = {
        table: {field.attname for field in rows.columns(model)} for table, model in models.items()
    }
    theirs = {table: set(names) for table, names in archive.manifest["columns"].items()}
    if (
        ours != theirs
        or set(archive.tables) != set(ours)
        or not set(archive.manifest["next_numbers"]) <= set(ours)
    ):
        raise BackupError("The tables in this backup are not those that its own migrations make.")


def _require_nobody_at_work() -> None:
    if CACHE_TABLE in connection.introspection.table_names() and not health.worker():
        raise BackupError(
            "A worker of this portal is running. Stop web, worker and beat, wait "
            f"{health.WORKER_LOST_SECONDS} seconds, and type"
            " the command again."
        )


def _what_would_be_lost() -> str:
    counts = []
    with connection.cursor() as cursor:
        for table in SIGNS_OF_LIFE:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            if count := cursor.fetchone()[0]:
                counts.append(
                    f"{count} {table.partition('_')[2].split('_')[-1]}{'s' if count > 1 else ''}"
                )
    return ", ".join(counts)


def _tests_share_a_transaction() -> bool:
    return settings.TEST and connection.in_atomic_block


# --- files


def _beside_media() -> Path:
    folder = Path(settings.MEDIA_ROOT).parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _new_media(archive: Archive) -> Iterator[Callable[[], None]]:
    """Files are copied beside the folder; the function that is handed out puts them in its place,
    and back if all fails.
    """
    root = Path(settings.MEDIA_ROOT)
    aside, before = (
        root.with_name(f"{root.name}.{word}-{os.getpid()}") for word in ("restoring", "replaced")
    )
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()

    def put() -> None:
        if root.exists():
            root.rename(before)
        aside.rename(root)

    try:
        for name in archive.media:
            archive.copy(name, aside / name.removeprefix("media/"))
        yield put
    except BaseException as error:
        if before.exists():
            shutil.rmtree(root, ignore_errors=True)
            before.rename(root)
        if isinstance(error, OSError):
            raise BackupError(
                f"The files could not be written beside {root} ({error.strerror})."
            ) from error
        raise
    finally:
        for left in (aside, before):
            with contextlib.suppress(OSError):
                shutil.rmtree(left)
