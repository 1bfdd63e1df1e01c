"""Firms joining and leaving networks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, can, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock, lock_all
from projects.choices import LeavingReason
from projects.models import Firm, Membership, Network
from projects.models.firm import keys_of

from .validation import require_past


@dataclass(frozen=True, kw_only=True)
class Joining:
    firm: Firm
    network: Network
    joined_on: dt.date


@transaction.atomic
def join_network(
    *, firm: Firm, network: Network, joined_on: dt.date, by: User | Process, at: dt.datetime
) -> Membership:
    """The firm belongs to the network from `joined_on` on.

    Raises Invalid for a day in the future, before the network's constitution, after its dissolution
    or the firm's closing, or before the firm had left the same network; Conflict when it is in it
    already.
    """
    return join_networks(
        joinings=[Joining(firm=firm, network=network, joined_on=joined_on)], by=by, at=at
    )[0]


@transaction.atomic
def join_networks(
    *, joinings: Sequence[Joining], by: User | Process, at: dt.datetime
) -> list[Membership]:
    """Many firms join, with the same rules as one; nothing is stored unless all can.

    Who keeps the network may, if she keeps the firm too: one that is in no network yet is
    everybody's.
    """
    _hold(joinings)
    if not can(by, Permission.MANAGE_FIRMS):  # of all
        _require_keeper(by, joinings)
    return _join(joinings, by=by, at=at)


def _require_keeper(by: User | Process, joinings: Sequence[Joining]) -> None:
    for network in {joining.network.pk: joining.network for joining in joinings}.values():
        require(by, Permission.MANAGE_FIRMS, network.scope_keys)
    firms = {joining.firm.pk for joining in joinings}
    stays_of: dict[str, list[Membership]] = defaultdict(list)
    for stay in Membership.objects.filter(firm__in=firms).select_related("network"):
        stays_of[stay.firm_id].append(stay)
    for stays in stays_of.values():
        require(by, Permission.MANAGE_FIRMS, keys_of(stays))


def _join(joinings: Sequence[Joining], *, by: User | Process, at: dt.datetime) -> list[Membership]:
    earlier: dict[tuple[str, str], list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    firms = {joining.firm.pk for joining in joinings}
    stays = Membership.objects.filter(firm__in=firms).values_list(
        "firm_id", "network_id", "joined_on", "left_on"
    )
    for firm, network, joined_on, left_on in stays:
        earlier[firm, network].append((joined_on, left_on))
    for joining in joinings:
        past = earlier[joining.firm.pk, joining.network.pk]
        _check(joining, past, at)
        past.append((joining.joined_on, None))
    rows = [Membership(firm=j.firm, network=j.network, joined_on=j.joined_on) for j in joinings]
    Membership.objects.bulk_create(rows)
    audit.record_many(
        [
            (
                "firm.joined",
                f"F:{j.firm.pk}",
                {"network": j.network.pk, "joined_on": j.joined_on.isoformat()},
            )
            for j in joinings
        ],
        by=by,
        at=at,
    )
    return rows


@transaction.atomic
def leave_network(
    *,
    firm: Firm,
    network: Network,
    left_on: dt.date,
    reason: str,
    by: User | Process,
    at: dt.datetime,
) -> Membership:
    """The firm is no longer in the network from the day after `left_on`; the row stays.

    Raises Conflict when it is not in it, Invalid for a day before it joined, after it closed or in
    the future, or without a known reason.
    """
    require(by, Permission.MANAGE_FIRMS, network.scope_keys)
    return _leave(firm, network, left_on, reason, by=by, at=at)


def _leave(
    firm: Firm,
    network: Network,
    left_on: dt.date,
    reason: str,
    *,
    by: User | Process,
    at: dt.datetime,
) -> Membership:
    lock(firm)
    membership = Membership.objects.filter(firm=firm, network=network, left_on__isnull=True).first()
    if membership is None:
        raise Conflict(_("The firm is not in the network %(network)s.") % {"network": network.code})
    _check_leaving(firm, membership, left_on, reason, at)
    membership.left_on, membership.leaving_reason = left_on, reason
    membership.save(update_fields=["left_on", "leaving_reason"])
    audit.record(
        verb="firm.left",
        on=f"F:{firm.pk}",
        by=by,
        at=at,
        network=network.code,
        left_on=left_on.isoformat(),
        reason=reason,
    )
    return membership


def _check_leaving(
    firm: Firm, membership: Membership, left_on: dt.date, reason: str, at: dt.datetime
) -> None:
    require_past(left_on, at=at, place="left_on")
    if left_on < membership.joined_on:
        raise Invalid(
            _("The firm joined on %(day)s: it cannot have left before.")
            % {"day": date_format(membership.joined_on)},
            place="left_on",
        )
    if firm.closed_on is not None and left_on > firm.closed_on:
        raise Invalid(
            _("The firm closed on %(day)s.") % {"day": date_format(firm.closed_on)}, place="left_on"
        )
    if reason not in LeavingReason.values:
        raise Invalid(_("Say why the firm left."), place="leaving_reason")


@transaction.atomic
def move_firm(
    *,
    firm: Firm,
    source: Network,
    target: Network,
    moved_on: dt.date,
    by: User | Process,
    at: dt.datetime,
) -> Membership:
    """Leave `source` and join `target` on one day.

    Raises what leaving and joining raise; both or none are stored.
    """
    for network in (source, target):
        require(by, Permission.MANAGE_FIRMS, network.scope_keys)
    _leave(firm, source, moved_on, LeavingReason.MOVED, by=by, at=at)
    joinings = [Joining(firm=firm, network=target, joined_on=moved_on)]
    _hold(joinings)
    return _join(joinings, by=by, at=at)[0]


def _hold(joinings: Sequence[Joining]) -> None:
    """Read the firms again under their locks: one may have closed, been archived or merged
    meanwhile.
    """
    codes = {joining.firm.pk for joining in joinings}
    now = lock_all(Firm.objects.filter(pk__in=codes))
    for joining in joinings:
        row = now[joining.firm.pk]
        for name in ("closed_on", "archived_at", "anonymised_at", "merged_into_id"):
            setattr(joining.firm, name, getattr(row, name))


def _check(joining: Joining, past: list[tuple[dt.date, dt.date | None]], at: dt.datetime) -> None:
    firm, network, day = joining.firm, joining.network, joining.joined_on
    require_past(day, at=at, place="joined_on")
    if firm.anonymised_at is not None or firm.archived_at is not None:
        raise Conflict(
            _("The firm %(firm)s can no longer join a network.") % {"firm": firm.pk}, place="firm"
        )
    if network.archived_at is not None:
        raise Conflict(
            _("The network %(code)s is archived.") % {"code": network.code}, place="network"
        )
    if day < network.constituted_on:
        raise Invalid(
            _("The network was constituted on %(day)s: no firm joins before.")
            % {"day": date_format(network.constituted_on)},
            place="joined_on",
        )
    if network.dissolved_on is not None and day > network.dissolved_on:
        raise Invalid(
            _("The network was dissolved on %(day)s.") % {"day": date_format(network.dissolved_on)},
            place="joined_on",
        )
    if firm.closed_on is not None and day > firm.closed_on:
        raise Invalid(
            _("The firm closed on %(day)s.") % {"day": date_format(firm.closed_on)},
            place="joined_on",
        )
    _check_past(joining, past)


def _check_past(joining: Joining, past: list[tuple[dt.date, dt.date | None]]) -> None:
    """A firm joins a network anew only after it has left it."""
    for _joined, left_on in past:
        if left_on is None:
            raise Conflict(
                _("The firm is already in the network %(network)s.")
                % {"network": joining.network.code},
                place="network",
            )
        if joining.joined_on <= left_on:
            raise Invalid(
                _("The firm left this network on %(day)s: it can join again after that day.")
                % {"day": date_format(left_on)},
                place="joined_on",
            )
