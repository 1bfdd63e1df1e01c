"""Restoring a backup: into an empty portal, whole or not at all, with the guards back in place and
the chain recomputed.
"""
# ruff: noqa: S608 -- statements are made of the names of our own tables

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils import timezone

from knowledge.search.index import rebuild
from monitoring.definitions import reading
from monitoring.models import Approval, RecordHead
from monitoring.record import guards
from monitoring.record.chain import verify
from pip_network import audit
from pip_network.people.processes import RESTORE

from . import BackupError, media, migrations, rows
from .archive import Archive, opened
from .conditions import (
    CACHE_TABLE,
    require_nobody_at_work,
    require_of_this_version,
    require_same_columns,
    require_same_tables,
    what_would_be_lost,
)


@dataclass(frozen=True)
class Restored:
    """What was loaded: rows, files, and where the record of the backup stands."""

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
            require_of_this_version(archive)
            archive.require_room(media.beside())
            executor = MigrationExecutor(connection)
            executor.migrate(migrations.leaves(executor.loader, archive.manifest["migrations"]))
        else:
            require_same_tables(archive)
            archive.require_room(media.beside())
            require_nobody_at_work()
            lost = what_would_be_lost()
            if lost and not force:
                raise BackupError(
                    f"This portal is not empty: it holds {lost}. Restore into an empty one, or "
                    "add --force."
                )
            if lost and not confirm(lost):
                raise BackupError("Nothing was restored.")
        return _load(archive)


def _load(archive: Archive) -> Restored:
    applied = archive.manifest["migrations"]
    older = migrations.of_this_version() - set(applied)
    models = rows.tables(migrations.apps_at(applied))
    require_same_columns(archive, models)
    with media.new_media(archive) as put_media:
        try:
            with transaction.atomic(durable=not _tests_share_a_transaction()):
                count = _fill(archive, models)
                if not older:
                    guards.install()
                    _require_whole(archive, older=False)
                put_media()
        except (DatabaseError, ValidationError, ValueError, TypeError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            raise BackupError(
                f"The rows of this backup do not fit into the tables: {reason}"
            ) from error
    _catch_up(archive, older=bool(older))
    head = archive.manifest["record"]
    return Restored(
        count, len(archive.media), head["number"], head["hash"], archive.manifest["taken_at"]
    )


def _catch_up(archive: Archive, *, older: bool) -> None:
    """Forget what is remembered of the rows before; bring an older backup up to date; say it in the
    trail.
    """
    reading.forget()
    ContentType.objects.clear_cache()
    if older:
        call_command("migrate", interactive=False, verbosity=0)
        _require_whole(archive, older=True)
    call_command("createcachetable", verbosity=0)
    cache.clear()
    rebuild()
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


def _fill(archive: Archive, models: dict[str, type[Model]]) -> int:
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
    models["pip_network_job"]._default_manager.filter(status__in=("queued", "running")).update(
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


def _require_whole(archive: Archive, *, older: bool) -> None:
    """The guards stand, and the record is what it was when the backup was taken; a migration of an
    `older` one may have stated something after it.
    """
    if missing := guards.missing():
        raise BackupError(f"The guards of the record could not be put back: {', '.join(missing)}.")
    head, then = RecordHead.objects.filter(pk=1).first(), archive.manifest["record"]
    same = head is not None and (older or head.number == then["number"])
    approved = Approval.objects.filter(number=then["number"], hash=then["hash"]).exists()
    if head is None or not same or not (approved or then["number"] == 0):
        raise BackupError(
            "The record in this backup is not the one that its list of contents names."
        )
    poured = set(then["hash"][:40]) == {"0"}  # a world for benches has no chain
    if head.number and not poured:
        result = verify()
        if not result.whole:
            raise BackupError(
                f"The record in this backup is not what was approved. {result.sentence}"
            )


# ---


def _tests_share_a_transaction() -> bool:
    return settings.TEST and connection.in_atomic_block
