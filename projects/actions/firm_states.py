"""Firms: close, reopen, archive, restore, anonymise."""

import datetime as dt

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.administration import archiving
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.edits import clean
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update, lock
from projects import frozen
from projects.choices import AnonymisingReason, ArchivingReason, ClosingReason, OwnerSex
from projects.models import Firm, FirmMerge

from .validation import require_keeper, require_past, require_reason


@transaction.atomic
def close_firm(
    *, firm: Firm, closed_on: dt.date, reason: str, by: User | Process, at: dt.datetime
) -> Firm:
    """The firm has closed. Its memberships stay as they are: the sheets write its zeros from this
    date.

    Raises Conflict when it already had closed, Invalid for a day in the future, before it last
    joined or left a network, or without a known reason.
    """
    lock(firm)
    require_keeper(by, firm)
    require_current(firm)
    if firm.closed_on is not None:
        raise Conflict(
            _("The firm already closed on %(day)s.") % {"day": date_format(firm.closed_on)},
            place="closed_on",
        )
    require_past(closed_on, at=at, place="closed_on")
    if reason not in ClosingReason.values:
        raise Invalid(_("Say why the firm closed."), place="closing_reason")
    days = [
        day
        for pair in firm.memberships.values_list("joined_on", "left_on")
        for day in pair
        if day is not None
    ]
    if days and max(days) > closed_on:
        raise Invalid(
            _("The firm joined or left a network on %(day)s: it had not closed before.")
            % {"day": date_format(max(days))},
            place="closed_on",
        )
    firm.closed_on, firm.closing_reason = closed_on, reason
    clean(firm)
    firm.save(update_fields=["closed_on", "closing_reason"])
    audit.record(
        verb="firm.closed",
        on=f"F:{firm.code}",
        by=by,
        at=at,
        closed_on=closed_on.isoformat(),
        reason=reason,
    )
    return firm


@transaction.atomic
def reopen_firm(*, firm: Firm, by: User | Process, at: dt.datetime) -> Firm:
    """Take a closing back that was a slip.

    Raises Conflict when an approved round already says that the firm closed.
    """
    lock(firm)
    require_keeper(by, firm)
    require_current(firm)
    day = firm.closed_on
    if day is None:
        raise Conflict(_("The firm has not closed."))
    rounds = [
        look.round
        for look in frozen.of_firm(firm.code)
        if look.ends_on >= day and look.membership == "closed"
    ]
    if rounds:
        raise Conflict(_("The approved round %(round)s already says so.") % {"round": max(rounds)})
    firm.closed_on, firm.closing_reason = None, ""
    firm.save(update_fields=["closed_on", "closing_reason"])
    audit.record(verb="firm.reopened", on=f"F:{firm.code}", by=by, at=at, closed_on=day.isoformat())
    return firm


@transaction.atomic
def archive_firm(*, firm: Firm, reason: str, by: User | Process, at: dt.datetime) -> Firm:
    """Take a firm out of lists and totals that should never have been in them; nothing is deleted.

    Raises Conflict when it is archived, the record knows it or somebody is entering its data: such
    a firm leaves its networks or closes instead.
    """
    entered = frozen.being_entered(firm.pk)
    lock(firm)
    require_keeper(by, firm)
    require_current(firm)
    require_reason(reason, ArchivingReason.values)
    if frozen.of_firm(firm.code):
        raise Conflict(_("Approved rounds know this firm: record that it left or closed instead."))
    if entered:
        raise Conflict(
            _("Data of this firm are being entered in %(places)s.") % {"places": ", ".join(entered)}
        )
    return archiving.archive(
        firm, verb="firm.archived", on=f"F:{firm.code}", reason=reason, by=by, at=at
    )


@transaction.atomic
def restore_firm(*, firm: Firm, by: User | Process, at: dt.datetime) -> Firm:
    """Back into the lists. Raises Conflict when it is not archived or goes on as another firm."""
    lock(firm)
    require_keeper(by, firm)
    if firm.archived_at is not None and firm.merged_into_id is not None:
        raise Conflict(
            _("The firm goes on as %(code)s: take the merge back instead.")
            % {"code": firm.merged_into_id}
        )
    refusal = _("The firm %(code)s is not archived.") % {"code": firm.code}
    return archiving.restore(
        firm, verb="firm.restored", on=f"F:{firm.code}", refusal=refusal, by=by, at=at
    )


@transaction.atomic
def anonymise_firm(*, firm: Firm, reason: str = "", by: User | Process, at: dt.datetime) -> Firm:
    """Remove name, tax id and owner for good, of the firms merged into it and of what the merges
    kept too.

    Code and values stay. Raises Conflict when it was done before.
    """
    require(by, Permission.MANAGE_REGISTRY)
    lock(firm)
    if firm.anonymised_at is not None:
        raise Conflict(_("The firm was anonymised: its facts are gone for good."))
    if reason:
        require_reason(reason, AnonymisingReason.values)
    family = [firm, *_merged(firm)]
    for member in family:
        member.name = member.tax_id = ""
        member.owner_sex = OwnerSex.UNKNOWN
        member.anonymised_at = member.anonymised_at or at
        clean(member)
        member.save(update_fields=["name", "tax_id", "owner_sex", "anonymised_at"])
    codes = [member.pk for member in family]
    for merge in FirmMerge.objects.filter(survivor__in=codes) | FirmMerge.objects.filter(
        duplicate__in=codes
    ):
        merge.done = {**merge.done, "values": {}}
        merge.reason = "-"
        merge.save(update_fields=["done", "reason"])
    audit.record_many(
        [("firm.anonymised", f"F:{code}", {"reason": reason} if reason else {}) for code in codes],
        by=by,
        at=at,
    )
    return firm


def _merged(firm: Firm) -> list[Firm]:
    """The firms that go on as this one, through however many merges."""
    merged: list[Firm] = []
    codes = [firm.pk]
    while codes:
        rows = list(for_update(Firm.objects.filter(merged_into__in=codes)))
        merged += rows
        codes = [row.pk for row in rows]
    return merged


def require_current(firm: Firm) -> None:
    archiving.require_current(firm, _("The firm %(code)s is archived.") % {"code": firm.code})
