"""Firms: register and change. In the record a firm is only its random code."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import Origin
from pip_network.files import bulk
from pip_network.models import User
from pip_network.people.access import Permission, Process, require, require_somewhere
from pip_network.web.days import day_of
from pip_network.web.edits import apply_changes, clean, clean_fields, details, require_unchanged
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock, lock_all
from projects import frozen
from projects.choices import OwnerSex, Sector
from projects.models import Country, Firm
from projects.tax_ids import tax_key

from .identification import check_tax_ids
from .validation import require_keeper

EDITABLE = ("name", "tax_id", "country", "sector", "owner_sex")
PRIVATE = ("name", "tax_id", "owner_sex")  # of these the trail says only that they changed


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
    by: User | Process,
    at: dt.datetime,
) -> Firm:
    """Register a firm on the day of `at`.

    Raises Invalid without a name or with a tax id known in its country.
    """
    new = NewFirm(
        name=name, country=country, tax_id=tax_id, sector=sector, owner_sex=owner_sex, origin=origin
    )
    return register_firms(firms=[new], by=by, at=at)[0]


@transaction.atomic
def register_firms(*, firms: Sequence[NewFirm], by: User | Process, at: dt.datetime) -> list[Firm]:
    """Register many firms with the same rules as one; nothing is stored unless all can be.

    Whoever keeps the firms of some network may: a new firm is in none yet, joining asks for its
    own.
    """
    require_somewhere(by, Permission.MANAGE_FIRMS)
    built = [_build(new, at) for new in firms]
    for firm in built:
        if not firm.name:
            raise Invalid(_("A firm needs a name."), place="name")
        clean_fields(firm, exclude=["country"])
    check_tax_ids(built, by=by, at=at)
    bulk.create(built)
    audit.record_many(
        [
            (
                "firm.registered",
                f"F:{firm.code}",
                {"country": firm.country_id, "sector": firm.sector},
            )
            for firm in built
        ],
        by=by,
        at=at,
    )
    return built


@transaction.atomic
def update_firm(
    *, firm: Firm, stamp: str = "", by: User | Process, at: dt.datetime, **changes: Any
) -> Firm:
    """Change a firm's facts from the next submission on. The trail keeps which fields changed,
    never a name.

    `stamp` is the stamp of `EDITABLE` that the form showed: Conflict when somebody else changed it
    meanwhile.
    """
    lock(firm)
    require_keeper(by, firm)
    require_unchanged(firm, EDITABLE, stamp)
    changed = _change(firm, changes)
    if {"tax_id", "country"} & set(changed):
        check_tax_ids([firm], by=by, at=at)
    clean(firm)
    if changed:
        firm.save(update_fields=list(changed))
        audit.record(
            verb="firm.updated",
            on=f"F:{firm.code}",
            by=by,
            at=at,
            **details(changed, private=PRIVATE),
        )
    return firm


@transaction.atomic
def update_firms(
    *, updates: Sequence[tuple[Firm, dict[str, Any]]], by: User | Process, at: dt.datetime
) -> dict[str, list[str]]:
    """Change many firms with the same rules as one, all or none; returns by code the fields that
    changed.

    For who keeps the firms of every network. The rows are read again under their locks, so that
    what `updates` holds may be older.
    """
    require(by, Permission.MANAGE_FIRMS)
    codes = [firm.pk for firm, _changes in updates]
    rows = lock_all(Firm.objects.filter(pk__in=codes))
    changed_by_code: dict[str, dict[str, list]] = {}
    for firm, changes in updates:
        row = rows.get(firm.pk)
        if row is None:
            raise Conflict(_("It does not exist any more."))
        changed = _change(row, changes)
        clean_fields(row, exclude=["country", "merged_into"])
        if changed:
            changed_by_code[row.pk] = {**changed_by_code.get(row.pk, {}), **changed}
    identified_anew = [
        rows[code]
        for code, changed in changed_by_code.items()
        if {"tax_id", "country"} & set(changed)
    ]
    check_tax_ids(identified_anew, by=by, at=at)
    columns = sorted({name for changed in changed_by_code.values() for name in changed})
    if columns:
        Firm.objects.bulk_update([rows[code] for code in changed_by_code], columns, batch_size=500)
    audit.record_many(
        [
            ("firm.updated", f"F:{code}", details(changed, private=PRIVATE))
            for code, changed in changed_by_code.items()
        ],
        by=by,
        at=at,
    )
    return {code: sorted(changed) for code, changed in changed_by_code.items()}


def _change(firm: Firm, changes: dict[str, Any]) -> dict[str, list]:
    if firm.anonymised_at is not None:
        raise Conflict(_("The firm was anonymised: its facts are gone for good."))
    if firm.archived_at is not None:
        raise Conflict(_("The firm %(code)s is archived.") % {"code": firm.code})
    typed = {
        name: value.strip() if isinstance(value, str) else value for name, value in changes.items()
    }
    if "tax_id" in typed:
        typed["tax_id"] = _identification(typed["tax_id"])
    changed = apply_changes(firm, typed, EDITABLE)
    if not firm.name:
        raise Invalid(_("A firm needs a name."), place="name")
    if "country" in changed and frozen.of_firm(firm.code):
        raise Invalid(
            _("Approved rounds hold its amounts in the currency of its country: it keeps it."),
            place="country",
        )
    return changed


def _identification(typed: str) -> str:
    """As it was written; a hyphen alone is none."""
    return typed.strip() if tax_key(typed) else ""


def _build(new: NewFirm, at: dt.datetime) -> Firm:
    facts: dict[str, Any] = {
        "name": new.name.strip(),
        "country": new.country,
        "tax_id": _identification(new.tax_id),
        "sector": new.sector,
        "owner_sex": new.owner_sex,
        "origin": new.origin,
        "registered_on": day_of(at),
    }
    return Firm(**facts, code=new.code) if new.code else Firm(**facts)
