"""Exchange rates and price indices: approved like everything else that figures stand on."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.choices import ApprovalKind
from monitoring.models import Approval, Rate, RecordHead
from monitoring.record import approving
from monitoring.record.draft import Draft
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update
from pip_network.web.reasons import require_reason

PERIOD = re.compile(r"\d{4}(-S[12])?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
EIGHT_DECIMALS = Decimal("0.00000001")
LARGEST = Decimal("9999999.99999999")  # 15 digits, 8 of them decimals
REASON_LENGTH = 1000


class RateRow(NamedTuple):
    """Local units per US$ 1 (average of the period) and price index (2000 = 100)."""

    currency: str
    period: str
    usd_rate: Decimal
    cpi: Decimal
    source: str = ""


Key = tuple[str, str]  # currency and period
Values = tuple[Decimal, Decimal, str]  # rate, index, source


class OvertakenRate(NamedTuple):
    """A rate that was not what it had been when somebody looked; None: there was none."""

    key: Key
    seen: Values | None
    in_force: Values | None
    proposed: Values


@transaction.atomic
def approve_rates(
    rows: Sequence[RateRow],
    reason: str,
    *,
    by: User,
    at: dt.datetime,
    seen: Mapping[Key, Values | None] | None = None,
) -> Approval:
    """Write the rates that differ from those in force. Raises Invalid (place: currency and period),
    Forbidden.

    `seen`: what was in force for each row when somebody decided; if that has changed, Conflict,
    with the rows in `.context["overtaken"]`.
    """
    at = at.replace(microsecond=0)
    require(by, Permission.MANAGE_RATES)
    reason = require_reason(reason, most=REASON_LENGTH)
    checked = [check_rate(RateRow(*row)) for row in rows]
    if len({row[:2] for row in checked}) < len(checked):
        raise Invalid(_("A currency and period is given twice."))
    for_update(RecordHead.objects.all()).get(pk=1)
    live = {(r.currency, r.period): r for r in Rate.objects.live().order_by("id")}
    if seen is not None:
        _require_seen(checked, seen, live)
    draft = _differences(checked, live)
    if draft.is_empty:
        raise Invalid(_("These rates are already in force: nothing changes."))
    approval = approving.write(draft, kind=ApprovalKind.RATES, approver=by, at=at, reason=reason)
    audit.record(
        verb="rates.approved", on=f"A:{approval.number}", by=by, at=at, rates=len(draft.rates)
    )
    return approval


def _differences(rows: Iterable[RateRow], live: Mapping[Key, Rate]) -> Draft:
    """The rows that say something else than what is in force."""
    draft = Draft()
    for row in sorted(rows):
        rate = live.get((row.currency, row.period))
        if rate is not None:
            if values_of(rate) == (row.usd_rate, row.cpi, row.source):
                continue
            draft.superseded["rates"].append(rate.pk)
        draft.rates.append(Rate(**row._asdict()))
    return draft


def values_of(rate: Rate) -> Values:
    """What is compared of a rate, to see whether another one says the same."""
    return rate.usd_rate, rate.cpi, rate.source


def in_force(keys: Iterable[Key]) -> dict[Key, Rate]:
    """The rates in force for these currencies and periods; one query, whatever their number."""
    wanted = set(keys)
    rows = (
        Rate.objects.live()
        .filter(currency__in={key[0] for key in wanted})
        .select_related("approved_in")
    )
    return {(row.currency, row.period): row for row in rows if (row.currency, row.period) in wanted}


def _require_seen(
    rows: Iterable[RateRow], seen: Mapping[Key, Values | None], live: Mapping[Key, Rate]
) -> None:
    overtaken = []
    for row in rows:
        key = (row.currency, row.period)
        values = values_of(live[key]) if key in live else None
        if seen.get(key) != values:
            overtaken.append(
                OvertakenRate(key, seen.get(key), values, (row.usd_rate, row.cpi, row.source))
            )
    if overtaken:
        raise Conflict(
            _(
                "Somebody else approved rates since you looked: nothing has been stored. Compare "
                "them before you decide."
            ),
            place=" ".join(overtaken[0].key),
            overtaken=overtaken,
        )


def check_rate(row: RateRow) -> RateRow:
    """The row as it would be stored, with eight decimals.

    Raises Invalid (place: currency and period).
    """
    place = f"{row.currency} {row.period}"
    if not CURRENCY.fullmatch(row.currency) or not PERIOD.fullmatch(row.period):
        raise Invalid(
            _("A rate names a currency (three letters) and a period (2005 or 2005-S2)."),
            place=place,
        )
    return row._replace(usd_rate=_number(row.usd_rate, place), cpi=_number(row.cpi, place))


def _number(value: Decimal | str, place: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or number <= 0 or number > LARGEST:
        raise Invalid(
            _(
                "Rates and price indices are positive numbers with at most seven digits before "
                "the decimal mark."
            ),
            place=place,
        )
    kept = number.quantize(EIGHT_DECIMALS)
    if kept != number:
        raise Invalid(_("This number has too many decimals: at most eight are kept."), place=place)
    return kept
