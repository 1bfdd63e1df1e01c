"""Back up, restore into a fresh place, compare everything; and nothing but a whole backup of ours
is ever restored.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import warnings
import zipfile
from pathlib import Path

import pytest

from tests import stranger
from tests.production.place import Place

SIGNED_IN = {"django_session", "usersessions_usersession"}
OTHER = "embedded" if os.environ.get("DATABASE_URL") else ""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("lived-in"))
    place.fill()
    place.run(
        "from django.contrib.sessions.backends.db import SessionStore; s = SessionStore(); s['a'] "
        "= 1; s.create()\n"
        "from django.utils import timezone; from pip_network.models import Job, Institution\n"
        "Job.objects.create(kind='x', requested_at=timezone.now(), status='running', attempts=1, "
        "lease_until=timezone.now(),"
        " lease='00000000-0000-0000-0000-000000000001')\n"
        "i = Institution.objects.create(slug='gone', name='Gone', relation='related', "
        "origin='demo'); i.delete()"
    )
    yield place
    place.go()


@pytest.fixture(scope="module")
def backup(lived_in, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "portal.zip"
    said = lived_in.manage("backup", "--to", str(file))
    assert re.fullmatch(
        rf"{file}: \d+ rows, 2 files, [\d.]+ MB, \d+ s\. The record stands at N=\d+:[0-9a-f]{{64}}\.\n",
        said,
    )
    return file


@pytest.fixture
def fresh(tmp_path):
    place = Place(tmp_path / "fresh")
    yield place
    place.go()


def compared(before: dict, after: dict) -> None:
    """Every table row by row; sessions are gone, running jobs wait, and the restoring itself is in
    the audit trail.
    """
    assert sorted(before) == sorted(after)
    for table in sorted(set(before) - SIGNED_IN):
        was, now = before[table], after[table]
        if table == "pip_network_auditevent":
            added = [row for row in now if row["verb"] == "portal.restored"]
            assert len(added) == 1
            now = [row for row in now if row not in added]
        if table == "pip_network_job":
            for row in (*was, *now):
                assert row in was or (row["status"], row["lease"]) == ("queued", "None")
                row["lease_until"] = ""
                if row["status"] == "running":
                    row.update(status="queued", lease="None")
        assert now == was, table
        assert was or table in after


def test_a_restored_portal_is_the_same_portal(lived_in, backup, fresh):
    said = fresh.manage("restore", str(backup))
    assert said.startswith("Restored the backup of ")
    before, after = lived_in.rows(), fresh.rows()
    assert len(before["django_session"]) == 1
    assert after["django_session"] == []
    compared(before, after)
    assert fresh.files() == lived_in.files()
    assert len(fresh.files()) == 2
    assert fresh.manage("verify_approvals") == lived_in.manage("verify_approvals")
    guards = "from monitoring.record import guards; print('missing', guards.missing())"
    assert fresh.run(guards).strip() == "missing []"
    index = "from knowledge.search.standing import faults; print('faults', faults())"
    assert fresh.run(index).strip() == "faults []"
    assert fresh.manage("makemigrations", "--check", "--dry-run").strip() == "No changes detected"
    # A number that was given once is not given again.
    new = """
from django.db import transaction
from pip_network.models import Institution
with transaction.atomic():
    print(Institution.objects.create(slug="n", name="N", relation="related", origin="demo").pk)
    transaction.set_rollback(True)
