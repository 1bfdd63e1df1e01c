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
    "pip_network_job": {"status", "lease", "lease_until"},  # a job that ran is sent again
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


def test_the_record_is_whole_and_its_guards_stand(upgraded):
    record = json.loads(zipfile.ZipFile(OLD).read("manifest.json"))["record"]
    said = upgraded.manage("verify_approvals", "--expect", f"{record['number']}:{record['hash']}")
    assert f"N={record['number']}" in said
    assert (
        upgraded.run("from monitoring.record import guards; print(guards.missing())").strip()
        == "[]"
    )
    assert upgraded.manage("showmigrations", "--plan").count("[ ]") == 0


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
