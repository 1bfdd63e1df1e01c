"""Slips in memberships, mended while no approval froze them: a wrong day, a leaving or a joining
that never was.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from projects import frozen
from projects.choices import LeavingReason
from projects.models import Membership

from .firm_states import require_current
from .validation import require_keeper, require_past


def frozen_joining(membership: Membership) -> str:
    """The first approved round that has seen the firm in this project, or nothing: its joining can
    be mended.
    """
    return min((look.round for look in _looks(membership)), default="")


def frozen_leaving(membership: Membership, *days: dt.date) -> str:
    """The first approved round that closed after the leaving (or one of `days`), or that says so of
    its last day, or nothing.
    """
    since = min([day for day in (membership.left_on, *days) if day is not None], default=None)
    return min(
        (look.round for look in _looks(membership) if since is None or _knows(look, since)),
        default="",
    )


def _knows(look: frozen.Frozen, left_on: dt.date) -> bool:
    """Whether a round saw that the firm had left: on its last day it was still in, but rounds of
    old may say otherwise.
    """
    return look.ends_on > left_on or (look.ends_on == left_on and look.membership == "left")


def _looks(membership: Membership) -> list[frozen.Frozen]:
    project = membership.network.project_id
    return [look for look in frozen.of_firm(membership.firm_id) if look.project == project]


@transaction.atomic
def correct_joining(
    *, membership: Membership, joined_on: dt.date, by: User | Process, at: dt.datetime
) -> Membership:
    """Another day of joining.

    Raises Conflict when an approved round knows it, Invalid for a day that cannot be.
    """
    _hold(membership, by)
    _require_free(frozen_joining(membership))
    before = membership.joined_on
    membership.joined_on = joined_on
    _check_stay(membership, at, place="joined_on")
    if joined_on != before:
        membership.save(update_fields=["joined_on"])
        _record_correction(
            "firm.joining_corrected", membership, {"joined_on": [before, joined_on]}, by, at
        )
    return membership


@transaction.atomic
def correct_leaving(
    *, membership: Membership, left_on: dt.date, reason: str, by: User | Process, at: dt.datetime
) -> Membership:
    """Another day or reason of leaving.

    Raises Conflict when an approved round says that it left, Invalid.
    """
    _hold(membership, by)
    _require_left(membership)
    if reason not in LeavingReason.values:
        raise Invalid(_("Say why the firm left."), place="leaving_reason")
    before = (membership.left_on, membership.leaving_reason)
    if left_on != before[0]:
        _require_free(frozen_leaving(membership, left_on))
    membership.left_on, membership.leaving_reason = left_on, reason
    _check_stay(membership, at, place="left_on")
    if (left_on, reason) != before:
        membership.save(update_fields=["left_on", "leaving_reason"])
        changes: dict[str, list] = {
            "left_on": [before[0], left_on],
            "leaving_reason": [before[1], reason],
        }
        changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        _record_correction("firm.leaving_corrected", membership, changed, by, at)
    return membership


@transaction.atomic
def take_back_leaving(*, membership: Membership, by: User | Process, at: dt.datetime) -> Membership:
    """The firm never left.

    Raises Conflict when an approved round says that it did, or the network ended since.
    """
    _hold(membership, by)
    _require_left(membership)
    _require_free(frozen_leaving(membership))
    membership.network.refresh_from_db(fields=["dissolved_on", "archived_at"])
    if membership.network.archived_at is not None:
        raise Conflict(_("The network %(code)s is archived.") % {"code": membership.network_id})
    if membership.network.dissolved_on is not None:
        raise Conflict(
            _("The network was dissolved on %(day)s.")
            % {"day": date_format(membership.network.dissolved_on)}
        )
    before = membership.left_on
    membership.left_on, membership.leaving_reason = None, ""
    _check_stay(membership, at, place="left_on")
    membership.save(update_fields=["left_on", "leaving_reason"])
    _record_correction("firm.leaving_taken_back", membership, {"left_on": [before, None]}, by, at)
    return membership


@transaction.atomic
def take_back_joining(*, membership: Membership, by: User | Process, at: dt.datetime) -> None:
    """The firm never joined: the row goes, the trail keeps it.

    Raises Conflict when an approved round knows it.
    """
    entered = frozen.being_entered(membership.firm_id)
    _hold(membership, by)
    _require_free(frozen_joining(membership))
    project = membership.network.project_id
    other_stays = membership.firm.memberships.filter(network__project=project).exclude(
        pk=membership.pk
    )
    places = [place for place in entered if place.startswith(f"{project}/")]
    if places and not other_stays.exists():
        raise Conflict(
            _("Data of this firm are being entered in %(places)s.") % {"places": ", ".join(places)}
        )
    _record_correction(
        "firm.joining_taken_back", membership, {"joined_on": [membership.joined_on, None]}, by, at
    )
    membership.delete()


def _hold(membership: Membership, by: User | Process) -> None:
    """Lock the firm, then read the membership again: every write to a membership holds its firm.

    Who keeps the firm and that network may.
    """
    lock(membership.firm)
    lock(membership)
    require_keeper(by, membership.firm)
    require(by, Permission.MANAGE_FIRMS, membership.network.scope_keys)
    require_current(membership.firm)


def _require_left(membership: Membership) -> None:
    if membership.left_on is None:
        raise Conflict(_("The firm has not left this network."))


def _require_free(round_code: str) -> None:
    if round_code:
        raise Conflict(
            _(
                "The approved round %(round)s already says so: what was approved keeps what it "
                "froze."
            )
            % {"round": round_code}
        )


def _check_stay(membership: Membership, at: dt.datetime, *, place: str) -> None:
    """A stay lies within the life of its network and its firm, and beside the firm's other stays
    there.
    """
    network, firm = membership.network, membership.firm
    first, last = membership.joined_on, membership.left_on
    for day in (first, last):
        if day is not None:
            require_past(day, at=at, place=place)
    if last is not None and last < first:
        raise Invalid(
            _("The firm joined on %(day)s: it cannot have left before.")
            % {"day": date_format(first)},
            place=place,
        )
    if first < network.constituted_on:
        raise Invalid(
            _("The network was constituted on %(day)s: no firm joins before.")
            % {"day": date_format(network.constituted_on)},
            place=place,
        )
    for ended, sentence in (
        (network.dissolved_on, _("The network was dissolved on %(day)s.")),
        (firm.closed_on, _("The firm closed on %(day)s.")),
    ):
        if ended is not None and max(first, last or first) > ended:
            raise Invalid(sentence % {"day": date_format(ended)}, place=place)
    other_stays = firm.memberships.filter(network=network).exclude(pk=membership.pk)
    beside = other_stays.filter(Q(left_on__isnull=True) | Q(left_on__gte=first))
    if last is not None:
        beside = beside.filter(joined_on__lte=last)
    if beside.exists():
        raise Invalid(_("The firm was in this network at that time already."), place=place)


def _record_correction(
    verb: str, membership: Membership, changes: dict, by: User | Process, at: dt.datetime
) -> None:
    json_changes = {
        name: [value.isoformat() if isinstance(value, dt.date) else value for value in pair]
        for name, pair in changes.items()
    }
    audit.record(
        verb=verb,
        on=f"F:{membership.firm_id}",
        by=by,
        at=at,
        network=membership.network_id,
        changes=json_changes,
    )
