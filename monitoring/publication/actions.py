"""Publishing a round, and taking a publication back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.models import ProjectPublication, Publication, RecordHead, Round
from monitoring.reports.figure_definitions import keep_definitions
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update, lock
from pip_network.web.reasons import require_reason

from . import results, tables
from .figures import approved_projects, totals
from .results import LONGEST
from .unseen import why_unseen


def publish_round(
    *, round: Round, as_of: int, reason: str, by: User, at: dt.datetime, seen: str = ""
) -> Publication:
    """Show the public the figures of a round as of an approval, in place of those that it saw; the
    results of projects that it saw with them go along, as of the same approval.

    `seen`: the publication of this round that was in force when somebody decided (its number; "0":
    none). Raises Invalid (place: the field), Conflict when another one was published meanwhile,
    Forbidden.
    """
    require(by, Permission.PUBLISH_ROUNDS)
    reason = require_reason(reason, most=LONGEST)
    check_number(round.code, as_of)
    shown = {row.project_id: row.reason for row in results_in_force(round.code)}
    results.check_approved(round.code, as_of, shown, place="as_of")
    found = totals(round.code, as_of)  # before the lock: it takes seconds, and changes nothing
    of_projects = tables.of_projects(round.code, as_of, sorted(shown))
    with transaction.atomic():
        for_update(RecordHead.objects.all()).get(pk=1)
        last = last_of(round.code)
        _require_seen(last, seen)
        if same := why_same(last, as_of):
            raise Invalid(same, place="as_of")
        if shown.keys() != {row.project_id for row in results_in_force(round.code)}:
            raise Conflict(
                _(
                    "The projects whose results are published are not those that you saw: look again."
                )
            )
        keep_definitions(found.definitions)
        publication = Publication.objects.create(
            round=round,
            as_of_id=as_of,
            catalogue=found.catalogue,
            figures=[figure.as_dict() for figure in found.figures],
            reason=reason,
            by=by,
            at=at,
        )
        audit.record(
            verb="publication.published",
            on=f"round:{round.code}",
            by=by,
            at=at,
            as_of=as_of,
            before=last.as_of_id if last is not None else None,
            reason=reason,
        )
        results.keep_results(publication, of_projects, shown, person=by, at=at)
    return publication


@transaction.atomic
def withdraw_publication(
    *, publication: Publication, reason: str, by: User, at: dt.datetime
) -> Publication:
    """Show the public nothing of this round until it is published again, nor of its projects until
    their results are.

    Raises Invalid (place: reason), Conflict when it is not in force any more, Forbidden.
    """
    require(by, Permission.PUBLISH_ROUNDS)
    reason = require_reason(reason, most=LONGEST)
    for_update(RecordHead.objects.all()).get(pk=1)
    row = lock(publication)
    if why := why_unseen(row):
        raise Conflict(why)
    for project in results_in_force(row.round_id):
        results.take_back(project, reason, person=by, at=at)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    audit.record(
        verb="publication.withdrawn",
        on=f"round:{row.round_id}",
        by=by,
        at=at,
        as_of=row.as_of_id,
        reason=reason,
    )
    return row


def last_of(round_code: str) -> Publication | None:
    """The last publication of a round, withdrawn or not."""
    return Publication.objects.newest().filter(round=round_code).first()


def results_in_force(round_code: str) -> list[ProjectPublication]:
    """The published results of projects that the public sees with a round."""
    rows = ProjectPublication.objects.in_force().select_related("project", "publication")
    return list(rows.filter(publication__round=round_code).order_by("project_id"))


def check_number(round_code: str, as_of: int) -> None:
    """Raises Invalid where the record as of this number has nothing of the round."""
    head = RecordHead.objects.values_list("number", flat=True).first() or 0
    if not 1 <= as_of <= head:
        raise Invalid(
            _("The record has approvals 1 to %(last)s: name one of them.") % {"last": head},
            place="as_of",
        )
    if not approved_projects(round_code, as_of):
        raise Invalid(
            _("Up to this approval nothing of the round had been approved."), place="as_of"
        )


def why_same(last: Publication | None, as_of: int) -> str:
    """Why publishing as of an approval would change nothing, after the last publication of the
    round; nothing where it would.
    """
    if last is None or last.withdrawn_at is not None or last.as_of_id != as_of:
        return ""
    return _("It is published as of this approval already: nothing changes.")


def _require_seen(last: Publication | None, seen: str) -> None:
    if seen and seen != str(last.pk if last is not None else 0):
        raise Conflict(
            _(
                "Somebody else published this round as of approval %(number)s since you looked: "
                "nothing has been stored. Look at what would move now."
            )
            % {"number": last.as_of_id if last is not None else 0}
        )
