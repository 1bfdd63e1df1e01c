"""Leaves of the queue: each takes the id of its job and hands it to the function that does the
work.
"""

from celery import shared_task

from monitoring import portfolio
from monitoring.reports import build
from pip_network.jobs import jobs


@shared_task(name="monitoring.build_report")
def build_report(job_id: str) -> None:
    jobs.run(job_id, build.work)


@shared_task(name="monitoring.refresh_portfolio")
def refresh_portfolio(job_id: str) -> None:
    jobs.run(job_id, portfolio.work)
