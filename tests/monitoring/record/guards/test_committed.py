"""The guards where tests really commit: on a connection of its own, and over a rebuilt table."""

import sqlite3

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection, models

from monitoring.models import Measurement
from monitoring.record import guards
from tests.conftest import World
from tests.monitoring.record.guards.test_guards import refused


@pytest.mark.django_db(transaction=True)
def test_a_plain_connection_is_refused_too(committed):

    World().approved("2004-S1")
    plain = (
        sqlite3.connect(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite"
        else plain_postgresql()
    )
    errors = (sqlite3.Error,) if connection.vendor == "sqlite" else (Exception,)
    try:
        for sql in (
            "UPDATE monitoring_measurement SET value = 1",
            "DELETE FROM monitoring_approval",
            "DELETE FROM monitoring_measurement",
        ):
            with pytest.raises(errors, match="monitoring_"):
                plain.cursor().execute(sql)
            plain.rollback()
        cursor = plain.cursor()
        cursor.execute("UPDATE monitoring_submission SET edits = edits + 1")
        assert cursor.rowcount == 1
    finally:
        plain.rollback()
        plain.close()


def plain_postgresql():
    settings = connection.settings_dict
    return psycopg2.connect(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or 5432,
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds tables")
@pytest.mark.django_db(transaction=True)
def test_they_come_back_after_django_rebuilds_a_table(committed):

    World().approved("2004-S1")
    with connection.schema_editor() as editor:
        widened = models.CharField(max_length=8)
        widened.set_attributes_from_name("period")
        editor.alter_field(Measurement, Measurement._meta.get_field("period"), widened)
    lost = [name for name in guards.missing() if "monitoring_measurement" in name]
    assert lost == [
        f"guard_monitoring_measurement_{event}" for event in ("delete", "insert", "update")
    ]
    call_command("migrate", verbosity=0)

    assert guards.missing() == []
    refused("UPDATE monitoring_measurement SET value = 1")
    with connection.schema_editor() as editor:
        editor.alter_field(Measurement, widened, Measurement._meta.get_field("period"))
    call_command("migrate", verbosity=0)
