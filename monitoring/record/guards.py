"""Database triggers that refuse what the record does not allow, whoever asks: code, administration
or a plain connection.

A row of the record is written once; it is changed once, by naming the later approval that
supersedes it; it is never deleted. Only SQL that both databases have built in, so that the refusals
hold on any connection.
"""
# ruff: noqa: S608 -- statements are made of the literal names of this module, and of columns that the database tells

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.core.checks import CheckMessage, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

HEAD = "monitoring_recordhead"
APPROVAL = "monitoring_approval"
LIVE_KEYS: dict[str, tuple[str, ...]] = {
    # Partial conditions stand in the words of the unique indexes, so that SQLite looks them up
    # there.
    "monitoring_measurement": (
        "kind = 'regular' AND project_id = NEW.project_id AND subject = NEW.subject"
        " AND variable_code = NEW.variable_code AND round_id = NEW.round_id",
        "kind = 'baseline' AND project_id = NEW.project_id AND subject = NEW.subject AND "
        "variable_code = NEW.variable_code",
    ),
    "monitoring_observation": (
        "kind = 'regular' AND project_id = NEW.project_id AND subject = NEW.subject AND round_id "
        "= NEW.round_id",
        "kind = 'baseline' AND project_id = NEW.project_id AND subject = NEW.subject",
    ),
    "monitoring_rate": ("currency = NEW.currency AND period = NEW.period",),
    "monitoring_narrative": (
        "project_id = NEW.project_id AND round_id = NEW.round_id AND theme = NEW.theme",
    ),
}
APPEND_ONLY: dict[str, str] = {
    # Table -> the key that REPLACE could walk over, besides the primary key.
    "monitoring_observationnetwork": "observation_id = NEW.observation_id AND position = "
    "NEW.position",
    "monitoring_entrychange": "",
    "monitoring_submissionevent": "",
    "pip_network_auditevent": "",
}
TABLES = (*LIVE_KEYS, *APPEND_ONLY, APPROVAL, HEAD)


class Guard(NamedTuple):
    """One trigger: its name, the table it stands on, the statement that makes it."""

    name: str
    table: str
    sql: str


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every guard in place, replacing what stands there; and the one row of the head.

    Tables that do not exist are passed by.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for guard in _guards(using):
            cursor.execute(_drop(connection.vendor, guard))
            cursor.execute(guard.sql)
        if HEAD in connection.introspection.table_names(cursor):
            cursor.execute(
                f"INSERT INTO {HEAD} (id, number, hash) SELECT 1, 0, '' WHERE NOT EXISTS (SELECT "
                f"1 FROM {HEAD})"
            )


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take every guard away: for tests that empty the tables, and for repairs by the owner of the
    database.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in _guards(using):
            cursor.execute(_drop(connection.vendor, guard))


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of guards that do not stand, are switched off or differ from what they should be."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            standing = _standing_on_postgresql(cursor)
            return sorted(
                guard.name for guard in _guards(using) if (guard.name, guard.table) not in standing
            )
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = dict(cursor.fetchall())
    return sorted(guard.name for guard in _guards(using) if triggers.get(guard.name) != guard.sql)


def _standing_on_postgresql(cursor) -> set[tuple[str, str]]:
    """Triggers that are switched on and call our function; none if the function says something
    else.
    """
    cursor.execute(
        "SELECT prosrc FROM pg_proc WHERE proname = 'pip_guard' AND pronamespace = "
        "current_schema()::regnamespace"
    )
    body = cursor.fetchone()
    if body is None or body[0] != POSTGRESQL_BODY:
        return set()
    cursor.execute(
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN "
        "pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND p.proname = 'pip_guard'"
        " AND c.relnamespace = current_schema()::regnamespace"
    )
    return set(cursor.fetchall())


