"""What the guards say to PostgreSQL: each trigger in full, and the function that it calls."""

import pytest

from monitoring.record.guards.postgresql import BACKEND, BODY, DEFINING_BODY, _branch
from monitoring.record.guards.tables import DEFINING, TABLES, Defining

ROW = "CREATE TRIGGER guard_{0}_row BEFORE {1} ON {0} FOR EACH ROW EXECUTE FUNCTION {2}"
TRUNCATE = (
    "CREATE TRIGGER guard_{0}_truncate BEFORE TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION "
    "{1}"
)


@pytest.mark.parametrize(
    ("table", "events", "function"),
    [
        ("monitoring_measurement", "UPDATE OR DELETE", "pip_guard('versioned')"),
        ("monitoring_approval", "UPDATE OR DELETE", "pip_guard('append')"),
        ("pip_network_auditevent", "UPDATE OR DELETE", "pip_guard('append')"),
        ("monitoring_recordhead", "INSERT OR UPDATE OR DELETE", "pip_guard('head')"),
        ("monitoring_round", "INSERT OR UPDATE OR DELETE", "pip_guard_defining()"),
    ],
)
def test_a_table_has_a_trigger_for_its_rows_and_one_for_being_emptied(table, events, function):
    row, truncate = BACKEND.guards_of(table, ())
    assert row.sql == ROW.format(table, events, function)
    assert truncate.sql == TRUNCATE.format(table, function)
    assert row.drop == f"DROP TRIGGER IF EXISTS guard_{table}_row ON {table}"
    assert truncate.drop == f"DROP TRIGGER IF EXISTS guard_{table}_truncate ON {table}"


def test_a_trigger_stands_when_its_function_says_what_ours_says():
    told = {table: {each.told for each in BACKEND.guards_of(table, ())} for table in TABLES}
    assert told == dict.fromkeys(TABLES, {f"pip_guard{BODY}"})
    told = {table: {each.told for each in BACKEND.guards_of(table, ())} for table in DEFINING}
    assert told == dict.fromkeys(DEFINING, {f"pip_guard_defining{DEFINING_BODY}"})
    for body, function in zip((BODY, DEFINING_BODY), BACKEND.functions, strict=True):
        assert function.endswith(f"$guard${body}$guard$")


def test_the_function_asks_of_every_defining_table():
    for table in DEFINING:
        assert DEFINING_BODY.count(f"IF TG_TABLE_NAME = '{table}' THEN") == 1


@pytest.mark.parametrize(
    ("rule", "joining", "changing"),
    [
        (  # in some columns: others are free, and a new row may join
            Defining("id", "{row}.year < 2000", ("year", "half")),
            "false",
            "((ROW(NEW.year, NEW.half) IS DISTINCT FROM ROW(OLD.year, OLD.half)) AND "
            "(OLD.year < 2000 OR false)) OR (OLD.year < 2000 AND (false))",
        ),
        (  # in all of them
            Defining("id", "{row}.year < 2000"),
            "NEW.year < 2000",
            "(((to_jsonb(NEW)) IS DISTINCT FROM (to_jsonb(OLD))) AND "
            "(OLD.year < 2000 OR NEW.year < 2000)) OR (OLD.year < 2000 AND (false))",
        ),
        (  # and never back
            Defining("id", "{row}.year < 2000", ("year",), bolt="NEW.open"),
            "false",
            "((ROW(NEW.year) IS DISTINCT FROM ROW(OLD.year)) AND (OLD.year < 2000 OR false)) OR "
            "(OLD.year < 2000 AND (false OR (NEW.open)))",
        ),
    ],
)
def test_a_locked_row_does_not_go_and_does_not_change(rule, joining, changing):
    assert [line.strip() for line in _branch("years", rule).splitlines()[1:]] == [
        "IF TG_TABLE_NAME = 'years' THEN",
        "IF TG_OP = 'DELETE' THEN",
        "refused := OLD.year < 2000;",
        "ELSIF TG_OP = 'INSERT' THEN",
        f"refused := {joining};",
        "ELSE",
        f"refused := {changing};",
        "END IF;",
        "END IF;",
    ]
