"""Whom somebody can tell from all that is published, all rounds and all groupings, as though the
results of every project were published too. At most nobody.

    PIP_DATA=<folder with demonstration data> ROUNDS=2 python -m tests.bench.bench_attacker

All published rounds, or the newest ROUNDS. Takes minutes: each is computed in seven tables, and every
two numbers about the same amounts are set beside each other. The quick test of the same is
tests/test_attacker.py.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_FOUND = 0


def main() -> int:
    if "--child" in sys.argv:
        return measure()
    with tempfile.TemporaryDirectory() as empty:
        folder = Path(os.environ.get("PIP_DATA") or empty)
        environment = os.environ | {"PIP_DATA": str(folder), "PIP_MODE": "demo"}
        if not (folder / "portal.sqlite3").exists():
            folder.mkdir(parents=True, exist_ok=True)
            for command in (["migrate", "-v0"], ["createcachetable"], ["seed_demo"]):
                subprocess.run(
                    [sys.executable, "manage.py", *command],
                    env=environment,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
        child = [sys.executable, "-m", "tests.bench.bench_attacker", "--child"]
        return subprocess.run(child, env=environment, check=False).returncode


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from monitoring.models import Publication  # noqa: PLC0415
    from tests.attacker import Attacker  # noqa: PLC0415
    from tests.monitoring.analysis.records import CATALOGUE_FOLDER  # noqa: PLC0415

    rounds = list(Publication.objects.in_force().values_list("round_id", "as_of_id"))
    rounds = rounds[: int(os.environ.get("ROUNDS") or len(rounds))]  # the newest first
    with tempfile.TemporaryDirectory() as name:
        record, catalogue = Path(name, "record"), Path(name, "catalogue")
        call_command("export_measurements", out=record, verbosity=0)
        call_command("export_catalogue", out=catalogue, verbosity=0)
        attacker = Attacker(record, catalogue, CATALOGUE_FOLDER / "t975.csv")
        for code, as_of in sorted(rounds):
            began = time.process_time()
            for document in published(code, as_of):
                attacker.read(document)
            print(f"{code} as of {as_of}: read, {time.process_time() - began:.0f} s", flush=True)
        found = attacker.attack()
    for one in found:
        print(f"{one.how}: {one.firm}, by {one.by or 'anybody'}: {one.amount} ({one.guess})")
    firms = len({one.firm for one in found})
    verdict = "ok" if firms <= MOST_FOUND else "MISSED"
    print(f"firms told from what is published: {firms} (at most {MOST_FOUND}) {verdict}")
    return 0 if firms <= MOST_FOUND else 1


def published(code: str, as_of: int) -> list[dict]:
    """The files of all tables of a round."""
    from monitoring.analysis import compute, figures_document  # noqa: PLC0415
    from monitoring.publication import figures, tables  # noqa: PLC0415
    from monitoring.reports.record import CachedSource, catalogue_of  # noqa: PLC0415

    catalogue, source = catalogue_of(as_of), CachedSource(as_of)
    projects = figures.approved_projects(code, as_of)
    documents = []
    for grouping in tables.TABLES:
        asked = figures.question(catalogue, code, as_of, grouping, projects)
        found = compute(asked, source, catalogue, intervals=False)
        text = figures_document(asked.question(), found, record_hash="", application="")
        documents.append(json.loads(text))
    return documents


if __name__ == "__main__":
    sys.exit(main())
