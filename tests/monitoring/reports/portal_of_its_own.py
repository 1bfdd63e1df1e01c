"""A portal with a database and a queue of its own, beside the one under test: its workers may be
killed.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import prepared
from tests.production.started import Started

ROOT = Path(__file__).resolve().parents[3]
OURS = re.compile(r"PIP_(MODE|DATA|TEST_.*)|DATABASE_URL|REDIS_.*|DJANGO_.*|PYTEST_.*|COV_.*")
ORDER = """
from django.utils import timezone
from monitoring.reports.order import order
from tests.monitoring.reports.world import World, person
World(projects=2, networks=3, firms=5).make()
by = person("esp@example.org", "Especialista", "specialist", "*")
report = order(given={"title": "Prueba", "indicators": "all", "group_by": ["typology"]}, by=by, at=timezone.now())
print("REPORT", report.pk)
"""
LOOK = """
import hashlib, json
from monitoring.models import Report
from monitoring.reports import files
report = Report.objects.select_related("job").get()
folder = files.root() / report.folder if report.folder else None
print("STATE", json.dumps({
    "status": report.job.status, "attempts": report.job.attempts, "step": report.job.step, "done": report.job.done,
    "finished": report.finished_at is not None,
    "folders": sorted(path.name for path in files.root().glob("*")) if files.root().exists() else [],
    "folder": report.folder,
    "digests": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files.NAMES} if folder else {},
}))
"""
EXPIRE = """
from django.utils import timezone
from pip_network.jobs import jobs, lease
from pip_network.models import Job
Job.objects.filter(status="running").update(lease_until=timezone.now() - lease.LEASE)
"""


class Portal:
    """`manage.py` and Celery workers as processes, on SQLite and files or on the servers that the
    environment names.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not OURS.fullmatch(name)
        }
        self.environment |= {"PIP_DATA": str(folder), "PYTHONPATH": str(ROOT)}
        self.database = ""
        self.started: Started | None = None
        self.workers: list[subprocess.Popen] = []
        if url := os.environ.get("DATABASE_URL", ""):
            self.database = f"pip_kill_{os.getpid()}"
            self.environment["DATABASE_URL"] = prepared.named(url, self.database)
        if url := os.environ.get("REDIS_URL", ""):
            self.environment |= {"REDIS_URL": url, "REDIS_PREFIX": f"pip-kill-{os.getpid()}"}

    def prepare(self) -> None:
        for name in ("media", "queue", "queue-done", "queue-control"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        if url := os.environ.get("DATABASE_URL", ""):
            empty = prepared.template("empty")
            prepared.administer(url, f'CREATE DATABASE "{self.database}" TEMPLATE "{empty}"')
        else:
            prepared.copy("empty", self.folder / "portal.sqlite3")

    def manage(self, *arguments: str) -> str:
        if self.started is None:
            self.started = Started(ROOT, self.folder, self.environment)
        done = self.started.call(*arguments)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def run(self, script: str) -> str:
        return self.manage("shell", "--no-imports", "-c", script)

    def start_worker(self) -> subprocess.Popen:
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "pip_network",
            "worker",
            "-P",
            "prefork",
            "-c",
            "1",
            "--without-gossip",
            "--without-mingle",
        ]
        log = (self.folder / "worker.log").open("ab")
        worker = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        """kill -9 of the worker with its children, as a machine that loses power."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            self.kill(worker)
        if self.started:
            self.started.end()
        if self.database:
            prepared.administer(
                os.environ["DATABASE_URL"],
                f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)',
            )


def until(question, seconds: float = 120):
    """What `question` answers, as soon as it is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := question():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come to pass in time")
