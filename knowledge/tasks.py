"""Leaves of the queue: each takes the id of its job and hands it to the function that does the
work, or reads the clock.
"""

from celery import shared_task
from django.utils import timezone

from knowledge.lists import sweeping
from knowledge.saved import letters
from knowledge.text import extraction
from knowledge.usage import counting, missed
from knowledge.works import embargoes
from pip_network.jobs import jobs


@shared_task(name=extraction.KIND)
def read_text(job_id: str) -> None:
    jobs.run(job_id, extraction.work)


@shared_task(name="knowledge.tasks.sweep_library")
def sweep_library() -> None:
    extraction.sweep(at=timezone.now())
    embargoes.sweep(at=timezone.now())
    counting.sweep(at=timezone.now())
    missed.sweep(at=timezone.now())
    letters.sweep(at=timezone.now())
    sweeping.sweep(at=timezone.now())
