"""A workbook of 100,000 cells into a submission: ours against the fastest reader and a bulk insert
of the same rows, same file, same machine, one run.

    python -m tests.bench.bench_workbook           (the embedded database)

Ours reads behind the guards in a process of its own, compares every cell with what the submission
holds and with what was changed since, runs the checks of the sheet, keeps the preview, and stores
all of it under the lock. The yardstick reads the file with calamine and inserts the entries and
their history with `bulk_create`, and asks nothing. Ours may take three times as long, in less than
300 MB; downloading 300 firms may take a second.
"""

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CELLS = int(os.environ.get("BENCH_CELLS", 100_000))
MOST, MEGABYTES, DOWNLOAD = 3.0, 300, 1.0
AT = dt.datetime(2004, 6, 30, tzinfo=dt.UTC)
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    if len(sys.argv) > 1:
        return child(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PIP_MODE": "demo",
            "PIP_DATA": folder,
            "PIP_TEST_DATA": folder,
        }
        environment.pop("DATABASE_URL", None)
        Path(folder, "queue").mkdir()
        environment["BENCH_FILE"] = f"{folder}/libro.xlsx"
        manage = [sys.executable, "manage.py", "migrate", "-v", "0"]
        subprocess.run(manage, env=environment, check=True, cwd=ROOT)
        said = {step: ask(step, environment) for step in ("setup", "yardstick", "ours")}
    ratio = said["ours"]["seconds"] / said["yardstick"]["seconds"]
    ok = (
        ratio <= MOST
        and said["ours"]["megabytes"] < MEGABYTES
        and said["setup"]["download"] < DOWNLOAD
    )
    print(
        f"workbook, {said['setup']['cells']} cells: ours {said['ours']['seconds']:.2f} s "
        f"({said['ours']['steps']}), {said['ours']['megabytes']:.0f} MB and "
        f"{said['ours']['child']:.0f} MB in the process that reads; calamine and bulk_create "
        f"{said['yardstick']['seconds']:.2f} s; ratio {ratio:.2f} (at most {MOST}); download of 300 "
        f"firms {said['setup']['download']:.2f} s {'ok' if ok else 'MISSED'}",
        flush=True,
    )
    return 0 if ok else 1


