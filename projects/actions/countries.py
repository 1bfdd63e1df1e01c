"""Countries: corrected as any reference fact, but for their currency, in which amounts are kept."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.administration import facts
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.edits import clean
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from projects import frozen
from projects.models import Country


@transaction.atomic
def correct_country(
    *,
    country: Country,
    currency_since: dt.date | None = None,
    converted: Collection[str] = (),
    by: User | Process,
    at: dt.datetime,
    **changes: Any,
) -> Country:
    """Correct facts of a country. With `currency_since` its currency changed on that day, without
    it was wrong from the beginning. `converted`: as of `change_currency`.

    Raises Invalid (place: the field), Conflict when approved amounts are in the currency that would
    go, or amounts that are being entered.
    """
    require(by, Permission.MANAGE_REGISTRY)
    currency = changes.pop("currency", country.currency)
    facts.correct_fact(row=country, by=by, at=at, **changes)
    stored = Country.objects.get(pk=country.pk)
    if currency_since is not None:
        return change_currency(
            country=stored,
            currency=currency,
            since=currency_since,
            converted=converted,
            by=by,
            at=at,
        )
    if currency == stored.currency:
        return stored
    if stored.currency_dates or frozen.amounts_of(stored.pk):
        raise Conflict(
            _(
                "Amounts are kept in %(currency)s: say from which day on the country has another "
                "currency."
            )
            % {"currency": stored.currency},
            place="currency",
        )
    _require_converted(stored, dt.date.min, currency, converted)
    facts.correct_fact(row=stored, currency=currency, by=by, at=at)
    return Country.objects.get(pk=country.pk)


@transaction.atomic
def change_currency(
    *,
    country: Country,
    currency: str,
    since: dt.date,
    converted: Collection[str] = (),
    by: User | Process,
    at: dt.datetime,
) -> Country:
    """From `since` on the country has another currency: amounts of periods that begin later are in
    it, those of earlier ones stay in theirs. `converted`: submissions (`PIP-01/2006-S2`) whose
    amounts were entered in the new one already.

    Raises Invalid when it has that currency, or the day is not after that of the present one;
    Conflict when later periods have approved amounts, or amounts entered in other submissions
    (place: converted; context: submissions).
    """
    require(by, Permission.MANAGE_REGISTRY)
    lock(country)
    if currency == country.currency:
        raise Invalid(_("This is its currency already."), place="currency")
    dates = country.currency_dates or [[country.currency, ""]]
    if since.isoformat() <= dates[-1][1]:
        raise Invalid(
            _("Its present currency began on %(day)s: name a later day.")
            % {"day": date_format(dt.date.fromisoformat(dates[-1][1]))},
            place="currency_since",
        )
    periods = sorted(
        period
        for held, period in frozen.amounts_of(country.pk)
        if held == country.currency and frozen.begins(period) >= since
    )
    if periods:
        raise Conflict(
            _("Approved amounts of %(periods)s are in %(currency)s: name a later day.")
            % {"periods": ", ".join(periods), "currency": country.currency},
            place="currency_since",
        )
    _require_converted(country, since, currency, converted)
    before = country.currency
    country.currency, country.currency_dates = currency, [*dates, [currency, since.isoformat()]]
    clean(country)
    country.save(update_fields=["currency", "currency_dates"])
    audit.record(
        verb="country.currency_changed",
        on=facts.key_of(country),
        by=by,
        at=at,
        changes={"currency": [before, currency]},
        since=since.isoformat(),
        converted=sorted(converted),
    )
    return country


def _require_converted(
    country: Country, since: dt.date, currency: str, converted: Collection[str]
) -> None:
    """No amount that is being entered becomes one of another currency without a word."""
    submissions = sorted(
        {
            submission
            for submission, held, period in frozen.amounts_entered(country.pk)
            if held == country.currency and frozen.begins(period) >= since
        }
    )
    if set(submissions) - set(converted):
        raise Conflict(
            _(
                "Amounts are being entered in %(submissions)s, as %(held)s: nothing is converted. "
                "Say in the form of the country which of them are in %(currency)s already; the "
                "others are emptied first."
            )
            % {
                "submissions": ", ".join(submissions),
                "held": country.currency,
                "currency": currency,
            },
            place="converted",
            submissions=submissions,
        )
