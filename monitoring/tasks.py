"""Leaves of the queue: each takes the id of its job and hands it to the function that does the
work.

The name of a task is the `KIND` of its jobs, which stands where they are asked for.
"""

from celery import shared_task
from django.utils import timezone

from monitoring import portfolio
from monitoring.portfolio import refreshing
from monitoring.publication import tables
from monitoring.reports import build, order
from monitoring.submission import visits
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


@shared_task(name="monitoring.tasks.sweep_visits")
def sweep_visits() -> None:
    visits.sweep(at=timezone.now())
