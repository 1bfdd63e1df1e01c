"""Storing what a preview showed, if it would still do the same."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pip_network.models import User
from pip_network.web.acts import Act
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update

from . import previews
from .plan import Status
from .resource import TableResource


@transaction.atomic
def confirm(resource: TableResource, name: str, *, by: User, at: dt.datetime) -> dict[str, int]:
    """Store what waits under `name`, if it would still do what was shown; returns how many rows of
    each status.

    Two confirmations at one moment: the second waits for the lock of the person and finds nothing.
    """
    for_update(User.objects.all()).get(pk=by.pk)
    waiting = previews.take(name, table=resource.table(), by=by, at=at)
    plan = resource.plan(waiting.rows, by=by, at=at, rehearse=False)
    if plan.fingerprint() != waiting.fingerprint:
        raise Conflict(
            _(
                "The registry has changed since the preview: choose the file again and look at it "
                "anew."
            )
        )
    resource.confirm(plan, by=by, at=at, sha256=waiting.digest)
    return {status.value: count for status, count in plan.counts.items() if count}


def stored_sentence(counts: dict[str, int]) -> str:
    """What the person who confirmed is told, by status."""
    rows = ", ".join(f"{count} {Status(status).label.lower()}" for status, count in counts.items())
    return _("The import is done: %(counts)s.") % {"counts": rows}


CONFIRM = Act(
    name="import",
    permission=None,  # the plan of the table asks for its own
    at_once=True,
    action=confirm,
    message=stored_sentence,
)
