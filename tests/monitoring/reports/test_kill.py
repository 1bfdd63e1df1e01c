"""kill -9 of a worker in the middle of a report: the next one finishes it once, equal to an
undisturbed one.

Real processes on the embedded queue, or on PostgreSQL and Redis where the environment names them.
"""

import hashlib
import json

import pytest

from tests.monitoring.reports.portal_of_its_own import EXPIRE, LOOK, ORDER, Portal, until


@pytest.fixture
def portal(tmp_path):
    made = Portal(tmp_path)
    try:
        made.prepare()
        yield made
    finally:
        made.close()


def state(portal: Portal) -> dict:
    return json.loads(portal.run(LOOK).split("STATE", 1)[1])


def test_a_killed_worker_leaves_no_half_report_and_the_next_finishes_it_once(portal, tmp_path):
    portal.run(ORDER)
    first = portal.start_worker()
    until(lambda: (seen := state(portal))["status"] == "running" and seen["done"] > 0)
    portal.kill(first)
    halfway = state(portal)
    assert [halfway["status"], halfway["finished"], halfway["folder"], halfway["attempts"]] == [
        "running",
        False,
        "",
        1,
    ]

    portal.run(EXPIRE)  # instead of waiting for the lease to run out
    portal.start_worker()  # a worker sweeps when it starts
    done = until(lambda: finished(portal))
    assert [done["status"], done["attempts"], done["folders"]] == ["done", 2, [done["folder"]]]

    undisturbed = tmp_path / "undisturbed"
    (tmp_path / "spec.json").write_text(
        json.dumps({"title": "Prueba", "indicators": "all", "group_by": ["typology"]})
    )
    portal.manage("build_report", "--spec", str(tmp_path / "spec.json"), "--out", str(undisturbed))
    assert digests(undisturbed) == done["digests"]


def finished(portal: Portal) -> dict | None:
    seen = state(portal)
    return seen if seen["finished"] else None


def digests(folder) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
