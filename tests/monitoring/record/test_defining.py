"""What defines a figure is guarded like the figure, on any connection; and where the owner of the
database takes the guards away, the chain shows it.
"""

import copy

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from monitoring.catalogue import draft_rows, drafts
from monitoring.models import (
    Approval,
    CatalogueDigest,
    CatalogueVersion,
    Indicator,
    RecordHead,
    Round,
    Variable,
)
from monitoring.record import catalogues, guards
from monitoring.record.chain import verify
from monitoring.record.defining import LISTS, digest_of
from monitoring.record.watched import guards_stand
from tests.conftest import World
from tests.factories import PROCESS, moment

BY = {"by": PROCESS, "at": moment("2005-06-01")}
VERSION, UNIT, ROUND = "monitoring_catalogueversion", "monitoring_unit", "monitoring_round"
ROWS = ("monitoring_indicator", "monitoring_variable", "monitoring_check")


@pytest.fixture(scope="module")
def _record(standing):
    world = World()
    world.approved("2004-S1")
    drafts.start_draft(**BY)
    return world


@pytest.fixture
def record(_record, db):
    """Version 1 published, of it an approved round, and a draft of version 2."""
    return copy.deepcopy(_record)


def execute(sql: str, *params) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def refused(sql: str, *params) -> None:
    with pytest.raises(DatabaseError):
        execute(sql, *params)


def one(table: str, version: int) -> str:
    return f"(SELECT min(id) FROM {table} WHERE catalogue_id = {version})"


def columns_of(table: str) -> list[str]:
    fields = apps.get_model(*table.split("_"))._meta.concrete_fields
    return [field.column for field in fields if field.column not in ("id", "catalogue_id")]


# --- rows of a published version, and of a draft


TEXTS = {
    "monitoring_indicator": ("rule", "numerator", "code", "sentence_es", "name_pt"),
    "monitoring_variable": ("code", "level", "frequency", "definition_es", "applies_to"),
    "monitoring_check": ("code", "kind", "factor", "message_en"),
}


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, cs in TEXTS.items() for c in cs])
def test_a_row_of_a_published_version_does_not_change_and_one_of_a_draft_does(
    record, table, column
):
    change = f"UPDATE {table} SET {column} = 'x' WHERE id = "
    refused(change + one(table, 1))
    assert execute(change + one(table, 2)) == 1


@pytest.mark.parametrize("table", ROWS)
def test_a_row_of_a_published_version_does_not_go_and_one_of_a_draft_does(record, table):
    refused(f"DELETE FROM {table} WHERE id = {one(table, 1)}")
    if connection.vendor == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
    assert execute(f"DELETE FROM {table} WHERE id = {one(table, 2)}") == 1


def added(table: str, version: int, *, verb: str = "INSERT", pk: str = "900000") -> str:
    names = ", ".join(f'"{name}"' for name in columns_of(table))
    values = names.replace('"code"', "'new'")
    return (
        f"{verb} INTO {table} (id, catalogue_id, {names}) SELECT {pk}, {version}, {values} FROM "
        f"{table} WHERE id = {one(table, 1)}"
    )


@pytest.mark.parametrize("table", ROWS)
def test_no_row_joins_a_published_version_and_one_joins_a_draft(record, table):
    refused(added(table, 1))
    refused(f"UPDATE {table} SET catalogue_id = 1, code = 'new' WHERE id = {one(table, 2)}")
    assert execute(added(table, 2)) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has OR REPLACE")
@pytest.mark.parametrize("table", ROWS)
def test_replacing_a_published_row_is_no_way_round(record, table):
    refused(added(table, 2, verb="INSERT OR REPLACE", pk=one(table, 1)))
    refused(f"UPDATE OR REPLACE {table} SET id = {one(table, 1)} WHERE id = {one(table, 2)}")
    assert execute(added(table, 2, verb="INSERT OR REPLACE", pk=one(table, 2))) == 1


def test_a_row_written_as_it_is_changes_nothing(record):
    Indicator.objects.filter(catalogue=1).first().save()
    CatalogueVersion.objects.get(pk=1).save()


# --- the version itself


@pytest.mark.parametrize(
    "change",
    [
        "number = 9",
        "published_on = '2001-01-01'",
        "published_on = NULL",
    ],
)
def test_a_published_version_keeps_its_number_and_day(record, change):
    refused(f"UPDATE {VERSION} SET {change} WHERE number = 1")
    if "number" not in change:
        assert execute(f"UPDATE {VERSION} SET {change} WHERE number = 2") == 1


