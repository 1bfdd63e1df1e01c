"""How long seeding takes, beside a bare bulk insert of the same final rows into empty tables without guards.

    PIP_DATA=/some/folder python tests/bench/seed.py [ROUND]

Prints seconds and the quotient; exit status 1 above 90 s or above four times the bare insert. The database of PIP_DATA is
made anew. SQLite only: the embedded default is what a first start waits for.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from monitoring import guards
from monitoring.models import RecordHead
from pip_network import env
from pip_network.demo.periods import Half
from pip_network.demo.seed import seed

OURS = ("pip_network", "projects", "monitoring", "workshops", "knowledge", "account")
MOST_SECONDS, MOST_TIMES = 90, 4


def fresh(alias: str, path: Path) -> None:
    if alias in connections.databases:
        connections[alias].close()
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    connections.databases[alias] = {**connections.databases["default"], **env.sqlite(path)}
    call_command("migrate", database=alias, verbosity=0)


def seeded(until: str) -> tuple[float, dict]:
    began = time.perf_counter()
    seed(until=Half.parse(until))
    seconds = time.perf_counter() - began
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return seconds, {model: list(model._base_manager.order_by("pk")) for model in models}


def inserted(rows: dict) -> float:
    """Seconds for one transaction of bulk_create, table by table, into a database made anew."""
    fresh("bare", Path(settings.DATA_DIR) / "bare.sqlite3")
    guards.remove("bare")
    RecordHead.objects.using("bare").all()._raw_delete("bare")
    began = time.perf_counter()
    with transaction.atomic(using="bare"):
        for model, objects in rows.items():
            model._base_manager.using("bare").bulk_create(objects)
    return time.perf_counter() - began


def main(until: str = "2006-S2") -> int:
    fresh("default", Path(settings.DATABASES["default"]["NAME"]))
    seconds, rows = seeded(until)
    count = sum(len(objects) for objects in rows.values())
    bare = min(inserted(rows) for _ in range(3))
    print(f"seed {seconds:.1f} s; bare insert of {count} rows {bare:.1f} s; {seconds / bare:.2f} times")
    return int(seconds > MOST_SECONDS or seconds > MOST_TIMES * bare)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
