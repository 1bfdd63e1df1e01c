"""The rows that wait between what they would change and their approval."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.models import Approval
from monitoring.rates.actions import Key, Values, approve_rates, values_of
from monitoring.rates.resources import RateResource, key_of, rate_row
from pip_network import audit
from pip_network.files.importing import PlannedRow, previews
from pip_network.models import User
from pip_network.web.errors import Invalid
from pip_network.web.locks import for_update


@transaction.atomic
def approve_waiting(
    waiting: previews.Waiting, reason: str, *, by: User, at: dt.datetime
) -> tuple[Approval, int]:
    """Approve the rows that wait, if what they were compared with is still in force; how many are
    new or corrected.

    Two confirmations at one moment: the second waits for the lock of the person and finds nothing.
    Refused, they wait on.
    """
    for_update(User.objects.all()).get(pk=by.pk)
    waiting = previews.look(waiting.name, table=waiting.table, by=by, at=at)
    plan = RateResource().plan(waiting.rows, by=by, at=at)
    if any(row.reasons for row in plan.rows):
        raise Invalid(_("Nothing is stored unless every row can be."))
    rows = [rate_row(row) for row in plan.rows]
    seen = in_force_from_json(waiting.notes["seen"])
    approval = approve_rates(rows, reason, by=by, at=at, seen=seen)
    if waiting.digest:
        counts = {status.value: count for status, count in plan.counts.items() if count}
        audit.record(
            verb="import.confirmed",
            on=f"T:{waiting.table}",
            by=by,
            at=at,
            rows=counts,
            sha256=waiting.digest,
        )
    previews.drop(waiting)
    return approval, len(plan.to_store)


def in_force_as_json(rows: Sequence[PlannedRow]) -> list[list[str]]:
    """What is in force for each row, as it waits with the rows: currency, period and, if there is a
    rate, its three values.
    """
    items = []
    for row in rows:
        rate: Any = row.instance
        values = map(str, values_of(rate)) if rate is not None else ()
        items.append([*key_of(row), *values])
    return items


def in_force_from_json(items: Sequence[Sequence[str]]) -> dict[Key, Values | None]:
    """What `in_force_as_json` wrote."""
    return {
        (currency, period): (Decimal(values[0]), Decimal(values[1]), values[2]) if values else None
        for currency, period, *values in items
    }
