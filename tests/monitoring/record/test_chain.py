"""The hash chain sees what the guards cannot stop: the owner of the database."""

import copy
import hashlib
import importlib
import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from monitoring.models import Approval, Explanation, Judgement, Measurement, Observation, RecordHead
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.record import guards
from monitoring.record.chain import payload, verify
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.submission.correcting import ObservationChange, correct_observations
from monitoring.submission.narratives import save_narrative
from tests.conftest import World
from tests.factories import DOUBTFUL, moment


@pytest.fixture(scope="module")
def _record(standing):
    world = World()
    opened = world.open("2004-S1")
    save_narrative(
        opened.pk, "change", "Más confianza.", "es", by=world.director, at=moment("2004-06-30")
    )
    world.approved("2004-S1", but=DOUBTFUL, words={key: "Con otra red." for key in DOUBTFUL})
    world.approved("2004-S2")
    approve_rates(
        [RateRow("ARS", "2004", "2.9", "130", "Banco")],
        "Serie, según acta",
        by=world.administrator,
        at=moment("2005-03-01"),
    )
    correct_observations(
        world.project,
        world.rounds["2004-S2"],
        [ObservationChange("F:FIRMAAAAA", "sector", "17")],
        "Error de registro",
        by=world.administrator,
        at=moment("2005-03-02"),
    )
    return world


@pytest.fixture
def record(_record, db):
    """N=1 and 2: two rounds; N=3: rates; N=4: a correction."""
    return copy.deepcopy(_record)


@pytest.fixture
def forge(record):
    """Runs SQL as the owner of the database, who takes the guards away."""
    guards.remove()

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(sql)
            assert cursor.rowcount > 0, sql

    return run


def test_a_record_is_whole(record, capsys):
    result = verify()
    assert (result.whole, result.number) == (True, 4)
    assert result.hash == RecordHead.objects.get().hash
    call_command("verify_approvals", "--expect", f"4:{result.hash}")
    assert capsys.readouterr().out.splitlines() == [result.sentence]


def test_an_empty_record_is_whole(db):
    assert verify()[:3] == (True, 0, "")


def test_the_chain_by_hand(record):
    previous = ""
    for approval in Approval.objects.order_by("number"):
        assert approval.previous_hash == previous
        previous = hashlib.sha256(previous.encode() + payload(approval.number)).hexdigest()
        assert approval.hash == previous


def test_a_payload_is_canonical_and_holds_codes_only(record):
    text = payload(1).decode()
    document = json.loads(text)
    assert text == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert (document["number"], document["project"], document["round"], document["at"]) == (
        1,
        "PIP-01",
        "2004-S1",
        "2004-08-02T12:00:00Z",
    )
    keys = [
        (m["subject"], m["round"], m["kind"], m["variable_code"]) for m in document["measurements"]
    ]
    assert keys == sorted(keys)
    assert {m["value"] for m in document["measurements"] if m["variable_code"] == "trust"} == {
        "3.4"
    }
    for private in ("Empresa", "Directora", "@", "confianza", "otra red", "Proyecto", "Red N1"):
        assert private not in text
    assert json.loads(payload(4))["superseded"]["observations"] == list(
        Observation.objects.filter(superseded_in=4).values_list("pk", flat=True)
    )


@pytest.fixture
def old(record):
    """The same record as the first format stated it: what it did not know is in no text."""
    guards.remove()
    Explanation.objects.all().delete()
    Judgement.objects.all().delete()
    rewrite(format=1)
    guards.install()


def rewrite(**columns) -> None:
    """Every hash anew, as the owner of the database can."""
    previous = ""
    for approval in Approval.objects.order_by("number"):
        Approval.objects.filter(pk=approval.pk).update(previous_hash=previous, **columns)
        previous = hashlib.sha256(previous.encode() + payload(approval.number)).hexdigest()
        Approval.objects.filter(pk=approval.pk).update(hash=previous)
    RecordHead.objects.update(hash=previous)


def test_a_text_of_the_first_format_is_read_as_it_was_written(old):
    document = json.loads(payload(1))
    assert sorted(document) == [
        "approver",
        "at",
        "author",
        "kind",
        "measurements",
        "narratives",
        "number",
        "observations",
        "project",
        "rates",
        "reason",
        "revision",
        "round",
        "superseded",
    ]
    assert sorted(document["superseded"]) == ["measurements", "narratives", "observations", "rates"]
    assert sorted(document["measurements"][0]) == [
        "catalogue",
        "currency",
        "id",
        "kind",
        "missing",
        "period",
        "project",
        "round",
        "source",
        "subject",
        "value",
        "variable_code",
    ]
    assert verify().whole


