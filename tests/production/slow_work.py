"""Work that lasts as long as a test wants, for a worker that is told of it by `--include`."""

import time
from pathlib import Path

from celery import shared_task

from pip_network.jobs import jobs
from pip_network.models import Job


@shared_task(name="tests.slow_work")
def slow_work(job_id: str) -> None:
    jobs.run(job_id, _wait)


def _wait(job: Job, progress: jobs.Progress) -> None:
    """Say that it has begun, by a line in a file; end when the file `go` stands beside it."""
    folder = Path(job.arguments["folder"])
    with (folder / "begun").open("a") as begun:
        begun.write(f"{job.arguments['name']}\n")
    while not (folder / "go").exists():
        progress()
        time.sleep(0.2)
