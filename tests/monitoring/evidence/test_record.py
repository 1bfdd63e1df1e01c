"""Evidence in the record: in the approval's text, carried over, taken away, exported."""

import csv
import json

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from monitoring.evidence.actions import withdraw
from monitoring.evidence.taking_away import take_away
from monitoring.evidence.texts import themes_with_evidence
from monitoring.models import Approval, Evidence, EvidenceDraft
from monitoring.record import guards
from monitoring.record.chain import payload, verify
from monitoring.record.export import export_measurements
from monitoring.submission.amendments import amend, discard
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from pip_network.models import Stored
from pip_network.web.errors import Conflict, Forbidden, Invalid

from .conftest import AT, CHANGE, PAGE, SALES, kept

REASON = "Contiene datos de una persona"


def handed_in(opened, world) -> Approval:
    submit(opened.pk, by=world.director, at=AT)
    return approve(opened.pk, by=world.specialist, at=AT)


@pytest.fixture
def approved(put, opened, world) -> tuple[Evidence, Evidence]:
    """N=1: a file beside a cell, an address beside a text; a third was withdrawn."""
    put()
    put(CHANGE, address=PAGE)
    withdraw(put(text="Otra").pk, by=world.director, at=AT)
    handed_in(opened, world)
    one, two = Evidence.objects.order_by("id")
    return one, two


def stated(number: int) -> dict:
    return json.loads(payload(number))


def test_the_approval_states_each_hash_and_each_address(approved, world):
    file, address = approved
    assert stated(1)["evidence"] == [
        {
            "id": file.pk,
            "project": "PIP-01",
            "round": "2004-S1",
            "place": "cell",
            "subject": SALES.subject,
            "kind": "regular",
            "variable_code": SALES.variable,
            "remark": "",
            "sha256": file.sha256,
            "format": "pdf",
            "size": file.size,
            "address": "",
            "added_by": f"U:{world.director.pk}",
        },
        {
            "id": address.pk,
            "project": "PIP-01",
            "round": "2004-S1",
            "place": "narrative",
            "subject": "",
            "kind": "regular",
            "variable_code": "change",
            "remark": "",
            "sha256": address.sha256,
            "format": "",
            "size": 0,
            "address": PAGE,
            "added_by": f"U:{world.director.pk}",
        },
    ]
    assert (Approval.objects.get().format, stated(1)["format"]) == (5, 5)
    assert verify().whole
    assert not EvidenceDraft.objects.exists()


def test_an_approval_without_any_states_none(opened, world):
    handed_in(opened, world)
    assert (stated(1)["evidence"], stated(1)["superseded"]["evidence"]) == ([], [])


def amended(opened, world):
    return amend(opened.pk, "Corrige una cifra", by=world.director, at=AT)


def test_an_amendment_carries_it_over(approved, opened, world, put):
    file, _address = approved
    amended(opened, world)
    rows = EvidenceDraft.objects.order_by("id")
    assert [(row.carried, row.key, row.name) for row in rows] == [
        (row, row.key, row.name) for row in approved
    ]
    assert put() == rows[0]  # the same file again is the same piece
    handed_in(opened, world)
    assert [row.superseded_in_id for row in Evidence.objects.order_by("id")] == [None, None]
    assert stated(2)["evidence"] == []
    assert file.stored is not None


def test_what_an_amendment_removes_is_superseded(approved, opened, world, put):
    file, address = approved
    amended(opened, world)
    withdraw(EvidenceDraft.objects.get(carried=file).pk, by=world.director, at=AT)
    put(text="Nueva")
    handed_in(opened, world)
    new = Evidence.objects.latest("id")
    assert stated(2)["superseded"]["evidence"] == [file.pk]
    assert [row["id"] for row in stated(2)["evidence"]] == [new.pk]
    assert list(Evidence.objects.live().order_by("id")) == [address, new]
    assert list(Evidence.objects.as_of(1).order_by("id")) == [file, address]
    assert verify().whole


def test_a_discarded_amendment_leaves_the_record_as_it_was(approved, opened, world):
    amended(opened, world)
    withdraw(EvidenceDraft.objects.first().pk, by=world.director, at=AT)
    discard(opened.pk, "Sin cambios nuevos", by=world.director, at=AT)
    assert not EvidenceDraft.objects.exists()
    assert list(Evidence.objects.live().order_by("id")) == list(approved)


@pytest.mark.parametrize("who", ["director", "specialist", "administrator"])
def test_the_file_is_taken_away_and_its_hash_stays(approved, world, who):
    file, _address = approved
    by, size, sha256 = getattr(world, who), file.size, file.sha256
    with pytest.raises(Invalid, match="Say why"):
        take_away(file.pk, "no", by=by, at=AT)
    row = take_away(file.pk, f" {REASON} ", by=by, at=AT)
    assert (row.stored, row.taken_away_for, row.taken_away_by, row.taken_away_at) == (
        None,
        REASON,
        by,
        AT,
    )
    assert (row.size, row.sha256, row.format, row.name) == (size, sha256, "pdf", "")
    assert not Stored.objects.filter(sha256=sha256).exists()
    assert verify().whole
    with pytest.raises(Conflict, match="no file"):
        take_away(file.pk, REASON, by=by, at=AT)


def test_its_bytes_go(approved, world, django_capture_on_commit_callbacks):
    file, _address = approved
    path = f"files/{file.stored.name[:2]}/{file.stored.name}"
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        take_away(file.pk, REASON, by=world.director, at=AT)
    assert not default_storage.exists(path)


