"""From the portal of 0.1.0 to this one without loss: its backup is restored in its own tables, then
today's migrations run.

`portal-0.1.0.zip` was taken from the small demonstration of that version: two projects, nine
approvals, an open round, a job in the middle of its work and a file.
"""

import json
import zipfile
from pathlib import Path

import pytest

from tests.production.place import Place

OLD = Path(__file__).with_name("portal-0.1.0.zip")
# What a later version takes away or writes anew, table -> columns. Each needs its reason.
CHANGED: dict[str, set[str]] = {
    # The record goes on: one approval states what the first format of its text left out.
    "monitoring_recordhead": {"number", "hash"},
    "pip_network_job": {"status", "lease", "lease_until"},  # a job that ran is sent again
    # Titles, authors and countries of works have tables of their own, and columns other names: the
    # test below looks for them there.
    "knowledge_work": {
        *("number", "title", "authors", "type", "language", "language_text", "country", "url"),
        *("note", "folded", "searched"),
    },
    "django_content_type": {"model", "app_label"},  # names of models, brought up to date by Django
}
# Single rows that a later version writes anew, (table, code) -> columns. Each needs its reason.
MENDED: dict[tuple[str, str], set[str]] = {
    # The definition named a file of the repository to its readers; it says the rule now.
    ("monitoring_variable", "operating"): {"definition_es", "definition_en", "definition_pt"},
}


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("upgraded"))
    place.manage("restore", str(OLD))
    yield place
    place.go()


def rows_of_then() -> dict[str, list[dict]]:
    with zipfile.ZipFile(OLD) as archive:
        columns = json.loads(archive.read("manifest.json"))["columns"]
        return {
            table: [
                dict(zip(names, json.loads(line), strict=True))
                for line in archive.read(f"tables/{table}.jsonl").splitlines()
            ]
            for table, names in columns.items()
        }


LOOK = """
import json
from django.apps import apps
from pip_network.site.backups import rows
found = {}
for table, model in rows.tables(apps).items():
    names = [field.attname for field in rows.columns(model)]
    found[table] = [dict(zip(names, json.loads(line))) for line in rows.read(model)]
print("ROWS", json.dumps(found))
"""


def test_no_row_and_no_value_is_lost(upgraded):
    then, now = rows_of_then(), json.loads(upgraded.run(LOOK).rpartition("ROWS ")[2])
    assert len(then["monitoring_measurement"]) > 1000
    for table, old in then.items():
        assert table in now, f"{table} has gone"
        assert len(now[table]) >= len(old), table
        same = [name for name in old[0] if name not in CHANGED.get(table, ())] if old else []
        by_key = {row.get("id", next(iter(row.values()))): row for row in now[table]}
        for row in old:
            kept = [
                name for name in same if name not in MENDED.get((table, row.get("code", "")), ())
            ]
            today = by_key[row.get("id", next(iter(row.values())))]
            assert {name: today.get(name, "has gone") for name in kept} == {
                name: row[name] for name in kept
            }, table


WORKS = """
import json
from knowledge.models import Work
from knowledge.works import authors
print("WORKS", json.dumps({
    work.code: {
        "title": work.original.title,
        "authors": authors.written(work.authors.all()),
        "type": work.type_text,
        "url": work.source_url,
        "countries": [row.iso2 for row in work.countries.all()] or [work.extent.title()],
        "note": work.provenance_en,
        "state": work.state,
        "audience": [row.key for row in work.audience.all()],
    }
    for work in Work.objects.all()
}))
"""


def test_works_keep_their_codes_and_what_they_say(upgraded):
    now = json.loads(upgraded.run(WORKS).rpartition("WORKS ")[2])
    then = rows_of_then()["knowledge_work"]
    assert len(then) == 77
    for old in then:
        new = now[old["number"]]
        assert (new["title"], new["type"], new["url"]) == (old["title"], old["type"], old["url"])
        assert new["countries"] == [old["country"]]
        assert old["note"] in new["note"]
        assert (new["state"], new["audience"]) == ("published", ["public", "staff"])
    assert now["K1"]["authors"] == "Pietrobelli, C. (ed.); Rabellotti, R. (ed.)"
    assert now["K3"]["authors"] == "«Nexus Associates, Inc.»"


