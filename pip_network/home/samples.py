"""Invented content for the page of components: each partial in each of its states."""

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator

from monitoring.choices import Status
from monitoring.models import Submission
from pip_network.choices import JobStatus, Origin
from pip_network.models import Job

DAY = dt.date(2006, 7, 12)
NOON = dt.datetime(2006, 7, 12, 12, tzinfo=dt.UTC)


def everything() -> dict[str, Any]:
    return {
        "day": DAY,
        "submissions": [
            submission(Status.DRAFT),
            submission(Status.DRAFT, due_on=dt.date(2006, 7, 1)),
            submission(Status.SUBMITTED),
            submission(Status.RETURNED),
            submission(Status.APPROVED),
            submission(Status.DRAFT, revision=2),
        ],
        "origins": [(one, one.label) for one in Origin],
        "jobs": [
            job(JobStatus.QUEUED),
            job(JobStatus.RUNNING, done=62, total=100),
            job(JobStatus.DONE),
            job(JobStatus.FAILED, error="El archivo está cifrado."),
            job(JobStatus.CANCELLED),
        ],
        "figures": [
            {"value": "55.3", "unit": "percent", "n": 132},
            {"value": "1234567", "unit": "usd", "n": 1},
            {"value": None, "unit": "percent", "reason": "zero_denominator"},
            {"value": None, "unit": "percent", "suppressed": True},
        ],
        "page": Paginator(range(300), 25).page(4),
        "says": ["", "ok", "warn", "bad", "rec", "demo"],
    }


def submission(status: Status, *, due_on: dt.date = dt.date(2006, 7, 30), revision: int = 1) -> Submission:
    return Submission(project_id="PIP-01", round_id="2006-S1", status=status, due_on=due_on, revision=revision)


def job(status: JobStatus, **fields) -> Job:
    ended = {"finished_at": NOON} if status not in (JobStatus.QUEUED, JobStatus.RUNNING) else {}
    return Job(pk=uuid.UUID(int=1), kind="monitoring.build_report", status=status, requested_at=NOON, **ended, **fields)