"""
    assert fresh.run(new) == lived_in.run(new)
    assert not [name for name in os.listdir(fresh.folder) if name.startswith("media.")]


def test_the_guards_stand_after_a_restore(backup, fresh):
    fresh.begin()
    fresh.manage("restore", str(backup))
    done = fresh.call(
        "shell",
        "-v0",
        "-c",
        "from monitoring.models import Approval; Approval.objects.all().delete()",
    )
    assert done.returncode == 1


def test_the_head_of_the_record_goes_with_it(backup, fresh):
    record = json.loads(zipfile.ZipFile(backup).read("manifest.json"))["record"]
    fresh.begin()
    fresh.manage("restore", str(backup))
    said = fresh.manage("verify_approvals", "--expect", f"{record['number']}:{record['hash']}")
    assert f"N={record['number']}" in said


@pytest.mark.skipif(not OTHER, reason="with DATABASE_URL the other database is the embedded one")
def test_a_backup_moves_a_portal_to_the_other_database(lived_in, backup, tmp_path):
    embedded, back = Place(tmp_path / "embedded", server=""), Place(tmp_path / "back")
    try:
        embedded.manage("restore", str(backup))
        embedded.manage("backup", "--to", str(tmp_path / "second.zip"))
        back.manage("restore", str(tmp_path / "second.zip"))
        after = back.rows()
        after["pip_network_auditevent"] = [
            row
            for row in after["pip_network_auditevent"]
            if "'database'" in row["details"] or row["verb"] != "portal.restored"
        ] + [
            next(row for row in after["pip_network_auditevent"] if row["verb"] == "portal.restored")
        ]
        compared(lived_in.rows(), after)
    finally:
        embedded.go()
        back.go()


def test_a_portal_that_is_used_is_only_replaced_when_told_to(lived_in, backup, fresh):
    fresh.fill()
    (fresh.folder / "media" / "only-here.txt").write_text("x")
    fresh.run(
        "from pip_network.models import User; User.objects.create_user('only@example.org', "
        "name='Only Here')"
    )
    said = fresh.refusal("restore", str(backup))
    assert re.fullmatch(
        r"This portal is not empty: it holds \d+ users, \d+ projects, \d+ approvals\. Restore into an empty one, or add --force\.",
        said,
    )
    asked = subprocess.run(
        [sys.executable, "manage.py", "restore", str(backup), "--force"],
        cwd=stranger.ROOT,
        env=fresh.environment,
        input="no\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, "CommandError: Nothing was restored." in asked.stderr) == (1, True)
    assert "only-here.txt" in fresh.files()
    fresh.manage("restore", str(backup), "--force", "--yes")
    compared(lived_in.rows(), fresh.rows())
    assert fresh.files() == lived_in.files()


def test_a_prepared_portal_without_people_counts_as_empty(lived_in, backup, fresh):
    fresh.begin()
    fresh.manage("load_reference")
    fresh.manage("restore", str(backup))
    compared(lived_in.rows(), fresh.rows())


def test_nothing_is_restored_under_a_running_worker(backup, fresh):
    fresh.begin()
    fresh.run("from pip_network.running import health; health.worker_is_alive()")
    assert fresh.refusal("restore", str(backup)).startswith(
        "A worker of this portal is running. Stop web, worker and beat"
    )
    fresh.run("from django.core.cache import cache; cache.clear()")
    fresh.manage("restore", str(backup))


def test_an_older_backup_is_not_overwritten(lived_in, backup):
    before = backup.read_bytes()
    assert lived_in.refusal("backup", "--to", str(backup)).startswith(f"{backup} exists already")
    assert backup.read_bytes() == before
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_cannot_be_written_leaves_nothing(lived_in, tmp_path):
    assert "could not be written" in lived_in.refusal(
        "backup", "--to", str(tmp_path / "no" / "portal.zip")
    )
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(lived_in, tmp_path):
    target = tmp_path / "portal.zip"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "backup", "--to", str(target)],
        cwd=stranger.ROOT,
        env=lived_in.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 30
    while not list(tmp_path.glob(".portal.zip.*.part")):
        assert time.monotonic() < until
        assert process.poll() is None
    process.kill()
    process.wait()
    assert not target.exists()


PAIRS = """
import sys, time
from django.db import transaction
from django.utils import timezone
from pip_network import audit
from pip_network.people.access import Process
for number in range(100000):
    with transaction.atomic():
        for half in ("first", "second"):
            audit.record(verb="test.pair", on=f"{number}", by=Process("writer"), at=timezone.now(), half=half)
    if number == 0:
        print("begun", flush=True)