def ask(step: str, environment: dict[str, str]) -> dict:
    command = [sys.executable, "-m", "tests.bench.bench_workbook", step]
    done = subprocess.run(command, env=environment, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def child(step: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415

    django.setup()
    said = {"setup": setup, "yardstick": yardstick, "ours": ours}[step]()
    print(json.dumps(said))
    return 0


def setup() -> dict:
    """A project whose open submission asks 100,000 cells of its firms, and its workbook filled in."""
    from tests.conftest import World  # noqa: PLC0415

    world = World()
    opened = world.open("2004-S1")
    firms(world, 297, "A")
    write(opened)
    started = time.perf_counter()
    write(opened)
    download = time.perf_counter() - started
    per_firm = len(asked_of(opened)) // 300
    firms(world, CELLS // per_firm - 290, "B")
    return {"download": download, "cells": fill(opened)}


def firms(world, count: int, prefix: str) -> int:
    from projects.models import Firm, Membership  # noqa: PLC0415
    from tests.factories import country, day  # noqa: PLC0415

    joined = day("2004-02-15")
    rows = [
        Firm(
            code=f"FB{prefix}{number:06}",
            name=f"Empresa {prefix} {number}",
            country=country(),
            sector="15",
            owner_sex="f",
            registered_on=joined,
        )
        for number in range(count)
    ]
    Firm.objects.bulk_create(rows)
    Membership.objects.bulk_create(
        Membership(firm=row, network=world.n1, joined_on=joined) for row in rows
    )
    return len(rows)


def asked_of(opened) -> list:
    from monitoring.sheet.cells import asked_cells  # noqa: PLC0415
    from monitoring.sheet.roster import load_roster  # noqa: PLC0415

    asked = asked_cells(load_roster(opened, day=AT.date()))
    return [key for key, cell in asked.items() if cell.written is None]


def write(opened) -> bytes:
    from monitoring.workbook.tables import Reach, load_sheet  # noqa: PLC0415
    from monitoring.workbook.writing import write_workbook  # noqa: PLC0415
    from projects.models import Network  # noqa: PLC0415

    return write_workbook(
        load_sheet(opened, AT), Reach(tuple(Network.objects.order_by("code")), True)
    )


def fill(opened) -> int:
    """The workbook with a value in every cell, as if it had been entered before the download."""
    from decimal import Decimal  # noqa: PLC0415

    from monitoring.sheet.cell_contents import CellContent  # noqa: PLC0415
    from monitoring.workbook.tables import Reach, load_sheet  # noqa: PLC0415
    from monitoring.workbook.writing import write_workbook  # noqa: PLC0415
    from projects.models import Network  # noqa: PLC0415
    from tests.factories import plausible  # noqa: PLC0415

    sheet, count = load_sheet(opened, AT), 0
    for key, asked in sheet.asked.items():
        if asked.written is None and count < CELLS:
            sheet.contents[key] = CellContent(Decimal(plausible(key)), "", "entered")
            count += 1
    networks = tuple(Network.objects.order_by("code"))
    Path(os.environ["BENCH_FILE"]).write_bytes(write_workbook(sheet, Reach(networks, True)))
    return count


def yardstick() -> dict:
    """Read, insert, and undo it: ours finds the submission as this did."""
    import python_calamine  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from monitoring.models import Entry, EntryChange, Submission, Variable  # noqa: PLC0415

    opened, at = Submission.objects.get(), timezone.now()
    variables = {v.code: v for v in Variable.objects.filter(catalogue=opened.catalogue_id)}
    kinds = {"Regular": "regular", "Línea de base": "baseline"}
    started = time.perf_counter()
    with transaction.atomic():
        entries, changes = [], []
        book = python_calamine.load_workbook(os.environ["BENCH_FILE"])
        for name in book.sheet_names[1:]:
            codes, _names, _units, *rows = book.get_sheet_by_name(name).to_python()
            for row in rows:
                subject, kind = row[1], kinds.get(row[3], "regular")
                level = {"F": "firm", "N": "network", "P": "project"}[subject[0]]
                keys = {level + "_id": subject[2:]} if level != "project" else {}
                for code, value in zip(codes[5:], row[5:], strict=False):
                    if isinstance(value, str):
                        if not value:
                            continue
                        value = 1
                    entries.append(
                        Entry(
                            submission=opened,
                            project_id=opened.project_id,
                            level=level,
                            subject=subject,
                            kind=kind,
                            variable=variables[code],
                            value=value,
                            changed_at=at,
                            **keys,
                        )
                    )
                    changes.append(
                        EntryChange(
                            submission=opened,
                            revision=1,
                            subject=subject,
                            kind=kind,
                            variable_code=code,
                            new_value=value,
                            at=at,
                            door="workbook",
                        )
                    )
        Entry.objects.bulk_create(entries, batch_size=500, ignore_conflicts=True)
        EntryChange.objects.bulk_create(changes, batch_size=500)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return {"seconds": seconds, "cells": len(entries)}


def ours() -> dict:
    """What a person and the worker do: upload, compare, confirm, store."""
    from monitoring.models import Submission, WorkbookUpload  # noqa: PLC0415
    from monitoring.workbook import storing, uploads, work  # noqa: PLC0415
    from pip_network.models import User  # noqa: PLC0415

    opened = Submission.objects.select_related("project", "round").get()
    by = User.objects.get(email="directora@example.org")
    data, at = Path(os.environ["BENCH_FILE"]).read_bytes(), AT
    marks = [time.perf_counter()]
    upload = uploads.upload_workbook(opened, data=data, name="libro.xlsx", by=by, at=at)
    marks.append(time.perf_counter())
    if upload.job is not None:
        work.compare_work(upload.job, lambda **_said: None)()
    marks.append(time.perf_counter())
    upload = WorkbookUpload.objects.get()
    if upload.counts["rejected"]:
        wrong = uploads.outcomes_of(upload, by, at).where("rejected")
        raise SystemExit(f"rejected: {list(wrong)[:3]}")
    storing.store_workbook(upload, in_conflict="", by=by, at=at)
    marks.append(time.perf_counter())
    assert upload.counts["new"] >= CELLS - 10, upload.counts
    steps = zip(("read", "compared", "stored"), marks, marks[1:], strict=False)
    return {
        "seconds": marks[-1] - marks[0],
        "steps": ", ".join(f"{name} {end - start:.2f}" for name, start, end in steps),
        "megabytes": megabytes(resource.RUSAGE_SELF),
        "child": megabytes(resource.RUSAGE_CHILDREN),
    }


def megabytes(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
