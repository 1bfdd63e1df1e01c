"""Publishing the results of projects in a round, and taking them back. They are published with the
round, as of the same approval: a project lies beneath its country, and a reader has both.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.models import ProjectPublication, Publication, RecordHead
from monitoring.reports.figure_definitions import keep_definitions
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update, lock
from pip_network.web.reasons import require_reason
from projects.models import Project

from . import letters, tables
from .figures import Totals, approved_projects
from .unseen import why_results_unseen

LONGEST = 1000  # characters of a reason


def publish_results(
    *,
    publication: Publication,
    projects: Collection[Project],
    reason: str,
    by: User,
    at: dt.datetime,
) -> list[ProjectPublication]:
    """Show the public the figures of these projects in a round that it sees; their directors are
    told.

    Raises Invalid (place: projects, reason), Conflict when the round was published again or
    withdrawn meanwhile, Forbidden.
    """
    require(by, Permission.PUBLISH_ROUNDS)
    reason = require_reason(reason, most=LONGEST)
    codes = sorted(project.pk for project in projects)
    if not codes:
        raise Invalid(_("Choose at least one project."), place="projects")
    check_approved(publication.round_id, publication.as_of_id, codes, place="projects")
    found = tables.of_projects(publication.round_id, publication.as_of_id, codes)
    with transaction.atomic():
        for_update(RecordHead.objects.all()).get(pk=1)
        _require_in_force(publication)
        for code in sorted(results_of(publication).intersection(codes)):
            raise Invalid(
                _("The results of %(code)s are published already.") % {"code": code},
                place="projects",
            )
        return keep_results(publication, found, dict.fromkeys(codes, reason), person=by, at=at)


@transaction.atomic
def withdraw_results(
    *, results: ProjectPublication, reason: str, by: User, at: dt.datetime
) -> ProjectPublication:
    """Show the public no figure of this project in the round any more; its directors are told.

    Raises Invalid (place: reason), Conflict when they are not in force any more, Forbidden.
    """
    require(by, Permission.PUBLISH_ROUNDS)
    reason = require_reason(reason, most=LONGEST)
    for_update(RecordHead.objects.all()).get(pk=1)
    row = lock(results)
    if why := why_results_unseen(row):
        raise Conflict(why)
    return take_back(row, reason, person=by, at=at)


def check_approved(round_code: str, as_of: int, codes: Collection[str], *, place: str) -> None:
    """Raises Invalid where the record as of an approval has nothing of one of these projects."""
    missing = sorted(set(codes) - approved_projects(round_code, as_of))
    if missing:
        raise Invalid(
            _("Up to approval %(number)s nothing of %(projects)s had been approved.")
            % {"number": as_of, "projects": ", ".join(missing)},
            place=place,
        )


def results_of(publication: Publication) -> set[str]:
    """The projects whose results are shown with a round."""
    rows = publication.projects.filter(withdrawn_at__isnull=True)
    return set(rows.values_list("project_id", flat=True))


def keep_results(
    publication: Publication,
    found: Mapping[str, Totals],
    reasons: Mapping[str, str],
    *,
    person: User,
    at: dt.datetime,
) -> list[ProjectPublication]:
    """Inside the transaction of who publishes: rows, audit, letters."""
    rows = []
    for code, reason in reasons.items():
        keep_definitions(found[code].definitions)
        row = ProjectPublication.objects.create(
            project_id=code,
            publication=publication,
            figures=[figure.as_dict() for figure in found[code].figures],
            reason=reason,
            by=person,
            at=at,
        )
        _record("results.published", row, reason, by=person, at=at)
        letters.published(row, at=at)
        rows.append(row)
    return rows


def take_back(
    row: ProjectPublication, reason: str, *, person: User, at: dt.datetime
) -> ProjectPublication:
    """Inside the transaction of who withdraws."""
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, person, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _record("results.withdrawn", row, reason, by=person, at=at)
    letters.withdrawn(row, at=at)
    return row


def publishable(publication: Publication) -> set[str]:
    """The projects that may be published with a round: approved in it, and not published yet."""
    approved = approved_projects(publication.round_id, publication.as_of_id)
    return approved - results_of(publication)


def _record(verb: str, row: ProjectPublication, reason: str, *, by: User, at: dt.datetime) -> None:
    audit.record(
        verb=verb,
        on=f"P:{row.project_id}",
        by=by,
        at=at,
        round=row.publication.round_id,
        as_of=row.publication.as_of_id,
        reason=reason,
    )


def _require_in_force(publication: Publication) -> None:
    if not publication.is_in_force:
        raise Conflict(
            _(
                "The public does not see this publication of the round any more: look at the round "
                "as it is published now."
            )
        )