def test_a_new_approval_follows_old_ones_in_its_own_format(old, record):
    approval = record.approved("2005-S1")
    assert (approval.format, Approval.objects.get(pk=1).format) == (5, 1)
    assert {"variable", "level"} <= json.loads(payload(5))["measurements"][0].keys()
    assert verify()[:2] == (True, 5)


def test_an_explanation_that_an_old_approval_could_not_write_is_seen(old):
    row = Measurement.objects.filter(approved_in=1).first()
    Explanation.objects.create(measurement=row, basis="", text="Nunca dicho.", approved_in_id=1)
    assert verify()[:2] == (False, 4)


# --- what the first format left out, as the migration states it


MIGRATION = importlib.import_module("monitoring.migrations.0014_what_format_1_left_out")


def test_what_the_first_format_left_out_is_stated_once(old):
    before = list(Approval.objects.order_by("number").values_list("number", "hash"))
    MIGRATION.state(apps, None)
    MIGRATION.state(apps, None)
    stated = Approval.objects.latest("number")
    assert list(Approval.objects.order_by("number").values_list("number", "hash")) == [
        *before,
        (5, stated.hash),
    ]
    assert (stated.kind, stated.approver, stated.process, stated.format, stated.completes) == (
        "catalogue",
        None,
        "migrate",
        2,
        1,
    )
    assert verify()[:2] == (True, 5)
    document = json.loads(payload(5))
    assert sorted(document["left_out"]) == ["measurement", "observation"]
    assert [row["code"] for row in document["rounds"]] == ["2004-S1", "2004-S2"]
    assert [row["catalogue"] for row in document["catalogues"]] == [1]


def test_words_that_an_old_approval_dropped_come_back_from_the_history(old):
    MIGRATION.state(apps, None)
    row = Explanation.objects.get()
    assert (row.text, row.check_code, row.approved_in_id) == ("Con otra red.", "", 5)
    key = next(iter(DOUBTFUL))
    assert (
        f"{row.measurement.subject}|{row.measurement.kind}|{row.measurement.variable_code}" == key
    )
    submission = row.measurement.round.submissions.get()
    cell = load_sheet(submission).cell(CellKey.parse(key))
    assert (cell.explanation, cell.state) == ("Con otra red.", "saved")


def test_an_empty_record_states_nothing(db):
    MIGRATION.state(apps, None)
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE monitoring_measurement SET variable_id = variable_id + 1 WHERE id = (SELECT min(id) "
        "FROM monitoring_measurement)",
        "UPDATE monitoring_indicator SET rule = 'sum' WHERE catalogue_id = 1",
        "UPDATE monitoring_round SET ends_on = '2004-06-29' WHERE code = '2004-S1'",
        "UPDATE monitoring_explanation SET text = 'x'",
    ],
)
def test_forging_what_was_left_out_is_seen_once_it_is_stated(old, sql):
    guards.remove()
    if "explanation" not in sql:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            assert verify().whole  # the first format does not know it
            transaction.set_rollback(True)
    MIGRATION.state(apps, None)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount > 0
    assert verify()[:2] == (False, 5)


ROW, SEEN, TIE, ACT = (
    f"monitoring_{name}"
    for name in ("measurement", "observation", "observationnetwork", "approval")
)


def first(table: str, where: str = "1 = 1") -> str:
    return f"WHERE id = (SELECT min(id) FROM {table} WHERE {where})"


