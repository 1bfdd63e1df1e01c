"""Firms: register, change, close, anonymise. In the record a firm is only its random code."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import Origin
from pip_network.errors import Conflict, Invalid
from pip_network.models import User
from projects.choices import ClosingReason, OwnerSex, Sector
from projects.models import Country, Firm

from .validation import apply_changes, clean, clean_fields, require_past

EDITABLE = ("name", "tax_id", "country", "sector", "owner_sex")


@dataclass(frozen=True, kw_only=True)
class NewFirm:
    """What is known of a firm when it is registered. `code` is drawn at random when it is empty."""

    name: str
    country: Country
    tax_id: str = ""
    sector: str = Sector.UNKNOWN
    owner_sex: str = OwnerSex.UNKNOWN
    origin: str = Origin.ENTERED
    code: str = ""


@transaction.atomic
def register_firm(
    *,
    name: str,
    country: Country,
    tax_id: str = "",
    sector: str = Sector.UNKNOWN,
    owner_sex: str = OwnerSex.UNKNOWN,
    origin: str = Origin.ENTERED,
    by: User | str,
    at: dt.datetime,
) -> Firm:
    """Register a firm on the day of `at`. Raises Invalid without a name or with a tax id known in its country."""
    new = NewFirm(name=name, country=country, tax_id=tax_id, sector=sector, owner_sex=owner_sex, origin=origin)
    return register_firms(firms=[new], by=by, at=at)[0]


@transaction.atomic
def register_firms(*, firms: Sequence[NewFirm], by: User | str, at: dt.datetime) -> list[Firm]:
    """Register many firms with the same rules as one; nothing is stored unless all can be."""
    built = [_build(new, at) for new in firms]
    for firm in built:
        if not firm.name:
            raise Invalid(_("A firm needs a name."), place="name")
        clean_fields(firm, exclude=["country"])
    _check_tax_ids(built)
    Firm.objects.bulk_create(built)
    audit.record_many(
        [("firm.registered", f"F:{firm.code}", {"country": firm.country_id, "sector": firm.sector}) for firm in built],
        by=by,
        at=at,
    )
    return built


@transaction.atomic
def update_firm(*, firm: Firm, by: User | str, at: dt.datetime, **changes: Any) -> Firm:
    """Change a firm's facts from the next submission on. The trail keeps which fields changed, never a name."""
    if firm.anonymised_at is not None:
        raise Conflict(_("The firm was anonymised: its facts are gone for good."))
    changed = apply_changes(firm, changes, EDITABLE)
    if not firm.name:
        raise Invalid(_("A firm needs a name."), place="name")
    if {"tax_id", "country"} & set(changed):
        _check_tax_ids([firm])
    clean(firm)
    if changed:
        firm.save(update_fields=changed)
        audit.record(verb="firm.updated", on=f"F:{firm.code}", by=by, at=at, fields=changed)
    return firm


@transaction.atomic
def close_firm(*, firm: Firm, closed_on: dt.date, reason: str, by: User | str, at: dt.datetime) -> Firm:
    """The firm has closed. Its memberships stay as they are: the sheets write its zeros from this date.

    Raises Conflict when it already had closed, Invalid for a day in the future, before it last joined or left a
    network, or without a known reason.
    """
    if firm.closed_on is not None:
        raise Conflict(
            _("The firm already closed on %(day)s.") % {"day": date_format(firm.closed_on)}, place="closed_on"
        )
    require_past(closed_on, at=at, place="closed_on")
    if reason not in ClosingReason.values:
        raise Invalid(_("Say why the firm closed."), place="closing_reason")
    days = [day for pair in firm.memberships.values_list("joined_on", "left_on") for day in pair if day is not None]
    if days and max(days) > closed_on:
        raise Invalid(
            _("The firm joined or left a network on %(day)s: it had not closed before.")
            % {"day": date_format(max(days))},
            place="closed_on",
        )
    firm.closed_on, firm.closing_reason = closed_on, reason
    clean(firm)
    firm.save(update_fields=["closed_on", "closing_reason"])
    audit.record(verb="firm.closed", on=f"F:{firm.code}", by=by, at=at, closed_on=closed_on.isoformat(), reason=reason)
    return firm


@transaction.atomic
def anonymise_firm(*, firm: Firm, by: User | str, at: dt.datetime) -> Firm:
    """Remove name, tax id and owner for good; code and values stay. Raises Conflict when it was done before."""
    if firm.anonymised_at is not None:
        raise Conflict(_("The firm was anonymised: its facts are gone for good."))
    firm.name = firm.tax_id = ""
    firm.owner_sex = OwnerSex.UNKNOWN
    firm.anonymised_at = at
    clean(firm)
    firm.save(update_fields=["name", "tax_id", "owner_sex", "anonymised_at"])
    audit.record(verb="firm.anonymised", on=f"F:{firm.code}", by=by, at=at)
    return firm


def _build(new: NewFirm, at: dt.datetime) -> Firm:
    facts: dict[str, Any] = {
        "name": new.name.strip(), "country": new.country, "tax_id": new.tax_id.strip(), "sector": new.sector,
        "owner_sex": new.owner_sex, "origin": new.origin, "registered_on": at.date(),
    }  # fmt: skip
    return Firm(**facts, code=new.code) if new.code else Firm(**facts)


def _check_tax_ids(firms: Sequence[Firm]) -> None:
    """No two firms of one country share a tax id, neither in the list nor with those already known."""
    asked = Counter((firm.country_id, firm.tax_id) for firm in firms if firm.tax_id)
    own = [firm.code for firm in firms]
    known = Firm.objects.filter(tax_id__in={tax_id for _country, tax_id in asked}).exclude(code__in=own)
    taken = {pair for pair, count in asked.items() if count > 1} | (
        set(known.values_list("country_id", "tax_id")) & set(asked)
    )
    if taken:
        country, tax_id = min(taken)
        raise Invalid(
            _("A firm with tax identification %(tax_id)s is already registered in %(country)s.")
            % {"tax_id": tax_id, "country": country},
            place="tax_id",
        )
