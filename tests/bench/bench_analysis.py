"""Times of the analysis: values of all core indicators by project against hand-written SQL, and how
they grow.

    python -m tests.bench.bench_analysis [--quick]

Builds a record of about today's size and one ten times larger, each in a database file of its own,
and asks for: values without intervals at most 3 times the SQL; scale 10 at most 12 times scale 1;
memory under 400 MB at scale 10. Times are processor seconds of this process, in which SQLite runs
too: other work on the machine disturbs them less. `--quick` leaves scale 10 out.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

ROUNDS = tuple(f"{year}-S{half}" for year in (2004, 2005, 2006) for half in (1, 2))
ROUND, AS_OF = ROUNDS[-1], 6
MOST_OF_SQL, MOST_GROWTH, MOST_MEGABYTES = 3, 12, 400


def main(arguments: list[str]) -> int:
    found = {}
    for scale in (1,) if "--quick" in arguments else (1, 10):
        with tempfile.TemporaryDirectory() as folder:
            in_child("build", scale, folder)
            found[scale] = json.loads(in_child("measure", scale, folder).splitlines()[-1])
        say(
            f"scale {scale}: "
            + ", ".join(f"{name} {value}" for name, value in found[scale].items())
        )
    marks = [("values / SQL at scale 1", found[1]["values_s"] / found[1]["sql_s"], MOST_OF_SQL)]
    if 10 in found:
        marks.append(
            ("scale 10 / scale 1", found[10]["values_s"] / found[1]["values_s"], MOST_GROWTH)
        )
        marks.append(("memory at scale 10, MB", found[10]["peak_mb"], MOST_MEGABYTES))
    for name, value, most in marks:
        say(f"{name}: {value:.2f} (at most {most}) {'ok' if value <= most else 'MISSED'}")
    return int(any(value > most for _, value, most in marks))


def in_child(step: str, scale: int, folder: str) -> str:
    """A process of its own for each step: its database is its own, and its peak memory is that
    step's.
    """
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"PIP_DATA": folder, "DJANGO_SETTINGS_MODULE": "pip_network.settings"}
    command = [sys.executable, "-m", "tests.bench.bench_analysis", step, str(scale)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout


def build(scale: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415 -- only after django.setup()
    from django.db import transaction  # noqa: PLC0415

    from monitoring.analysis import Catalogue  # noqa: PLC0415
    from tests.monitoring.analysis.database import store  # noqa: PLC0415
    from tests.monitoring.analysis.records import CATALOGUE_FOLDER, Writer  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    writer = Writer(
        Random(1),
        Catalogue.from_csv(CATALOGUE_FOLDER),
        firms=1000 * scale,
        projects=19 * scale,
        most_networks=6,
        rounds=ROUNDS,
        missing_rates=0,
    )
    made = writer.record()
    with transaction.atomic():
        store(made)


def measure(scale: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415

    from monitoring.analysis import DatabaseSource, Specification, catalogue_from_database, compute  # noqa: PLC0415
    from monitoring.models import Measurement  # noqa: PLC0415

    from .yardstick import Yardstick  # noqa: PLC0415

    catalogue = catalogue_from_database(1)
    # Milestone rounds differ by project: one statement of SQL would not do, so both leave those
    # indicators out.
    core = tuple(
        sorted(
            code
            for code, i in catalogue.indicators.items()
            if i.core and catalogue.frequency(i) != "milestone"
        )
    )
    statements = list(Yardstick(catalogue, ROUND, AS_OF).statements(core))

    def by_sql() -> int:
        with connection.cursor() as cursor:
            return sum(len(cursor.execute(text).fetchall()) for _, text in statements)

    def question(indicators: tuple[str, ...]) -> Specification:
        return Specification(
            scope={}, group_by=("project",), indicators=indicators, round=ROUND, as_of=AS_OF
        )

    def values(intervals: bool = False, indicators: tuple[str, ...] = core) -> int:
        return len(
            compute(question(indicators), DatabaseSource(AS_OF), catalogue, intervals=intervals)
        )

    times = 5 if scale == 1 else 3
    found = {
        "rows": Measurement.objects.count(),
        "figures": values(),
        "values_s": best(values, times),
        "with_intervals_s": best(lambda: values(intervals=True), times),
        "whole_catalogue_s": best(lambda: values(True, tuple(sorted(catalogue.indicators))), 1),
        "sql_s": best(by_sql, times),
    }
    return found | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def best(work: Callable[[], object], times: int) -> float:
    """The least of several times: what the machine needs when nothing else disturbs it."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return round(min(found), 3)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ("build", "measure"):
        sys.path.insert(0, str(Path(__file__).parents[2]))
        import django

        django.setup()
        if sys.argv[1] == "build":
            build(int(sys.argv[2]))
        else:
            say(json.dumps(measure(int(sys.argv[2]))))
    else:
        sys.exit(main(sys.argv[1:]))