def test_a_published_version_is_no_draft_again(record):
    drafts.discard_draft(number=2, **BY)  # there is one draft at most
    refused(f"UPDATE {VERSION} SET status = 'draft' WHERE number = 1")
    assert execute(f"UPDATE {VERSION} SET status = 'retired' WHERE number = 1") == 1
    refused(f"UPDATE {VERSION} SET status = 'draft' WHERE number = 1")


def test_the_note_of_a_version_and_that_it_is_retired_define_nothing(record):
    assert execute(f"UPDATE {VERSION} SET note = 'x' WHERE number = 1") == 1
    assert execute(f"UPDATE {VERSION} SET status = 'retired' WHERE number = 1") == 1
    refused(f"UPDATE {VERSION} SET status = 'draft' WHERE number = 1")
    refused(
        f"UPDATE monitoring_indicator SET rule = 'x' WHERE id = {one('monitoring_indicator', 1)}"
    )


def test_a_published_version_does_not_go(record):
    refused(f"DELETE FROM {VERSION} WHERE number = 1")
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {VERSION} SELECT * FROM {VERSION} WHERE number = 1")
        refused(f"UPDATE OR REPLACE {VERSION} SET number = 1 WHERE number = 2")
    drafts.discard_draft(number=2, **BY)
    assert not CatalogueVersion.objects.filter(pk=2).exists()


# --- units and rounds


@pytest.mark.parametrize("column", ["code", "es", "en", "pt"])
def test_a_unit_keeps_its_code_and_words(record, column):
    refused(f"UPDATE {UNIT} SET {column} = 'x' WHERE code = 'usd'")


def test_a_unit_has_another_place_and_others_are_added(record):
    refused(f"DELETE FROM {UNIT} WHERE code = 'usd'")
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {UNIT} SELECT * FROM {UNIT} WHERE code = 'usd'")
    assert execute(f"UPDATE {UNIT} SET position = 99 WHERE code = 'usd'") == 1
    new = f"INSERT INTO {UNIT} (code, position, es, en, pt) VALUES ('ha', 40, 'ha', 'ha', 'ha')"
    assert execute(new) == 1


def test_before_anything_is_published_a_unit_is_mended(db):
    guards.remove()
    CatalogueVersion.objects.update(status="draft")
    guards.install()
    new = f"INSERT INTO {UNIT} (code, position, es, en, pt) VALUES ('ha', 40, 'ha', 'ha', 'ha')"
    assert execute(new) == 1
    assert execute(f"UPDATE {UNIT} SET es = 'hectárea' WHERE code = 'ha'") == 1


@pytest.mark.parametrize(
    "change",
    [
        "code = '1999-S1'",
        "year = 1999",
        "half = 2",
        "starts_on = '2004-01-02'",
        "ends_on = '2004-07-01'",
    ],
)
def test_an_approved_round_keeps_its_code_and_days(record, change):
    execute(f"DELETE FROM {ROUND} WHERE code = '2004-S2'")  # its year and half are free
    refused(f"UPDATE {ROUND} SET {change} WHERE code = '2004-S1'")


def test_an_approved_round_opens_and_is_due_on_other_days(record):
    sql = f"UPDATE {ROUND} SET opens_on = '2004-02-01', due_on = '2004-09-01' WHERE code = %s"
    assert execute(sql, "2004-S1") == 1


def test_a_round_of_which_nothing_is_approved_may_change(record):
    assert execute(f"UPDATE {ROUND} SET ends_on = '2004-12-30' WHERE code = '2004-S2'") == 1
    assert execute(f"DELETE FROM {ROUND} WHERE code = '2007-S2'") == 1
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {ROUND} SELECT * FROM {ROUND} WHERE code = '2004-S1'")
        refused(f"UPDATE OR REPLACE {ROUND} SET year = 2004, half = 1 WHERE code = '2006-S1'")


# --- the chain: an approval states what defines its rows


@pytest.fixture
def forge(record):
    guards.remove()
    return execute


