"""Which migrations a database has, and the models as they were after them: so that rows are read in
the shape they have.
"""

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps


def applied() -> list[str]:
    """Those that the database has, as `app.name`."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def of_this_version() -> set[str]:
    """Those that this version of the portal brings."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def leaves(loader: MigrationLoader, migrations: list[str]) -> list[tuple[str, str]]:
    """The migrations that no other one of the list, in the same app, builds on."""
    keys = {(app, name) for app, _dot, name in (key.partition(".") for key in migrations)}
    children = {key: loader.graph.node_map[key].children for key in keys}
    return sorted(
        key for key in keys if not any(c.key in keys and c.key[0] == key[0] for c in children[key])
    )


def apps_at(migrations: list[str]) -> StateApps:
    """The registry of models as the migrations in the list leave them."""
    loader = MigrationLoader(None)
    return loader.project_state(leaves(loader, migrations)).apps
