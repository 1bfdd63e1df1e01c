"""Networks: create, change, dissolve, archive, and the way back from each."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pip_network import audit
from pip_network.administration import archiving
from pip_network.choices import Origin
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.edits import apply_changes, clean, details, require_unchanged
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason
from projects import frozen
from projects.choices import LeavingReason
from projects.models import Country, Network, Project

from .validation import require_code, require_past

EDITABLE = ("name", "typology", "sector", "country", "place", "constituted_on")


@transaction.atomic
def create_network(
    *,
    project: Project,
    code: str,
    name: str,
    typology: str,
    sector: str,
    country: Country,
    constituted_on: dt.date,
    place: str = "",
    origin: str = Origin.ENTERED,
    by: User | Process,
    at: dt.datetime,
) -> Network:
    """Register a network of a project on the day of `at`.

    Raises Invalid when its country is none of the project's, or it was constituted in the future or
    after the project's end; Conflict when the project is archived.
    """
    require(by, Permission.MANAGE_REGISTRY)
    if project.archived_at is not None:
        raise Conflict(_("The project %(code)s is archived.") % {"code": project.code})
    require_code(code)
    network = Network(
        project=project,
        code=code,
        name=name,
        typology=typology,
        sector=sector,
        country=country,
        place=place,
        constituted_on=constituted_on,
        registered_on=day_of(at),
        origin=origin,
    )
    _check(network, at=at)
    clean(network)
    network.save(force_insert=True)
    audit.record(
        verb="network.created",
        on=f"N:{code}",
        by=by,
        at=at,
        project=project.code,
        constituted_on=constituted_on.isoformat(),
    )
    return network


@transaction.atomic
def update_network(
    *, network: Network, stamp: str = "", by: User | Process, at: dt.datetime, **changes: Any
) -> Network:
    """Change a network's facts from the next submission on: what was approved keeps what it froze.

    `stamp` is the stamp of `EDITABLE` that the form showed.
    """
    require(by, Permission.MANAGE_REGISTRY)
    lock(network)
    _require_current(network)
    require_unchanged(network, EDITABLE, stamp)
    changed = apply_changes(network, changes, EDITABLE)
    _check(network, at=at)
    first = network.memberships.order_by("joined_on").values_list("joined_on", flat=True).first()
    if first is not None and first < network.constituted_on:
        raise Invalid(
            _("A firm joined on %(day)s: the network cannot have been constituted later.")
            % {"day": date_format(first)},
            place="constituted_on",
        )
    clean(network)
    if changed:
        network.save(update_fields=list(changed))
        audit.record(
            verb="network.updated", on=f"N:{network.code}", by=by, at=at, **details(changed)
        )
    return network


@transaction.atomic
def dissolve_network(
    *, network: Network, dissolved_on: dt.date, by: User | Process, at: dt.datetime
) -> Network:
    """The network ends; firms still in it leave that day, for that reason. It stays in the record.

    Raises Conflict when it already was dissolved, Invalid for a day before its constitution, before
    a firm joined or left, or in the future.
    """
    require(by, Permission.MANAGE_REGISTRY)
    lock(network)
    _require_current(network)
    require_past(dissolved_on, at=at, place="dissolved_on")
    if dissolved_on < network.constituted_on:
        raise Invalid(
            _("A network is not dissolved before its constitution."), place="dissolved_on"
        )
    last_joined = (
        network.memberships.order_by("-joined_on").values_list("joined_on", flat=True).first()
    )
    last_left = (
        network.memberships.exclude(left_on=None)
        .order_by("-left_on")
        .values_list("left_on", flat=True)
        .first()
    )
    last = max((day for day in (last_joined, last_left) if day is not None), default=None)
    if last is not None and last > dissolved_on:
        raise Invalid(
            _("A firm joined or left on %(day)s: the network still existed.")
            % {"day": date_format(last)},
            place="dissolved_on",
        )
    network.dissolved_on = dissolved_on
    clean(network)
    network.save(update_fields=["dissolved_on"])
    member_count = network.memberships.filter(left_on__isnull=True).update(
        left_on=dissolved_on, leaving_reason=LeavingReason.NETWORK_ENDED
    )
    audit.record(
        verb="network.dissolved",
        on=f"N:{network.code}",
        by=by,
        at=at,
        dissolved_on=dissolved_on.isoformat(),
        memberships=member_count,
    )
    return network


@transaction.atomic
def reinstate_network(*, network: Network, by: User | Process, at: dt.datetime) -> Network:
    """Take a dissolution back that was a slip: the firms that left with it are in it again.

    Raises Conflict when it is not dissolved, is archived, or an approved round that closed since
    then already says so.
    """
    require(by, Permission.MANAGE_REGISTRY)
    lock(network)
    day = network.dissolved_on
    if day is None:
        raise Conflict(_("The network %(code)s is not dissolved.") % {"code": network.code})
    _require_listed(network)  # no firm is in an archived one
    rounds = [look.round for look in frozen.of_network(network.code) if look.ends_on >= day]
    if rounds:
        raise Conflict(_("The approved round %(round)s already says so.") % {"round": max(rounds)})
    network.dissolved_on = None
    network.save(update_fields=["dissolved_on"])
    ended = network.memberships.filter(left_on=day, leaving_reason=LeavingReason.NETWORK_ENDED)
    back = ended.update(left_on=None, leaving_reason="")
    audit.record(verb="network.reinstated", on=f"N:{network.code}", by=by, at=at, memberships=back)
    return network


@transaction.atomic
def archive_network(
    *, network: Network, reason: str = "", by: User | Process, at: dt.datetime
) -> Network:
    """Take a network out of the lists; nothing is deleted.

    Raises Conflict when it is already, or firms are in it.
    """
    require(by, Permission.MANAGE_REGISTRY)
    reason = require_reason(reason) if reason else reason
    lock(network)
    _require_listed(network)
    members = network.memberships.current().filter(left_on__isnull=True).count()
    if members:
        raise Conflict(
            ngettext(
                "%(count)s firm is still in the network: dissolve it, or move the firm first.",
                "%(count)s firms are still in the network: dissolve it, or move them first.",
                members,
            )
            % {"count": members}
        )
    return archiving.archive(
        network, verb="network.archived", on=f"N:{network.code}", reason=reason, by=by, at=at
    )


@transaction.atomic
def restore_network(*, network: Network, by: User | Process, at: dt.datetime) -> Network:
    """Back into the lists. Raises Conflict when it is not archived."""
    require(by, Permission.MANAGE_REGISTRY)
    lock(network)
    refusal = _("The network %(code)s is not archived.") % {"code": network.code}
    return archiving.restore(
        network, verb="network.restored", on=f"N:{network.code}", refusal=refusal, by=by, at=at
    )


def _require_current(network: Network) -> None:
    if network.dissolved_on is not None:
        raise Conflict(_("The network %(code)s is dissolved.") % {"code": network.code})
    _require_listed(network)


def _require_listed(network: Network) -> None:
    archiving.require_current(
        network, _("The network %(code)s is archived.") % {"code": network.code}
    )


def _check(network: Network, *, at: dt.datetime) -> None:
    require_past(network.constituted_on, at=at, place="constituted_on")
    if network.constituted_on > network.project.ends_on:
        raise Invalid(
            _("The network was constituted after the end of its project."), place="constituted_on"
        )
    if not network.project.countries.filter(pk=network.country_id).exists():
        raise Invalid(_("The project does not work in the network's country."), place="country")
