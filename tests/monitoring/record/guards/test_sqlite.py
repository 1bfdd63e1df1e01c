"""The guards of SQLite on a plain connection to a database of its own, whichever the portal has."""

import sqlite3

import pytest
from django.apps import apps

from monitoring.record.guards.sqlite import BACKEND
from monitoring.record.guards.tables import DEFINING, TABLES

MODELS = [*apps.get_app_config("monitoring").get_models(), apps.get_model("pip_network.AuditEvent")]


@pytest.fixture
def plain():
    """The tables of the portal with nothing but their columns, and their guards."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for model in MODELS:
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        connection.execute(f'CREATE TABLE "{model._meta.db_table}" ({columns})')
    for guard in guards(connection):
        connection.execute(guard.drop)
        connection.execute(guard.sql)
    yield connection
    connection.close()


def guards(connection):
    columns = {}
    for table, column in connection.execute(BACKEND.columns):
        columns.setdefault(table, []).append(column)
    return [
        guard
        for table in (*TABLES, *DEFINING)
        for guard in BACKEND.guards_of(table, columns[table])
    ]


def add(connection, table, **values):
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()])


def refused(connection, sql):
    with pytest.raises(sqlite3.IntegrityError, match="monitoring_"):
        connection.execute(sql)


def test_every_table_is_guarded_against_three_things(plain):
    assert BACKEND.functions == ()
    named = [(guard.name, guard.table, guard.told) for guard in guards(plain)]
    assert sorted(plain.execute(BACKEND.standing)) == sorted(named)
    assert sorted(name for name, _table, _told in named) == sorted(
        f"guard_{table}_{event}"
        for table in (*TABLES, *DEFINING)
        for event in ("delete", "insert", "update")
    )
    for guard in guards(plain):
        plain.execute(guard.drop)
    assert plain.execute(BACKEND.standing).fetchall() == []


def test_a_row_of_the_record_is_superseded_once_and_stays(plain):
    rate = {"id": 1, "currency": "ARS", "period": "2004", "approved_in": 1, "usd_rate": "2.9"}
    add(plain, "monitoring_rate", **rate)
    refused(plain, "UPDATE monitoring_rate SET usd_rate = 3")
    refused(plain, "UPDATE monitoring_rate SET superseded_in = 2, usd_rate = 3")
    refused(plain, "DELETE FROM monitoring_rate")
    refused(plain, "INSERT INTO monitoring_rate SELECT * FROM monitoring_rate")
    again = "INSERT INTO monitoring_rate (id, currency, period) VALUES (2, 'ARS', '2004')"
    refused(plain, again)
    plain.execute("UPDATE monitoring_rate SET superseded_in = 2")
    refused(plain, "UPDATE monitoring_rate SET superseded_in = 3")
    plain.execute(again)


def test_a_trail_only_grows(plain):
    row = {"id": 1, "observation_id": 1, "position": 0}
    add(plain, "monitoring_observationnetwork", **row)
    refused(plain, "UPDATE monitoring_observationnetwork SET position = 1")
    replace = "INSERT INTO monitoring_observationnetwork (id, observation_id, position) VALUES "
    refused(plain, f"{replace} (2, 1, 0)")
    plain.execute(f"{replace} (2, 1, 1)")
    add(plain, "monitoring_approval", number=1)
    refused(plain, "INSERT INTO monitoring_approval (number) VALUES (1)")
    add(plain, "monitoring_approval", number=2)


def test_the_head_moves_one_step_at_a_time(plain):
    add(plain, "monitoring_recordhead", id=1, number=0, hash="")
    refused(plain, f"UPDATE monitoring_recordhead SET number = 2, hash = '{'a' * 64}'")
    refused(plain, "INSERT INTO monitoring_recordhead (id) VALUES (2)")
    plain.execute(f"UPDATE monitoring_recordhead SET number = 1, hash = '{'a' * 64}'")


def test_what_defines_figures_is_locked_when_it_is_published(plain):
    version, check = "monitoring_catalogueversion", "monitoring_check"
    add(plain, version, number=1, status="draft", published_on="2004-01-01", note="")
    add(plain, check, id=1, code="one", catalogue_id=1)
    plain.execute(f"UPDATE {check} SET code = 'other'")
    plain.execute(f"UPDATE {version} SET status = 'published'")
    refused(plain, f"UPDATE {check} SET code = 'one'")
    refused(plain, f"DELETE FROM {check}")
    refused(plain, f"INSERT INTO {check} (id, catalogue_id) VALUES (2, 1)")
    plain.execute(f"INSERT INTO {check} (id, catalogue_id) VALUES (2, 2)")
    refused(plain, f"UPDATE {version} SET status = 'draft'")
    refused(plain, f"UPDATE {version} SET published_on = '2005-01-01'")
    plain.execute(f"UPDATE {version} SET note = 'x'")


def test_a_round_is_locked_when_it_was_observed(plain):
    seen = {"code": "2004-S1", "year": 2004, "half": 1, "due_on": "2004-07-30"}
    add(plain, "monitoring_round", **seen)
    plain.execute("UPDATE monitoring_round SET starts_on = '2004-01-01'")
    add(plain, "monitoring_observation", id=1, round_id="2004-S1")
    refused(plain, "UPDATE monitoring_round SET starts_on = '2004-01-02'")
    refused(plain, "INSERT INTO monitoring_round (code, year, half) VALUES ('x', 2004, 1)")
    add(plain, "monitoring_round", code="2004-S2", year=2004, half=2)
    refused(plain, "UPDATE monitoring_round SET half = 1 WHERE code = '2004-S2'")
    plain.execute("UPDATE monitoring_round SET due_on = '2004-08-30'")
