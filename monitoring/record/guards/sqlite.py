"""Guards on SQLite: each is a trigger of its own."""
# ruff: noqa: S608 -- statements are made of literal names, and of columns that the database tells

from collections.abc import Iterator, Sequence

from .backend import Backend, Guard
from .tables import (
    APPEND_ONLY,
    APPROVAL,
    DEFINING,
    EVIDENCE,
    HEAD,
    LIVE_KEYS,
    TAKEN_AWAY,
    TAKING_AWAY,
    Defining,
)

COLUMNS = """
SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
 WHERE t.type = 'table' ORDER BY t.name, c.cid
"""
STANDING = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"


def guards_of(table: str, columns: Sequence[str]) -> Iterator[Guard]:
    """The triggers of a table that has these columns now."""
    if table in DEFINING:
        yield from _defining(table, DEFINING[table], columns)
        return
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
    sql = (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{condition}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
    )
    return Guard(name, table, sql=sql, drop=f"DROP TRIGGER IF EXISTS {name}", told=sql)


def _forbidden_update(table: str, columns: Sequence[str]) -> str:
    if table == HEAD:
        return "NOT (NEW.id IS OLD.id AND NEW.number IS OLD.number + 1 AND length(NEW.hash) = 64)"
    if table not in LIVE_KEYS:
        return ""
    once = "OLD.superseded_in IS NULL AND NEW.superseded_in IS NOT NULL AND NEW.superseded_in > OLD.approved_in"
    allowed = f"({once} AND {_same(columns, but=('superseded_in',))})"
    if table == EVIDENCE:
        allowed += f" OR ({TAKEN_AWAY} AND {_same(columns, but=TAKING_AWAY)})"
    return f"NOT ({allowed})"


def _same(columns: Sequence[str], *, but: tuple[str, ...]) -> str:
    return " AND ".join(
        f'NEW."{column}" IS OLD."{column}"' for column in columns if column not in but
    )


def _replaces(table: str, columns: Sequence[str]) -> str:
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


def _defining(table: str, rule: Defining, columns: Sequence[str]) -> Iterator[Guard]:
    """A locked row does not go, does not change, and is not walked over by another."""
    old, new = rule.locked.format(row="OLD"), rule.locked.format(row="NEW")
    changes = " OR ".join(
        f'NEW."{column}" IS NOT OLD."{column}"' for column in rule.columns or columns
    )
    named = rule.named.format(row="other")
    walked_over = (
        f"EXISTS (SELECT 1 FROM {table} other WHERE {{but}}(other.{rule.key} = NEW.{rule.key} OR "
        f"{named}) AND {rule.locked.format(row='other')})"
    )
    over_another = walked_over.format(but=f"other.{rule.key} <> OLD.{rule.key} AND ")
    joins = "" if rule.columns else f" OR {new}"
    bolt = f" OR ({old} AND {rule.bolt})" if rule.bolt else ""
    message = "what defines approved figures does not change"
    yield _refuse(table, "delete", "DELETE", old, message)
    yield _refuse(
        table,
        "update",
        "UPDATE",
        f"(({changes}) AND ({old}{joins} OR {over_another})){bolt}",
        message,
    )
    yield _refuse(table, "insert", "INSERT", walked_over.format(but="") + joins, message)


BACKEND = Backend(
    functions=(),
    columns=COLUMNS,
    guards_of=guards_of,
    standing=STANDING,
    aside=tuple(DEFINING),  # SQLite renames no table while a trigger of another one names it
)
