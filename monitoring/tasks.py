"""Leaves of the queue: each takes the id of its job and hands it to the function that does the
work.

The name of a task is the `KIND` of its jobs, which stands where they are asked for. One reads the
clock instead.
"""

from celery import shared_task
from django.utils import timezone

from monitoring import portfolio
from monitoring.feedback import making
from monitoring.portfolio import refreshing
from monitoring.publication import tables
from monitoring.reports import build, order
from monitoring.submission import visits
from monitoring.submission.due import reminders
from monitoring.workbook import storing, uploads, work
from pip_network.jobs import jobs


@shared_task(name=order.KIND)
def build_report(job_id: str) -> None:
    jobs.run(job_id, build.work)


@shared_task(name=refreshing.KIND)
def refresh_portfolio(job_id: str) -> None:
    jobs.run(job_id, portfolio.work)


@shared_task(name=tables.KIND)
def work_out_public_tables(job_id: str) -> None:
    jobs.run(job_id, tables.work)


@shared_task(name=making.KIND)
def make_feedback(job_id: str) -> None:
    jobs.run(job_id, making.work)


@shared_task(name=uploads.KIND)
def compare_workbook(job_id: str) -> None:
    jobs.run(job_id, work.compare_work)


@shared_task(name=storing.KIND)
def store_workbook(job_id: str) -> None:
    jobs.run(job_id, work.store_work)


@shared_task(name="monitoring.tasks.sweep_monitoring")
def sweep_monitoring() -> None:
    reminders.sweep(at=timezone.now())
    visits.sweep(at=timezone.now())
    making.sweep(at=timezone.now())