def test_the_record_is_whole_and_its_guards_stand(upgraded):
    record = json.loads(zipfile.ZipFile(OLD).read("manifest.json"))["record"]
    said = upgraded.manage("verify_approvals", "--expect", f"{record['number']}:{record['hash']}")
    # what the first format left out is stated, and then what the checks find in it
    assert f"N={record['number'] + 2}" in said
    assert (
        upgraded.run("from monitoring.record import guards; print(guards.missing())").strip()
        == "[]"
    )
    assert upgraded.manage("showmigrations", "--plan").count("[ ]") == 0


STATED = """
import json
from monitoring.models import Approval, CatalogueDigest
added = Approval.objects.exclude(process="").order_by("number")
print("STATED", json.dumps({
    "formats": list(Approval.objects.order_by("number").values_list("format", flat=True)),
    "added": list(added.values_list("kind", "approver", "process", "completes")),
    "catalogues": list(CatalogueDigest.objects.values_list("catalogue", "columns", "approved_in")),
}))
"""


def test_what_the_first_format_left_out_is_stated_once_by_a_process(upgraded):
    number = json.loads(zipfile.ZipFile(OLD).read("manifest.json"))["record"]["number"]
    stated = json.loads(upgraded.run(STATED).rpartition("STATED ")[2])
    assert stated["formats"] == [1] * number + [2, 5]
    assert stated["added"] == [
        ["catalogue", None, "migrate", 1],
        ["catalogue", None, "migrate", None],
    ]
    assert stated["catalogues"] == [[1, 1, number + 1]]


def test_no_hash_of_then_has_changed(upgraded):
    then = rows_of_then()["monitoring_approval"]
    code = "from monitoring.models import Approval; print('HASHES', *Approval.objects.order_by("
    code += "'number').values_list('hash', flat=True))"
    hashes = upgraded.run(code).rpartition("HASHES ")[2].split()
    assert hashes[:-2] == [row["hash"] for row in sorted(then, key=lambda row: row["number"])]


FORGED = """
from django.db import connection
from monitoring.record import guards
from monitoring.record.chain import verify
said = []
guards.remove()
for sql in (
    "UPDATE monitoring_measurement SET variable_id = variable_id + 1 WHERE id = 1",
    "UPDATE monitoring_indicator SET rule = 'x' WHERE code = 'F01'",
    "UPDATE monitoring_round SET ends_on = '2004-06-29' WHERE code = (SELECT min(round_id) FROM "
    "monitoring_observation)",
):
    cursor = connection.cursor()
    cursor.execute("SAVEPOINT forged") if connection.in_atomic_block else cursor.execute("BEGIN")
    cursor.execute(sql)
    said.append(verify().whole)
    cursor.execute("ROLLBACK")
guards.install()
print("FORGED", said, verify().whole)
"""


def test_forging_what_the_first_format_left_out_is_seen(upgraded):
    assert upgraded.run(FORGED).rpartition("FORGED ")[2].strip() == "[False, False, False] True"


def test_its_file_is_there(upgraded):
    assert upgraded.files() == {"reports/a1/report.txt": b"a report of then\n"}


def test_the_portal_of_then_still_works_today(upgraded):
    """Reference data is brought up to date, a page is served, and a new backup can be taken and
    restored.
    """
    upgraded.manage("load_reference")
    upgraded.run(
        "from django.test import Client\n"
        "answer = Client(SERVER_NAME='localhost').get('/api/v1/projects'); assert "
        "answer.status_code == 200, answer.status_code"
    )


def test_an_old_backup_is_not_put_into_tables_of_today(upgraded, tmp_path):
    place = Place(tmp_path / "new")
    try:
        place.begin()
        said = place.refusal("restore", str(OLD))
    finally:
        place.go()
    assert said.startswith(
        "This backup was made by version 0.1.0, whose tables are older than those of this database."
    )