def _guards(using: str) -> Iterator[Guard]:
    """The guards of the tables that exist, with the columns that they have now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
        for table in TABLES:
            if table in names:
                if connection.vendor == "postgresql":
                    yield from _postgresql(table)
                else:
                    columns = [
                        c.name
                        for c in connection.introspection.get_table_description(cursor, table)
                    ]
                    yield from _sqlite(table, columns)


def _drop(vendor: str, guard: Guard) -> str:
    return f"DROP TRIGGER IF EXISTS {guard.name}" + (
        f" ON {guard.table}" if vendor == "postgresql" else ""
    )


# --- SQLite: each guard is a trigger of its own


def _sqlite(table: str, columns: list[str]) -> Iterator[Guard]:
    yield _refuse(table, "delete", "DELETE", "", "nothing is deleted from the record")
    yield _refuse(
        table,
        "update",
        "UPDATE",
        _forbidden_update(table, columns),
        "a row of the record does not change",
    )
    yield _refuse(
        table, "insert", "INSERT", _replaces(table, columns), "a row of the record is not replaced"
    )


def _refuse(table: str, name: str, event: str, when: str, message: str) -> Guard:
    condition = f" WHEN {when}" if when else ""
    name = f"guard_{table}_{name}"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{condition}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END",
    )


def _forbidden_update(table: str, columns: list[str]) -> str:
    if table == HEAD:
        return "NOT (NEW.id IS OLD.id AND NEW.number IS OLD.number + 1 AND length(NEW.hash) = 64)"
    if table not in LIVE_KEYS:
        return ""
    same = " AND ".join(
        f'NEW."{column}" IS OLD."{column}"' for column in columns if column != "superseded_in"
    )
    once = "OLD.superseded_in IS NULL AND NEW.superseded_in IS NOT NULL AND NEW.superseded_in > OLD.approved_in"
    return f"NOT ({once} AND {same})"


def _replaces(table: str, columns: list[str]) -> str:
    """INSERT OR REPLACE deletes without asking the triggers on DELETE: so what it would walk over
    is looked for before.
    """
    if table == HEAD:
        return f"EXISTS (SELECT 1 FROM {table})"
    key = "number" if table == APPROVAL else "id"
    conditions = [f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"]
    if table in LIVE_KEYS:
        for live in LIVE_KEYS[table]:
            kind = f" AND NEW.{live.split(' AND ')[0]}" if live.startswith("kind") else ""
            conditions.append(
                f"(NEW.superseded_in IS NULL{kind} AND EXISTS (SELECT 1 FROM {table} WHERE "
                f"superseded_in IS NULL AND {live}))"
            )
    elif APPEND_ONLY.get(table):
        conditions.append(f"EXISTS (SELECT 1 FROM {table} WHERE {APPEND_ONLY[table]})")
    return " OR ".join(conditions)


# --- PostgreSQL: one function, told by its argument what the table allows

POSTGRESQL_BODY = """
BEGIN
  IF TG_OP = 'UPDATE' AND TG_ARGV[0] = 'versioned' THEN
    IF OLD.superseded_in IS NULL AND NEW.superseded_in IS NOT NULL AND NEW.superseded_in > OLD.approved_in
       AND (to_jsonb(NEW) - 'superseded_in') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'superseded_in') THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: a row of the record does not change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND TG_ARGV[0] = 'head' THEN
    IF NEW.id = OLD.id AND NEW.number = OLD.number + 1 AND length(NEW.hash) = 64 THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: the head only moves to the next approval', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF (SELECT count(*) FROM monitoring_recordhead) = 0 THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: the record has one head', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RAISE EXCEPTION '%: % is refused by the record', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
"""
POSTGRESQL_FUNCTION = f"CREATE OR REPLACE FUNCTION pip_guard() RETURNS trigger LANGUAGE plpgsql AS $guard${POSTGRESQL_BODY}$guard$"


def _postgresql(table: str) -> Iterator[Guard]:
    manner = "versioned" if table in LIVE_KEYS else "head" if table == HEAD else "append"
    events = "INSERT OR UPDATE OR DELETE" if table == HEAD else "UPDATE OR DELETE"
    for name, event, scope in (("row", events, "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        name = f"guard_{table}_{name}"
        yield Guard(
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {scope} EXECUTE FUNCTION "
            f"pip_guard('{manner}')",
        )


# --- when they are installed, and who asks after them


def install_after_migrate(sender, using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Django rebuilds SQLite tables without their triggers: after every migrate they are put back."""
    install(using)


@register("database")
def guards_stand(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """A warning, not an error: `migrate` itself runs this check, and it is what puts guards back."""
    del app_configs
    warnings: list[CheckMessage] = []
    for using in databases or ():
        if apps.is_installed("monitoring") and (names := missing(using)):
            warnings.append(
                Warning(
                    f"The record is not guarded: {', '.join(names)}.",
                    hint="Run `manage.py record_guards --install`, and `manage.py "
                    "verify_approvals` to see that nothing was changed.",
                    id="monitoring.W001",
                )
            )
    return warnings
