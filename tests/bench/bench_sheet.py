"""The data sheet of a network of 300 firms: its page, a cell, a pasted block.

    python -m tests.bench.bench_sheet        (the embedded database, or the one of DATABASE_URL)

Through the whole portal, without network: the page of 50 firms; one cell saved, forty times; 300 x
10 cells pasted in one request, every check evaluated and every cell with its line in the history.
Yardsticks, in the same run on the same database: for page and cell, the values of the network read
by one plain query; for the block, the same rows and their history written by Django's own
`bulk_create`, without locks, checks or answer. Milliseconds of the processor, in whose process the
database of the embedded default runs too: other work on the machine disturbs them less.
"""

import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

FIRMS, TIMES = 300, 40
COLUMNS = (
    "sales",
    "exports",
    "top_buyer_sales",
    "new_clients_local",
    "new_clients_national",
    "jobs",
    "jobs_women",
    "payroll",
    "innov_product",
    "credit_amount",
)
CELL_MS, PAGE_MS, BLOCK_MS, BLOCK_RATIO = 100, 1000, 3000, 3
ADDRESS = "/monitoring/PIP-01/2004-S2/"


def main() -> int:
    if "--child" in sys.argv:
        return measure()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PIP_MODE": "test",
            "PIP_DATA": folder,
            "PIP_TEST_DATA": folder,
        }
        child = [sys.executable, "-m", "tests.bench.bench_sheet", "--child"]
        return subprocess.run(
            child, env=environment, check=False, cwd=Path(__file__).resolve().parents[2]
        ).returncode


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test.runner import DiscoverRunner  # noqa: PLC0415

    logging.disable(logging.INFO)  # a line for each request
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    before = runner.setup_databases()
    try:
        return compare(connection.vendor)
    finally:
        runner.teardown_databases(before)


def build() -> tuple[Any, Any]:
    """An open second semester of 302 firms in one network, and its director signed in."""
    from django.test import Client  # noqa: PLC0415

    from monitoring.submission.opening import open_submission  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415
    from tests.conftest import World  # noqa: PLC0415

    world = World()
    for number in range(FIRMS):
        factories.firm(f"FX{number:05}", world.n1)
    world.approved("2004-S1")
    opened = open_submission(
        world.project,
        world.rounds["2004-S2"],
        by=world.director,
        at=factories.moment("2004-07-05 09:00"),
    )
    client = Client()
    client.force_login(world.director)
    return opened, client


def compare(vendor: str) -> int:
    opened, client = build()
    sheet = ADDRESS + "networks/N1/"
    client.get(sheet)  # modules and templates loaded
    plain, cells = plain_read(opened), single_cells(client)
    missed = told(vendor, "the page of 50 firms", median(lambda: client.get(sheet), 5), PAGE_MS)
    missed += told(vendor, "one cell, median", cells, CELL_MS)
    print(f"sheet, {vendor}, yardstick of both, the values by one query: {plain:.1f} ms")
    taken = timed(lambda: pasted(client))
    bare = timed(lambda: written_plainly(opened))
    missed += told(vendor, f"{FIRMS} x {len(COLUMNS)} cells pasted", taken, BLOCK_MS)
    ratio = taken / bare
    verdict = "ok" if ratio <= BLOCK_RATIO else "MISSED"
    print(
        f"sheet, {vendor}, the same rows by bulk_create: {bare:.0f} ms; ratio {ratio:.1f} "
        f"(at most {BLOCK_RATIO}) {verdict}"
    )
    return int(missed or ratio > BLOCK_RATIO)


def plain_read(opened: Any) -> float:
    from monitoring.models import Entry  # noqa: PLC0415

    rows = Entry.objects.filter(submission=opened).order_by()
    return median(lambda: list(rows.values_list("subject", "variable", "value", "missing")), 20)


def single_cells(client: Any) -> float:
    """Forty values of one cell, one after the other, each naming the stamp that it saw."""
    key, stamp, times = "F:FX00007|regular|jobs", 0, []
    for number in range(TIMES):
        body = request([{"key": key, "text": str(5 + number), "stamp": stamp}])
        begun = time.process_time()
        answer = client.post(ADDRESS + "cells/", body, content_type="application/json")
        times.append((time.process_time() - begun) * 1000)
        stamp = answer.json()["saved"][key]["stamp"]
    return statistics.median(times)


def request(cells: list[dict[str, Any]]) -> str:
    return json.dumps({"catalogue": 1, "cells": cells})


def pasted(client: Any) -> None:
    """A block over all firms, in one request; women's jobs are a warning here and there."""
    cells = [
        {
            "key": f"F:FX{number:05}|regular|{code}",
            "text": str(100 + 7 * number % 83 + place),
            "stamp": 0,
        }
        for number in range(FIRMS)
        for place, code in enumerate(COLUMNS)
        if (number, code) != (7, "jobs")  # the cell that was saved by itself
    ]
    answer = client.post(ADDRESS + "cells/", request(cells), content_type="application/json")
    saved = len(answer.json()["saved"])
    assert saved + len(answer.json()["refused"]) == len(cells), answer.content[:300]


def written_plainly(opened: Any) -> None:
    """The same count of rows and of lines of the history, into a firm's places that are empty."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from monitoring.models import Entry, EntryChange, Variable  # noqa: PLC0415

    variables = Variable.objects.filter(code__in=COLUMNS).in_bulk(field_name="id")
    now, value = timezone.now(), Decimal(100)
    places = [
        (f"FX{number:05}", variable) for number in range(FIRMS) for variable in variables.values()
    ]
    with transaction.atomic():
        Entry.objects.filter(submission=opened).exclude(source="system").delete()
        Entry.objects.bulk_create(
            Entry(
                submission=opened,
                project_id=opened.project_id,
                level="firm",
                subject=f"F:{firm}",
                firm_id=firm,
                kind="regular",
                variable=variable,
                value=value,
                changed_at=now,
            )
            for firm, variable in places
        )
        EntryChange.objects.bulk_create(
            EntryChange(
                submission=opened,
                revision=1,
                subject=f"F:{firm}",
                kind="regular",
                variable_code=variable.code,
                new_value=value,
                at=now,
                door="web",
            )
            for firm, variable in places
        )


def median(work: Callable[[], object], times: int) -> float:
    return statistics.median(timed(work) for _each in range(times))


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of the clock."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def told(vendor: str, what: str, taken: float, most: float) -> bool:
    verdict = "ok" if taken <= most else "MISSED"
    print(f"sheet, {vendor}, {what}: {taken:.0f} ms (at most {most}) {verdict}", flush=True)
    return taken > most


if __name__ == "__main__":
    sys.exit(main())
