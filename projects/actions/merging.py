"""One firm that was registered twice becomes one, and the way back.

The rule and its reasons: docs/adr/0009.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Process
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update, lock_all
from pip_network.web.reasons import require_reason
from projects import frozen
from projects.choices import LeavingReason
from projects.models import Firm, FirmMerge, Membership

from .distinctions import forget_distinction
from .merge_plan import Plan, plan_merge
from .validation import require_keeper

TAKEABLE = ("name", "tax_id", "sector", "owner_sex")


@transaction.atomic
def merge_firms(
    *,
    survivor: Firm,
    duplicate: Firm,
    take: Collection[str] = (),
    reason: str,
    by: User | Process,
    at: dt.datetime,
) -> FirmMerge:
    """`duplicate` goes on as `survivor`, which takes the facts named in `take` from it. No approved
    figure changes.

    Raises Invalid without a reason, Conflict when the two cannot become one or data of the
    duplicate are being entered.
    """
    require_keeper(by, survivor, duplicate)
    reason = require_reason(reason)
    if set(take) - set(TAKEABLE):
        raise TypeError(f"cannot take {sorted(set(take) - set(TAKEABLE))}")
    # Submissions first, then firms: as saving and approving do.
    entered = frozen.being_entered(duplicate.pk)
    survivor, duplicate = _hold(survivor, duplicate)
    plan = plan_merge(survivor, duplicate, day=day_of(at))
    if entered:
        raise Conflict(
            _(
                "Data of %(code)s are being entered in %(places)s: merge when that is approved, "
                "or clear them first."
            )
            % {"code": duplicate.pk, "places": ", ".join(entered)}
        )
    done: dict[str, Any] = {
        "values": _take(survivor, duplicate, take),
        "approval": plan.approval,
        **_move(plan, day_of(at)),
    }
    duplicate.archived_at, duplicate.merged_into = at, survivor
    duplicate.save(update_fields=["archived_at", "merged_into"])
    forget_distinction(survivor, duplicate)
    merge = FirmMerge.objects.create(
        survivor=survivor,
        duplicate=duplicate,
        merged_at=at,
        merged_by=audit.actor_key(by),
        reason=reason.strip()[:300],
        done=done,
    )
    details = {
        "survivor": survivor.pk,
        "duplicate": duplicate.pk,
        "fields": sorted(done["values"]),
        **{name: len(done[name]) for name in ("moved", "ended", "begun")},
    }
    audit.record_many(
        [("firm.merged", f"F:{firm.pk}", details) for firm in (survivor, duplicate)], by=by, at=at
    )
    return merge


def _hold(*firms: Firm) -> list[Firm]:
    """Lock several firms in one order, so that two merges that cross wait for each other instead of
    for ever.
    """
    codes = [firm.pk for firm in firms]
    rows = lock_all(Firm.objects.filter(pk__in=codes))
    return [rows[code] for code in codes]


def _take(survivor: Firm, duplicate: Firm, take: Collection[str]) -> dict[str, list[str]]:
    """Facts that the one that stays takes over; two tax ids change places, for each stands once in
    a country.
    """
    values = {
        name: [getattr(survivor, name), getattr(duplicate, name)]
        for name in TAKEABLE
        if name in take and getattr(survivor, name) != getattr(duplicate, name)
    }
    _write(survivor, duplicate, {name: after for name, (_before, after) in values.items()})
    return values


def _write(survivor: Firm, duplicate: Firm, values: dict[str, str]) -> None:
    if "tax_id" in values:
        spare, duplicate.tax_id = survivor.tax_id, ""
        duplicate.save(update_fields=["tax_id"])
    for name, value in values.items():
        setattr(survivor, name, value)
    if values:
        survivor.save(update_fields=list(values))
    if "tax_id" in values:
        duplicate.tax_id = spare
        duplicate.save(update_fields=["tax_id"])


def _move(plan: Plan, day: dt.date) -> dict[str, list]:
    for stay in plan.moved:
        stay.firm = plan.survivor
        stay.save(update_fields=["firm"])
    for stay in plan.ended:
        stay.left_on, stay.leaving_reason = max(day, stay.joined_on), LeavingReason.DUPLICATE
        stay.save(update_fields=["left_on", "leaving_reason"])
    begun = [
        Membership.objects.create(firm=plan.survivor, network=network, joined_on=joined_on)
        for network, joined_on in plan.begun
    ]
    return {
        "moved": [stay.pk for stay in plan.moved],
        "ended": [stay.pk for stay in plan.ended],
        "begun": [stay.pk for stay in begun],
    }


@transaction.atomic
def split_firms(*, merge: FirmMerge, by: User | Process, at: dt.datetime) -> FirmMerge:
    """Take a merge back: each firm has its memberships and facts again.

    Raises Conflict when it was taken back, an approval has seen one of the two since, data are
    being entered that would have no place, or one of them was anonymised, merged again or moved
    since.
    """
    require_keeper(by, merge.survivor)
    codes = [merge.survivor_id, merge.duplicate_id]
    entered = frozen.being_entered(merge.survivor_id)
    survivor, duplicate = _hold(merge.survivor, merge.duplicate)
    merge = for_update(FirmMerge.objects.all()).get(pk=merge.pk)
    _require_splittable(merge, survivor, duplicate)
    moved, ended, begun = (_stays(merge.done[name]) for name in ("moved", "ended", "begun"))
    _require_untouched(merge, moved, ended, begun)
    _require_place(survivor, [*moved, *begun], entered)
    _write_back(survivor, duplicate, merge.done["values"])
    _move_back(duplicate, moved, ended, begun)
    duplicate.archived_at = duplicate.merged_into = None
    duplicate.save(update_fields=["archived_at", "merged_into"])
    merge.split_at, merge.split_by = at, audit.actor_key(by)
    merge.save(update_fields=["split_at", "split_by"])
    details = {"survivor": survivor.pk, "duplicate": duplicate.pk}
    audit.record_many([("firm.split", f"F:{code}", details) for code in codes], by=by, at=at)
    return merge


def _require_splittable(merge: FirmMerge, survivor: Firm, duplicate: Firm) -> None:
    if merge.split_at is not None:
        raise Conflict(_("This merge was taken back before."))
    if (
        survivor.archived_at is not None
        or survivor.anonymised_at is not None
        or duplicate.anonymised_at is not None
    ):
        raise Conflict(_("One of the two was merged again, archived or anonymised since."))
    looks = [look for code in (survivor.pk, duplicate.pk) for look in frozen.of_firm(code)]
    if frozen.last_approval(*looks) > merge.done["approval"]:
        raise Conflict(_("A round approved since then has seen them as one: the merge stays."))


def _require_untouched(
    merge: FirmMerge,
    moved: list[Membership],
    ended: list[Membership],
    begun: list[Membership],
) -> None:
    """Each membership stands as the merge left it; who changed one since mends them by hand."""
    is_whole = len(moved) == len(merge.done["moved"]) and len(begun) == len(merge.done["begun"])
    if not (
        is_whole
        and all(stay.firm_id == merge.survivor_id for stay in [*moved, *begun])
        and all(stay.left_on is None for stay in begun)
        and all(stay.leaving_reason == LeavingReason.DUPLICATE for stay in ended)
    ):
        raise Conflict(_("Its memberships were changed since: mend them by hand."))


def _move_back(
    duplicate: Firm, moved: list[Membership], ended: list[Membership], begun: list[Membership]
) -> None:
    for stay in begun:
        stay.delete()
    for stay in moved:
        stay.firm = duplicate
        stay.save(update_fields=["firm"])
    for stay in ended:
        stay.left_on, stay.leaving_reason = None, ""
        stay.save(update_fields=["left_on", "leaving_reason"])


def _stays(ids: list[int]) -> list[Membership]:
    return list(Membership.objects.filter(pk__in=ids).select_related("network").order_by("pk"))


def _require_place(survivor: Firm, going: list[Membership], entered: list[str]) -> None:
    """Data being entered for the one that stays need a project in which it still is."""
    remaining = survivor.memberships.exclude(pk__in=[stay.pk for stay in going])
    projects = set(remaining.values_list("network__project", flat=True))
    places = [place for place in entered if place.partition("/")[0] not in projects]
    if places:
        raise Conflict(
            _("Data of %(code)s are being entered in %(places)s, where it would be no more.")
            % {"code": survivor.pk, "places": ", ".join(places)}
        )


def _write_back(survivor: Firm, duplicate: Firm, values: dict[str, list[str]]) -> None:
    """What each fact was before; one that somebody changed since stays as it is now."""
    back = {
        name: before for name, (before, after) in values.items() if getattr(survivor, name) == after
    }
    _write(survivor, duplicate, back)
