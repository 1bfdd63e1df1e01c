"""Two firms that look alike and are not the same: said, and taken back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Process
from pip_network.web.errors import Conflict
from projects.models import Firm, FirmDistinction

from .validation import require_keeper


@transaction.atomic
def tell_apart(
    *, first: Firm, second: Firm, by: User | Process, at: dt.datetime
) -> FirmDistinction:
    """They are not the same firm: they are proposed no more. Saying it twice is saying it once."""
    require_keeper(by, first, second)
    lower, higher = sorted((first.pk, second.pk))
    if lower == higher:
        raise Conflict(_("A firm is not a duplicate of itself."))
    distinction, new = FirmDistinction.objects.get_or_create(
        first_id=lower, second_id=higher, defaults={"said_at": at, "said_by": audit.actor_key(by)}
    )
    if new:
        audit.record_many(
            [
                ("firm.told_apart", f"F:{a}", {"other": b})
                for a, b in ((lower, higher), (higher, lower))
            ],
            by=by,
            at=at,
        )
    return distinction


@transaction.atomic
def take_back_distinction(
    *, first: Firm, second: Firm, by: User | Process, at: dt.datetime
) -> None:
    """They may be the same after all. Raises Conflict when nobody had said otherwise."""
    require_keeper(by, first, second)
    lower, higher = sorted((first.pk, second.pk))
    if not FirmDistinction.objects.filter(first=lower, second=higher).delete()[0]:
        raise Conflict(_("Nobody has said that they are not the same."))
    audit.record_many(
        [
            ("firm.not_told_apart", f"F:{a}", {"other": b})
            for a, b in ((lower, higher), (higher, lower))
        ],
        by=by,
        at=at,
    )


def forget_distinction(first: Firm, second: Firm) -> None:
    lower, higher = sorted((first.pk, second.pk))
    FirmDistinction.objects.filter(first=lower, second=higher).delete()
