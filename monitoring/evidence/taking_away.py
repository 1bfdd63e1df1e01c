"""Taking the file of an approved piece away: the row stays, with its hash, its size and the reason."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.models import Evidence, EvidenceDraft
from pip_network import audit
from pip_network.files.stored.sweeping import drop
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update
from pip_network.web.reasons import require_reason

from .places import spot_of

LONGEST_REASON = 1000


def scopes(row: Evidence) -> set[str]:
    """The scope keys that it is asked on: its project's."""
    return {f"P:{row.project_id}"}


@transaction.atomic
def take_away(number: int, reason: str, *, by: User, at: dt.datetime) -> Evidence:
    """The one change that an approved piece allows; the approval's hash stays what it was.

    Of an amendment that carries it over, the working row loses the file too. Raises Forbidden,
    Invalid without a reason, Conflict for an address and for what was taken away before.
    """
    row = for_update(Evidence.objects.all()).get(pk=number)
    require(by, Permission.TAKE_AWAY_EVIDENCE, scopes(row))
    if row.stored is None:
        raise Conflict(_("There is no file here that could be taken away."))
    reason = require_reason(reason, most=LONGEST_REASON)
    file, row.stored = row.stored, None
    row.taken_away_at, row.taken_away_by, row.taken_away_for = at.replace(microsecond=0), by, reason
    row.save(
        update_fields=["stored", "taken_away_at", "taken_away_by", "taken_away_for"],
    )
    EvidenceDraft.objects.filter(carried=row).update(stored=None)
    audit.record(
        verb="evidence.taken_away",
        on=f"P:{row.project_id}/{row.round_id}",
        by=by,
        at=at,
        beside=str(spot_of(row)),
        sha256=row.sha256,
    )
    drop(file)
    return row
