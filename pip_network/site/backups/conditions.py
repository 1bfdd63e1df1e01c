"""May this backup be restored into this database? Each condition raises BackupError when it does not
hold.
"""
# ruff: noqa: S608 -- statements are made of the names of our own tables

from django.conf import settings
from django.db import connection
from django.db.models import Model

from pip_network.running import health

from . import BackupError, migrations, rows
from .archive import Archive

# Who and what a portal is used by, and which of it counts: while there is none of it there is nothing
# to lose. What a process stated of the catalogue as it was loaded is loaded again.
SIGNS_OF_LIFE = {
    "pip_network_user": "1 = 1",
    "projects_project": "1 = 1",
    "monitoring_approval": "approver_id IS NOT NULL",
}
CACHE_TABLE = "pip_network_cache"


def require_of_this_version(archive: Archive) -> None:
    """Its tables are not newer than this version of the portal."""
    if newer := set(archive.manifest["migrations"]) - migrations.of_this_version():
        raise BackupError(
            f"This backup was made by version {archive.manifest['application']}, whose tables "
            "this version"
            f" ({settings.VERSION}) does not know ({min(newer)}). Install that version or a newer "
            "one."
        )


def require_same_tables(archive: Archive) -> None:
    """The database has the migrations of the backup, and no more."""
    require_of_this_version(archive)
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


def require_same_columns(archive: Archive, models: dict[str, type[Model]]) -> None:
    """The rows of the backup have the columns that its own migrations make."""
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


def require_nobody_at_work() -> None:
    """No worker has shown itself of late."""
    if CACHE_TABLE in connection.introspection.table_names() and not health.worker():
        raise BackupError(
            "A worker of this portal is running. Stop web, worker and beat, wait "
            f"{health.WORKER_LOST_SECONDS} seconds, and type"
            " the command again."
        )


def what_would_be_lost() -> str:
    """Such as `3 users, 1 project`; blank when there is nothing to lose."""
    counts = []
    with connection.cursor() as cursor:
        for table, counts_as in SIGNS_OF_LIFE.items():
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {counts_as}")
            if count := cursor.fetchone()[0]:
                counts.append(
                    f"{count} {table.partition('_')[2].split('_')[-1]}{'s' if count > 1 else ''}"
                )
    return ", ".join(counts)