@pytest.mark.parametrize("who", ["coordinator", "stranger"])
def test_nobody_else_takes_it_away(approved, world, who):
    with pytest.raises(Forbidden):
        take_away(approved[0].pk, REASON, by=getattr(world, who), at=AT)
    assert Evidence.objects.filter(taken_away_at=None).count() == 2


def test_an_address_is_not_taken_away(approved, world):
    with pytest.raises(Conflict, match="no file"):
        take_away(approved[1].pk, REASON, by=world.director, at=AT)


def test_during_an_amendment_the_working_piece_loses_the_file_too(approved, opened, world, put):
    file, _address = approved
    amended(opened, world)
    take_away(file.pk, REASON, by=world.director, at=AT)
    draft = EvidenceDraft.objects.get(carried=file)
    assert (draft.stored, draft.sha256) == (None, file.sha256)
    with pytest.raises(Invalid, match="taken away"):
        put()
    handed_in(opened, world)
    assert Evidence.objects.live().filter(pk=file.pk, stored=None).exists()


# --- guards


def refused(sql: str, *values) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


TAKEN = "taken_away_at = '2004-07-01 00:00:00+00:00', taken_away_by_id = added_by_id"
UPDATE = "UPDATE monitoring_evidence SET"


def test_the_database_refuses_every_other_change(approved):
    file, address = approved
    connection.check_constraints()
    why = f"taken_away_for = '{REASON}'"
    where = f"WHERE id = {file.pk}"
    refused(f"{UPDATE} stored_id = NULL {where}")
    refused(f"{UPDATE} stored_id = NULL, {TAKEN} {where}")
    refused(f"{UPDATE} stored_id = NULL, {TAKEN}, taken_away_for = 'no' {where}")
    refused(f"{UPDATE} {TAKEN}, {why} {where}")
    refused(f"{UPDATE} stored_id = NULL, {TAKEN}, {why}, sha256 = 'x' {where}")
    refused(f"{UPDATE} stored_id = NULL, {TAKEN}, {why}, superseded_in = 2 {where}")
    refused(f"{UPDATE} {TAKEN}, {why} WHERE id = {address.pk}")
    refused(f"{UPDATE} address = 'https://example.org/' WHERE id = {address.pk}")
    refused(f"DELETE FROM monitoring_evidence {where}")
    with connection.cursor() as cursor:
        cursor.execute(f"{UPDATE} stored_id = NULL, {TAKEN}, {why} {where}")
        assert cursor.rowcount == 1
    refused(f"{UPDATE} taken_away_for = 'Otra cosa distinta' {where}")
    refused(f"{UPDATE} stored_id = {file.stored_id} {where}")
    assert guards.missing() == []


def test_a_file_of_the_record_is_not_deleted_from_under_it(approved):
    with pytest.raises(ProtectedError):
        approved[0].stored.delete()
    assert Stored.objects.filter(pk=approved[0].stored_id).exists()


# --- files of the record, and what quality asks


def test_the_exported_file_says_what_to_what_and_the_hash(approved, world, tmp_path):
    take_away(approved[0].pk, REASON, by=world.director, at=AT)
    assert export_measurements(tmp_path)["evidence.csv"] == 2
    text = (tmp_path / "evidence.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    file, address = approved
    assert rows == [
        {
            "evidence": str(file.pk),
            "project": "PIP-01",
            "round": "2004-S1",
            "place": "cell",
            "subject": SALES.subject,
            "kind": "regular",
            "variable": SALES.variable,
            "remark": "",
            "format": "pdf",
            "size": str(file.size),
            "sha256": file.sha256,
            "approved_in": "1",
            "superseded_in": "",
        },
        {
            "evidence": str(address.pk),
            "project": "PIP-01",
            "round": "2004-S1",
            "place": "narrative",
            "subject": "",
            "kind": "regular",
            "variable": "change",
            "remark": "",
            "format": "",
            "size": "0",
            "sha256": address.sha256,
            "approved_in": "1",
            "superseded_in": "",
        },
    ]
    assert PAGE not in text
    assert "acta" not in text


def test_texts_that_have_something_attached(put, opened, world, django_assert_num_queries):
    other = world.open("2004-S2")
    assert themes_with_evidence([opened.pk, other.pk]) == {opened.pk: set(), other.pk: set()}
    put()
    row = put(CHANGE, address=PAGE)
    removed = put(CHANGE._replace(theme="evidence"), text="Otra")
    withdraw(removed.pk, by=world.director, at=AT)
    with django_assert_num_queries(2):
        assert themes_with_evidence([opened.pk, other.pk]) == {
            opened.pk: {"change"},
            other.pk: set(),
        }
    handed_in(opened, world)
    with django_assert_num_queries(3):
        assert themes_with_evidence([opened.pk, other.pk]) == {
            opened.pk: {"change"},
            other.pk: set(),
        }
    amended(opened, world)
    assert themes_with_evidence([opened.pk]) == {opened.pk: {"change"}}
    withdraw(EvidenceDraft.objects.get(key=row.key).pk, by=world.director, at=AT)
    assert themes_with_evidence([opened.pk]) == {opened.pk: set()}


def test_an_orphan_of_a_doubled_file_points_nowhere(put, world):
    put()
    put()
    assert Stored.objects.count() == 2
    assert kept(by=world.director).pk
