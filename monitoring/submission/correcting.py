"""Correcting what approval froze of a unit: an attribute of an approved round, with its reason, as
a new approval.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.choices import ApprovalKind, Kind, Level, MembershipState
from monitoring.models import Approval, Observation, Round, Submission
from monitoring.numbers import months_after
from monitoring.record import approving
from monitoring.sheet.roster import LATE_AFTER_MONTHS, REGIONAL, UnitNetwork
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Invalid
from projects.choices import OwnerSex, Sector, Typology
from projects.models import Country, Project

from .moves import locked

SIZES = ("micro", "small", "medium", "large", "unknown")
KNOWN: dict[str, Any] = {
    "sector": Sector.values,
    "owner_sex": OwnerSex.values,
    "size": SIZES,
    "membership": MembershipState.values,
    "typology": Typology.values,
}
DATES = ("joined_on", "constituted_on", "captured_on")
CORRECTABLE = ("country", *KNOWN, *DATES)


class ObservationChange(NamedTuple):
    """One attribute of one subject: of its regular observation of the round, of its baseline, or
    (kind empty) of both.

    `typology` and `constituted_on` of a network change it wherever the round names that network: in
    its firms' and its project's rows too.
    """

    subject: str
    field: str
    value: Any
    kind: str = ""


@transaction.atomic
def correct_observations(
    project: Project,
    round: Round,
    changes: Sequence[ObservationChange],
    reason: str,
    *,
    by: User,
    at: dt.datetime,
) -> Approval:
    """Write new versions of the observations that change. Values are not touched: those are
    amended.

    Raises Invalid (place: subject and field) for what cannot be corrected or changes nothing,
    Forbidden.
    """
    at = at.replace(microsecond=0)
    refusal = _("You may not correct the registry.")
    require(by, Permission.MANAGE_REGISTRY, project.scope_keys, refusal)
    if not reason.strip():
        raise Invalid(_("Say why the approved round is corrected."), place="reason")
    submission = Submission.objects.filter(project=project, round=round).first()
    if submission is not None:
        locked(submission.pk)
    live = approving.live_observations(project.code, round.code)
    draft = approving.Draft()
    for (_subject, kind), (row, _attributes, networks) in sorted(
        live.items(), key=lambda item: item[0]
    ):
        fresh, ties = _corrected(row, networks, [c for c in changes if c.kind in ("", kind)])
        if (approving.observed(fresh), ties) != (approving.observed(row), networks):
            draft.superseded["observations"].append(row.pk)
            draft.observe(fresh, ties)
    _require_used(changes, live)
    if draft.is_empty:
        raise Invalid(_("The record already says so: nothing changes."))
    approval = approving.write(
        draft, kind=ApprovalKind.REGISTRY, approver=by, at=at, reason=reason.strip()
    )
    audit.record(
        verb="registry.corrected",
        on=f"P:{project.code}/{round.code}",
        by=by,
        at=at,
        approval=approval.number,
        fields=sorted({change.field for change in changes}),
    )
    return approval


def _require_used(changes: Sequence[ObservationChange], live: dict) -> None:
    """Every change names an attribute that can be corrected, a known value and a subject of the
    round.
    """
    if not changes:
        raise Invalid(_("Nothing to correct was given."))
    for change in changes:
        place = f"{change.subject} {change.field}"
        kinds = [change.kind] if change.kind else Kind.values
        if not any((change.subject, kind) in live for kind in kinds):
            raise Invalid(_("This unit was not observed in that round."), place=place)


def _checked(change: ObservationChange) -> Any:
    place = f"{change.subject} {change.field}"
    field, value = change.field, change.value
    network_only = field == "typology" and not change.subject.startswith("N:")
    firm_only = field in (
        "joined_on",
        "owner_sex",
        "size",
        "membership",
    ) and not change.subject.startswith("F:")
    if (
        field not in CORRECTABLE
        or network_only
        or firm_only
        or (field == "constituted_on" and change.subject[0] != "N")
    ):
        raise Invalid(_("This attribute cannot be corrected here."), place=place)
    if field in DATES:
        if not isinstance(value, dt.date):
            raise Invalid(_("Give a date."), place=place)
        return value
    known = (
        KNOWN[field]
        if field in KNOWN
        else [REGIONAL, *Country.objects.values_list("iso2", flat=True)]
    )
    if value not in known:
        raise Invalid(_("This value is not known."), place=place)
    return str(value)


def _corrected(
    row: Observation, networks: tuple[UnitNetwork, ...], changes: Sequence[ObservationChange]
) -> tuple[Observation, tuple[UnitNetwork, ...]]:
    """The next version of an observation, its attributes and networks corrected."""
    fresh = Observation(
        **{
            field.attname: getattr(row, field.attname)
            for field in Observation._meta.concrete_fields
            if not field.primary_key
        }
    )
    fresh.superseded_in_id = None
    for change in changes:
        value = _checked(change)
        if change.subject == row.subject and change.field != "typology":
            setattr(fresh, change.field, value)
            if change.field == "constituted_on":
                fresh.joined_on = value
        networks = tuple(_tie(tie, change, value) for tie in networks)
    began = fresh.constituted_on if fresh.level == Level.NETWORK else fresh.joined_on
    if fresh.captured_on and began:
        fresh.reconstructed = fresh.captured_on > months_after(began, LATE_AFTER_MONTHS)
    return fresh, networks


def _tie(tie: UnitNetwork, change: ObservationChange, value: Any) -> UnitNetwork:
    if change.subject != f"N:{tie.code}" or change.field not in ("typology", "constituted_on"):
        return tie
    return tie._replace(**{change.field: value})
