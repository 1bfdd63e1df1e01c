"""Ordering a report, and cancelling the work on one."""

import datetime as dt
from contextlib import suppress
from typing import Any

from monitoring.analysis import SpecificationError
from monitoring.models import Report
from monitoring.reports.composer import ComposerForm
from monitoring.reports.order import order, rebuild
from pip_network.jobs import jobs
from pip_network.models import Job, User
from pip_network.web.acts import Act
from pip_network.web.errors import Conflict, Forbidden, Invalid


def _order(*, given: dict[str, Any], by: User, at: dt.datetime) -> Report:
    """What the specification may not say, and what she may not order, is told at its field: she
    chose it there.
    """
    try:
        return order(given=given, by=by, at=at)
    except SpecificationError as error:
        raise Invalid(str(error), problems=error.problems) from error
    except Forbidden as error:
        raise Invalid(error.message, place=error.place) from error


def _cancel(*, job: Job, by: User, at: dt.datetime) -> None:
    with suppress(Conflict):  # it ended by itself meanwhile
        jobs.cancel(job, by=by, at=at)


def _rebuild(*, report: Report, by: User, at: dt.datetime) -> None:
    with suppress(Conflict):  # somebody else was first: its page shows how far it is
        rebuild(report, by=by, at=at)


ORDER = Act(
    name="report-new",
    once=True,
    permission=None,  # of all projects another person than of her own
    form=ComposerForm,
    action=_order,
    message="",
)
CANCEL = Act(
    name="report-cancel",
    at_once=True,
    permission=None,  # who ordered it
    when=lambda report: not report.finished_at,
    action=_cancel,
    message="",
)
REBUILD = Act(
    name="report-rebuild",
    at_once=True,
    permission=None,  # who may read it
    when=lambda report: bool(report.finished_at),
    action=_rebuild,
    message="",
)
