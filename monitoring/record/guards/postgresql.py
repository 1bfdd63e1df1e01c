"""Guards on PostgreSQL: one function, told by its argument what the table allows."""

from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper

from .tables import HEAD, LIVE_KEYS, Guard

BODY = """
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
FUNCTION = f"CREATE OR REPLACE FUNCTION pip_guard() RETURNS trigger LANGUAGE plpgsql AS $guard${BODY}$guard$"


def guards_of(table: str) -> Iterator[Guard]:
    """The triggers of a table."""
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


def standing(cursor: CursorWrapper) -> set[tuple[str, str]]:
    """Triggers that are switched on and call our function; none if the function says something
    else.
    """
    cursor.execute(
        "SELECT prosrc FROM pg_proc WHERE proname = 'pip_guard' AND pronamespace = "
        "current_schema()::regnamespace"
    )
    body = cursor.fetchone()
    if body is None or body[0] != BODY:
        return set()
    cursor.execute(
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN "
        "pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND p.proname = 'pip_guard'"
        " AND c.relnamespace = current_schema()::regnamespace"
    )
    return set(cursor.fetchall())