FORGERIES = {
    "value": f"UPDATE {ROW} SET value = value + 1 {first(ROW, 'value IS NOT NULL')}",
    "blanked": f"UPDATE {ROW} SET value = NULL, missing = 'refused' {first(ROW, 'value IS NOT NULL')}",
    "filled": f"UPDATE {ROW} SET value = 3, missing = '' {first(ROW, 'value IS NULL')}",
    "reason": f"UPDATE {ROW} SET missing = 'refused' {first(ROW, 'value IS NULL')}",
    "period": f"UPDATE {ROW} SET period = '1999' {first(ROW)}",
    "currency": f"""UPDATE {ROW} SET currency = 'BRL' {first(ROW, "currency = 'ARS'")}""",
    "source": f"UPDATE {ROW} SET source = 'closure' {first(ROW)}",
    "round": f"UPDATE {ROW} SET round_id = '2005-S1' {first(ROW)}",
    "deleted": f"DELETE FROM {ROW} {first(ROW)}",
    "another approval": f"UPDATE {ROW} SET approved_in = 2 {first(ROW)}",
    "superseded": f"UPDATE {ROW} SET superseded_in = 3 {first(ROW)}",
    "superseded by another": f"UPDATE {SEEN} SET superseded_in = 3 WHERE superseded_in = 4",
    "renumbered": f"UPDATE {ROW} SET id = 900000 WHERE id = (SELECT max(id) FROM {ROW})",
    "membership": f"UPDATE {SEEN} SET membership = 'closed' {first(SEEN)}",
    "reconstructed": f"UPDATE {SEEN} SET reconstructed = NOT reconstructed {first(SEEN)}",
    "captured": f"UPDATE {SEEN} SET captured_on = NULL {first(SEEN, 'captured_on IS NOT NULL')}",
    "typology": f"UPDATE {TIE} SET typology = 'redes_empresariales' {first(TIE)}",
    "network taken away": f"DELETE FROM {TIE} {first(TIE)}",
    "rate": "UPDATE monitoring_rate SET usd_rate = 29",
    "rate deleted": "DELETE FROM monitoring_rate",
    "narrative": "UPDATE monitoring_narrative SET text = 'Menos confianza.'",
    "explanation": "UPDATE monitoring_explanation SET text = 'Con la misma red.'",
    "check of an explanation": "UPDATE monitoring_explanation SET check_code = 'sales_jump'",
    "basis of an explanation": "UPDATE monitoring_explanation SET basis = ''",
    "value of an explanation": "UPDATE monitoring_explanation SET measurement_id = measurement_id + 1",
    "explanation taken away": "DELETE FROM monitoring_explanation",
    "format": f"UPDATE {ACT} SET format = 1 WHERE number = 2",
    "variable": f"UPDATE {ROW} SET variable_id = variable_id + 1 {first(ROW)}",
    "reason of an approval": f"UPDATE {ACT} SET reason = 'Otra' WHERE number = 3",
    "time of an approval": f"UPDATE {ACT} SET at = '2006-01-01 00:00:00+00:00' WHERE number = 2",
    "approver": f"UPDATE {ACT} SET approver_id = (SELECT max(id) FROM pip_network_user) WHERE "
    "number = 3",
    "hash": f"UPDATE {ACT} SET hash = '0' WHERE number = 2",
    "head": "UPDATE monitoring_recordhead SET number = 3",
    "head hash": "UPDATE monitoring_recordhead SET hash = 'x'",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_every_forgery_is_seen(forge, what):
    expected = RecordHead.objects.get()
    forge(FORGERIES[what])
    result = verify()
    assert not result.whole
    assert result.sentence
    with pytest.raises(CommandError, match=result.sentence[:20].replace("(", r"\(")):
        call_command("verify_approvals", "--expect", f"{expected.number}:{expected.hash}")


@pytest.mark.parametrize(
    ("table", "check"),
    [(ROW, "measurement_subject_matches"), (SEEN, "observation_subject_matches")],
)
def test_a_level_that_its_check_did_not_hold_is_seen(forge, table, check):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {check}")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
    forge(f"UPDATE {table} SET level = 'network' {first(table)}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert verify()[:2] == (False, 4)


def test_an_approval_taken_away_with_its_rows_is_seen(forge):
    forge("DELETE FROM monitoring_rate")
    forge("DELETE FROM monitoring_approval WHERE number = 3")
    assert "N=3" in verify().sentence


def test_an_added_row_is_seen(forge, record):
    row = Measurement.objects.filter(variable_code="sales").first()
    row.pk, row.round_id, row.kind = None, "2005-S2", "regular"
    row.save(force_insert=True)
    assert not verify().whole


@pytest.mark.parametrize(
    ("expect", "whole"),
    [
        ("4:{hash}", True),
        ("4:{short}", True),
        ("4:{wrong}", False),
        ("3:{hash}", False),
        ("9:{hash}", False),
        ("4", False),
        ("x:{hash}", False),
        ("4:", False),
    ],
)
def test_what_a_report_printed_is_compared(record, expect, whole):
    head = RecordHead.objects.get().hash
    assert verify(expect.format(hash=head, short=head[:12], wrong="0" * 64)).whole is whole


def test_a_rewritten_chain_is_seen_by_who_kept_a_hash(forge, record):
    """The owner rewrites a value and every hash after it: only what was printed before tells."""
    kept = f"2:{Approval.objects.get(number=2).hash}"
    forge(FORGERIES["value"])
    rewrite()
    assert verify().whole
    assert not verify(kept).whole
