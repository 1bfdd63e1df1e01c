"""The tasks of floor 0: thin leaves that read the clock, or take the id of a job, and call one
function.
"""

from celery import shared_task
from django.utils import timezone

from pip_network.files.importing import previews
from pip_network.files.stored import sweeping
from pip_network.jobs import jobs, outbox
from pip_network.people import passwords, sessions
from pip_network.web import once


@shared_task(name="pip_network.tasks.sweep")
def sweep() -> None:
    jobs.sweep(at=timezone.now())
    previews.sweep(at=timezone.now())
    sessions.sweep(at=timezone.now())
    once.sweep(at=timezone.now())
    sweeping.sweep(at=timezone.now())


@shared_task(name=outbox.TASK)
def send_outbox() -> None:
    outbox.deliver(at=timezone.now())


@shared_task(name=passwords.KIND)
def forgotten_password(job_id: str) -> None:
    jobs.run(job_id, passwords.work)
