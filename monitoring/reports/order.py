"""Ordering a report: the question is resolved to a number of the record, then report and job are
one transaction.
"""

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.analysis import Specification
from monitoring.models import Report
from pip_network import audit
from pip_network.jobs import jobs
from pip_network.models import Job, User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.locks import for_update

from . import files, questions, record

KIND = "monitoring.build_report"


def order(*, given: dict[str, Any], by: User, at: dt.datetime) -> Report:
    """Order the report that `given` specifies.

    Raises SpecificationError (with paths), Invalid or Forbidden.
    """
    specification = questions.parse(given)
    if not specification.title.strip():
        raise Invalid(_("Give the report a title."), place="title")
    check_may_order(by, specification)
    with transaction.atomic():
        job = jobs.enqueue(kind=KIND, arguments={}, requested_by=by, at=at)
        report = Report.objects.create(
            title=specification.title,
            specification=specification.stored(),
            language=specification.language,
            audience=specification.audience,
            as_of_id=specification.as_of,
            requested_by=by,
            requested_at=at,
            job=job,
            scope_projects=sorted(
                record.in_scope(specification)
                .values_list("project_id", flat=True)
                .order_by()
                .distinct()
            ),
        )
        audit.record(
            verb="report.ordered",
            on=f"R:{report.pk}",
            by=by,
            at=at,
            as_of=specification.as_of,
            scope=specification.stored()["scope"],
        )
    return report


def rebuild(report: Report, *, by: User, at: dt.datetime) -> Job:
    """Make the files of a finished report again, from the same question about the same approval.

    Raises Forbidden for who may not read it; Conflict when its files are there or are being made.
    """
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise Forbidden(_("Only who may read this report has its files made again."))
    with transaction.atomic():
        row = for_update(Report.objects.all()).get(pk=report.pk)
        if row.finished_at is None:
            raise Conflict(_("This report is being built already."))
        if files.page_of(row.folder) is not None:
            raise Conflict(_("The files of this report are there."))
        transaction.on_commit(partial(files.remove, row.folder), robust=True)
        row.job = jobs.enqueue(kind=KIND, arguments={}, requested_by=by, at=at)
        row.finished_at, row.folder = None, ""
        row.save(update_fields=["job", "finished_at", "folder"])
        audit.record(verb="report.rebuilt", on=f"R:{row.pk}", by=by, at=at)
    return row.job


def check_may_order(user: User, specification: Specification) -> None:
    """Specialists and administration: anything.

    A director: staff reports about one project of her own.
    """
    if access.can(user, Permission.ORDER_REPORT):
        return
    own = access.codes_with(user, Permission.ORDER_OWN_REPORT, "P") or set()
    projects = specification.scope.get("projects", ())
    if len(projects) != 1 or projects[0] not in own:
        raise Forbidden(
            _("You may order reports about your own project: choose it as the scope."),
            place="projects",
        )
    if specification.audience != "staff":
        raise Forbidden(_("Public reports are ordered by specialists."), place="audience")
