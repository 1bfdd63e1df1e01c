"""How long seeding takes, beside a bare bulk insert of the same final rows into empty tables
without guards.

    PIP_DATA=/some/folder python tests/bench/seed.py [ROUND]

Prints seconds of the clock and of the processor, and their quotients; exit status 1 above 90 s of
the clock or above four times the bare insert (processor time: other work on the machine disturbs it
less). The database of PIP_DATA is made anew. SQLite only: the embedded default is what a first
start waits for.
"""

# ruff: noqa: E402 -- Django is set up before its models are imported
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from monitoring.models import RecordHead
from monitoring.record import guards
from pip_network.running import env
from pip_network.site.demo.periods import Half
from pip_network.site.demo.seed import seed

OURS = ("pip_network", "projects", "monitoring", "workshops", "knowledge", "account")
MOST_SECONDS, MOST_TIMES = 90, 4


def fresh(alias: str, path: Path) -> None:
    if alias in connections.databases:
        connections[alias].close()
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    connections.databases[alias] = {**connections.databases["default"], **env.sqlite(path)}
    call_command("migrate", database=alias, verbosity=0)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def stored() -> dict:
    models = [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    return {model: list(model._base_manager.order_by("pk")) for model in models}


def inserted(rows: dict) -> tuple[float, float]:
    """One transaction of bulk_create, table by table, into a database made anew."""
    fresh("bare", Path(settings.DATA_DIR) / "bare.sqlite3")
    guards.remove("bare")
    RecordHead.objects.using("bare").all()._raw_delete("bare")

    def insert() -> None:
        with transaction.atomic(using="bare"):
            for model, objects in rows.items():
                model._base_manager.using("bare").bulk_create(objects)

    return timed(insert)


def main(until: str = "2006-S2") -> int:
    fresh("default", Path(settings.DATABASES["default"]["NAME"]))
    clock, processor = timed(lambda: seed(until=Half.parse(until)))
    rows = stored()
    count = sum(len(objects) for objects in rows.values())
    bare = [inserted(rows) for _ in range(3)]
    bare_clock, bare_processor = min(run[0] for run in bare), min(run[1] for run in bare)
    print(f"seed: {clock:.1f} s, processor {processor:.1f} s")
    print(f"bare insert of {count} rows: {bare_clock:.1f} s, processor {bare_processor:.1f} s")
    print(f"quotient: {clock / bare_clock:.2f}, processor {processor / bare_processor:.2f}")
    return int(clock > MOST_SECONDS or processor > MOST_TIMES * bare_processor)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