FORGERIES = {
    "rule": "UPDATE monitoring_indicator SET rule = 'sum' WHERE catalogue_id = 1 AND code = 'F01'",
    "numerator": "UPDATE monitoring_indicator SET numerator = 'jobs' WHERE catalogue_id = 1",
    "variable": "UPDATE monitoring_variable SET frequency = 'semester' WHERE catalogue_id = 1",
    "check": "UPDATE monitoring_check SET factor = '9' WHERE catalogue_id = 1",
    "unit": f"UPDATE {UNIT} SET es = 'x' WHERE code = 'usd'",
    "day of the version": f"UPDATE {VERSION} SET published_on = '2001-01-01' WHERE number = 1",
    "row taken away": f"DELETE FROM monitoring_check WHERE id = {one('monitoring_check', 1)}",
    "row added": "row added",
    "days of the round": f"UPDATE {ROUND} SET ends_on = '2004-07-01' WHERE code = '2004-S1'",
    "year of the round": f"UPDATE {ROUND} SET year = 1999 WHERE code = '2004-S1'",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_definition_is_seen(forge, what):
    assert verify().whole
    sql = added("monitoring_check", 1) if what == "row added" else FORGERIES[what]
    assert forge(sql) > 0
    assert verify()[:2] == (False, 1)


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {ROUND} SET due_on = '2004-09-01' WHERE code = '2004-S1'",
        f"UPDATE {ROUND} SET ends_on = '2004-12-30' WHERE code = '2004-S2'",
        f"UPDATE {UNIT} SET position = 99",
        f"UPDATE {VERSION} SET note = 'x'",
        "UPDATE monitoring_indicator SET rule = 'sum' WHERE catalogue_id = 2",
    ],
)
def test_what_defines_nothing_is_not_stated(forge, sql):
    assert forge(sql) > 0
    assert verify().whole


# --- approvals of kind catalogue


def published(world) -> Approval:
    row = Variable.objects.get(catalogue=2, code="trust")
    draft_rows.change_row(row=row, name_es="Confianza entre empresas", **BY)
    drafts.publish_draft(
        number=2, reason="Otro nombre", by=world.administrator, at=moment("2005-06-02")
    )
    return Approval.objects.get(kind="catalogue")


def test_publishing_states_the_versions_in_an_approval(record):
    approval = published(record)
    assert (approval.number, approval.approver, approval.process, approval.reason) == (
        2,
        record.administrator,
        "",
        "Otro nombre",
    )
    assert list(
        CatalogueDigest.objects.values_list("catalogue", "columns", "digest", "approved_in")
    ) == [(1, 1, digest_of(1, 1), 2), (2, 1, digest_of(2, 1), 2)]
    assert verify()[:2] == (True, 2)
    assert guards_stand() == ""


def test_a_stated_version_is_stated_once(record):
    published(record)
    assert catalogues.state("Otra vez, sin nada nuevo", approver=PROCESS, at=BY["at"]) is None
    assert RecordHead.objects.get().number == 2


def test_a_version_that_no_round_has_used_is_seen_too_and_named_by_readyz(record):
    published(record)
    guards.remove()
    execute("UPDATE monitoring_indicator SET rule = 'sum' WHERE catalogue_id = 2")
    assert verify()[:2] == (False, 2)
    guards.install()
    assert guards_stand() == "changed: version 2 of the catalogue"


def test_a_stated_digest_does_not_change(record):
    published(record)
    refused("UPDATE monitoring_cataloguedigest SET digest = 'x'")
    refused("DELETE FROM monitoring_cataloguedigest")
    guards.remove()
    execute("UPDATE monitoring_cataloguedigest SET digest = 'x' WHERE catalogue_id = 2")
    assert not verify().whole


def test_a_process_is_named_where_no_person_approves(record):
    approval = catalogues.state("Versión cargada", approver=PROCESS, at=BY["at"])
    assert approval is not None
    assert (approval.approver, approval.process, approval.approved_by) == (
        None,
        "system:tests",
        "proceso system:tests",
    )
    assert verify().whole


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"kind": "catalogue", "process": "migrate"}, True),
        ({"kind": "catalogue", "process": ""}, False),
        ({"kind": "rates", "process": "migrate"}, False),
    ],
)
def test_only_definitions_are_approved_by_a_named_process(db, fields, taken):
    row = Approval(number=1, at=moment("2005-01-01"), reason="Una razón", hash="0" * 64, **fields)
    if taken:
        row.save(force_insert=True)
        return
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


# --- the numbered list


def test_the_first_list_is_never_written_otherwise():
    names = {name: len(columns) for name, columns in LISTS[1]._asdict().items()}
    assert names == {"version": 2, "variable": 23, "indicator": 35, "check": 19, "unit": 4}


def test_a_digest_is_of_its_rows_and_not_of_their_order(record):
    before = digest_of(1, 1)
    assert before == digest_of(1, 1)
    assert before != digest_of(2, 1)


def test_an_approved_round_is_a_round_of_the_record(record):
    assert Round.objects.filter(code="2004-S1").exists()