"""


def test_a_backup_taken_while_others_write_is_of_one_moment(backup, tmp_path, fresh):
    fresh.begin()
    fresh.manage("restore", str(backup))
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", PAIRS],
        cwd=stranger.ROOT,
        env=fresh.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert writer.stdout.readline() == "begun\n"
        file = tmp_path / "during.zip"
        fresh.manage("backup", "--to", str(file))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    columns = json.loads(zipfile.ZipFile(file).read("manifest.json"))["columns"][
        "pip_network_auditevent"
    ]
    lines = zipfile.ZipFile(file).read("tables/pip_network_auditevent.jsonl").decode().splitlines()
    rows = [dict(zip(columns, json.loads(line), strict=True)) for line in lines]
    halves = [row["object"] for row in rows if row["verb"] == "test.pair"]
    assert halves
    assert sorted(halves) == sorted([*dict.fromkeys(halves)] * 2)


# --- what is no whole backup of ours


def rewritten(
    backup: Path, target: Path, *, change=None, rename=None, add=None, manifest=None
) -> Path:
    """A copy in which something was changed by somebody who knows the format."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        told = json.loads(old.read("manifest.json"))
        for info in old.infolist():
            if info.filename == "manifest.json":
                continue
            name, content = info.filename, old.read(info)
            if change and name == change[0]:
                content = change[1](content)
                told["members"][name] |= {
                    "bytes": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            if rename and name == rename[0]:
                told["members"][rename[1]] = told["members"].pop(name)
                name = rename[1]
            new.writestr(name, content)
        for name, content in (add or {}).items():
            told["members"].setdefault(
                name,
                {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": 0},
            )
            with warnings.catch_warnings(action="ignore"):  # a name that stands there twice
                new.writestr(name, content)
        new.writestr("manifest.json", json.dumps((manifest or (lambda each: each))(told)))
    return target


@pytest.fixture(scope="module")
def never(tmp_path_factory):
    """Where nothing may ever be restored: looked at after each attempt."""
    place = Place(tmp_path_factory.mktemp("never"))
    place.begin()
    (place.folder / "media").mkdir()
    (place.folder / "media" / "kept.txt").write_text("kept")
    yield place
    place.go()


def untouched(place: Place) -> None:
    assert place.files() == {"kept.txt": b"kept"}
    counts = (
        "from pip_network.models import User; from monitoring.models import Measurement; from "
        "monitoring.record import guards;"
        " print(User.objects.count(), Measurement.objects.count(), guards.missing())"
    )
    assert place.run(counts).strip() == "0 0 []"
    assert not [name for name in os.listdir(place.folder) if name.startswith("media.")]


PLAIN = "media/reports/b/figures.csv"


@pytest.mark.parametrize(
    "name",
    [
        "media/../outside.txt",
        "media//x",
        "/etc/passwd",
        "../x",
        "media/a/../../x",
        "media\\x",
        "media/.x",
        "x.txt",
        "media/C:x",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name, backup, never, tmp_path):
    hostile = rewritten(backup, tmp_path / "hostile.zip", rename=(PLAIN, name))
    assert never.refusal("restore", str(hostile)).startswith("This file is damaged")
    assert not (never.folder.parent / "outside.txt").exists()


def later(told: dict) -> dict:
    return told | {"application": "9.0", "migrations": [*told["migrations"], "projects.0999_later"]}


def other_kind(lines: bytes) -> bytes:
    return lines.replace(b'"regular"', b'"baseline"', 1)


def other_hash(lines: bytes) -> bytes:
    return lines.replace(b"0", b"1", 1)


DAMAGES = {
    "nothing": ({"cut": 0}, "it has no end"),
    "all but the end": ({"cut": -100}, "it has no end"),
    "half of it": ({"cut": 60_000}, "it has no end"),
    "a table twice": (
        {"add": {"tables/auth_group.jsonl": b"x"}},
        "its list of contents is not at its end",
    ),
    "not listed": ({"manifest": lambda told: told | {"members": {}}}, "it holds other things"),
    "no list": ({"manifest": lambda told: {"x": 1}}, "its list of contents says nothing"),
    "a strange list": ({"manifest": lambda told: told | {"columns": []}}, "makes no sense"),
    "another format": ({"manifest": lambda told: told | {"format": 2}}, "has format 2"),
    "a later version": ({"manifest": later}, "was made by version 9.0, whose tables this version"),
    "a table too many": (
        {"add": {"tables/sqlite_master.jsonl": b""}},
        "are not those that its own migrations make",
    ),
    "a row changed": ({"change": ("tables/monitoring_measurement.jsonl", other_kind)}, ""),
    "an approval changed": ({"change": ("tables/monitoring_approval.jsonl", other_hash)}, ""),
    "another head": (
        {"manifest": lambda told: told | {"record": {"number": 1, "hash": ""}}},
        "is not the one that its list",
    ),
    "a row less": (
        {"change": ("tables/projects_firm.jsonl", lambda each: each.split(b"\n", 1)[1])},
        "not those that were written",
    ),
    "no JSON": (
        {"change": ("tables/projects_firm.jsonl", lambda each: b"x" + each)},
        "do not fit into the tables",
    ),
    "a value too few": (
        {"change": ("tables/projects_country.jsonl", lambda each: each.replace(b",", b"", 1))},
        "do not fit",
    ),
}


@pytest.mark.parametrize(("damage", "says"), DAMAGES.values(), ids=DAMAGES)
def test_what_is_no_whole_backup_is_refused_with_a_sentence(damage, says, backup, never, tmp_path):
    bad = tmp_path / "bad.zip"
    if "cut" in damage:
        bad.write_bytes(backup.read_bytes()[: damage["cut"]])
    else:
        rewritten(backup, bad, **damage)
    said = never.refusal("restore", str(bad))
    assert says in said
    assert len(said.splitlines()) == 1
    untouched(never)


@pytest.mark.parametrize(
    "member", ["tables/monitoring_measurement.jsonl", "media/reports/a/report.pdf", "manifest.json"]
)
def test_one_flipped_bit_is_found(member, backup, never, tmp_path):
    bad = tmp_path / "flipped.zip"
    content = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as archive:
        info = archive.getinfo(member)
        content[info.header_offset + 30 + len(info.filename) + 20 + info.compress_size // 2] ^= 0x10
    bad.write_bytes(content)
    assert never.refusal("restore", "--check", str(bad)).startswith("This file is damaged")
    assert never.refusal("restore", str(bad)).startswith("This file is damaged")
    untouched(never)


def test_checking_a_backup_changes_nothing(backup, never):
    assert " is whole: version " in never.manage("restore", "--check", str(backup))
    untouched(never)


def test_no_backup_is_no_traceback(never, tmp_path):
    assert (
        never.refusal("restore", str(tmp_path / "none.zip"))
        == f"There is no file {tmp_path / 'none.zip'}."
    )


def test_a_database_of_a_newer_portal_is_not_backed_up(lived_in, tmp_path):
    """What an older portal does not know it would leave out."""
    target = tmp_path / "newer.zip"
    recorder = (
        "from django.db import connection; from django.db.migrations.recorder import "
        "MigrationRecorder\n"
        "MigrationRecorder(connection).record_{}('projects', '9999_later')"
    )
    lived_in.run(recorder.format("applied"))
    try:
        said = lived_in.refusal("backup", "--to", str(target))
        assert said.startswith("This database is newer than this version of the portal")
        assert not target.exists()
    finally:
        lived_in.run(recorder.format("unapplied"))
    lived_in.manage("backup", "--to", str(target))
    assert target.exists()
