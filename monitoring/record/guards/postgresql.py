"""Guards on PostgreSQL: one function for the record, told by its argument what the table allows,
and one for what defines figures.
"""

# ruff: noqa: S608 -- the statements are made of literal names

from collections.abc import Iterator, Sequence

from .backend import Backend, Guard
from .tables import DEFINING, EVIDENCE, HEAD, LIVE_KEYS, TAKEN_AWAY, TAKING_AWAY, Defining

TAKEN_COLUMNS = f"ARRAY{list(TAKING_AWAY)}"
# Each field is asked only of the table that has it: in a branch of its own.
BODY = f"""
BEGIN
  IF TG_OP = 'UPDATE' AND TG_ARGV[0] = 'evidence' THEN
    IF {TAKEN_AWAY}
       AND (to_jsonb(NEW) - {TAKEN_COLUMNS}) IS NOT DISTINCT FROM (to_jsonb(OLD) - {TAKEN_COLUMNS}) THEN
      RETURN NEW;
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND TG_ARGV[0] IN ('versioned', 'evidence') THEN
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

MESSAGE = "%: what defines approved figures does not change"


def _branch(table: str, rule: Defining) -> str:
    """What the function asks of one table: a locked row does not go and does not change."""
    old, new = rule.locked.format(row="OLD"), rule.locked.format(row="NEW")
    row = "(to_jsonb({0}))"
    if rule.columns:
        row = "ROW(" + ", ".join(f"{{0}}.{column}" for column in rule.columns) + ")"
    changes = f"{row.format('NEW')} IS DISTINCT FROM {row.format('OLD')}"
    joins = "false" if rule.columns else new
    bolt = f" OR ({rule.bolt})" if rule.bolt else ""
    return f"""
  IF TG_TABLE_NAME = '{table}' THEN
    IF TG_OP = 'DELETE' THEN
      refused := {old};
    ELSIF TG_OP = 'INSERT' THEN
      refused := {joins};
    ELSE
      refused := (({changes}) AND ({old} OR {joins})) OR ({old} AND (false{bolt}));
    END IF;
  END IF;"""


DEFINING_BODY = f"""
DECLARE
  refused boolean := false;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION '{MESSAGE}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;{"".join(_branch(table, rule) for table, rule in DEFINING.items())}
  IF refused THEN
    RAISE EXCEPTION '{MESSAGE}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
"""
DEFINING_FUNCTION = (
    "CREATE OR REPLACE FUNCTION pip_guard_defining() RETURNS trigger LANGUAGE plpgsql AS "
    f"$guard${DEFINING_BODY}$guard$"
)
BODIES = {"pip_guard": BODY, "pip_guard_defining": DEFINING_BODY}
COLUMNS = """
SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
   AND c.relnamespace = current_schema()::regnamespace
 ORDER BY c.relname, a.attnum
"""
# A trigger that is switched on stands as it should when the function that it calls says what ours
# says.
STANDING = """
SELECT t.tgname, c.relname, p.proname || p.prosrc FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
   AND p.pronamespace = current_schema()::regnamespace
   AND c.relnamespace = current_schema()::regnamespace
"""


def guards_of(table: str, columns: Sequence[str] = ()) -> Iterator[Guard]:
    """The triggers of a table; its columns are not named in them."""
    if table in DEFINING:
        yield from _triggers(table, "INSERT OR UPDATE OR DELETE", "pip_guard_defining", "")
        return
    manner = "versioned" if table in LIVE_KEYS else "head" if table == HEAD else "append"
    manner = "evidence" if table == EVIDENCE else manner
    events = "INSERT OR UPDATE OR DELETE" if table == HEAD else "UPDATE OR DELETE"
    yield from _triggers(table, events, "pip_guard", f"'{manner}'")


def _triggers(table: str, events: str, function: str, argument: str) -> Iterator[Guard]:
    for name, event, scope in (("row", events, "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        name = f"guard_{table}_{name}"
        yield Guard(
            name,
            table,
            sql=f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {scope} EXECUTE FUNCTION "
            f"{function}({argument})",
            drop=f"DROP TRIGGER IF EXISTS {name} ON {table}",
            told=function + BODIES[function],
        )


BACKEND = Backend(
    functions=(FUNCTION, DEFINING_FUNCTION),
    columns=COLUMNS,
    guards_of=guards_of,
    standing=STANDING,
    aside=(),
)
