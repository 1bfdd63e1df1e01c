"""What is done with the targets of a project: proposed, changed and taken back by its director;
agreed, or sent back, by its specialist. Each asks, then writes in one transaction.

Who amends a target proposes another value; who withdraws one proposes none. The record changes
only when two people agree.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.analysis import Catalogue
from monitoring.choices import ApprovalKind, TargetState
from monitoring.models import Approval, Target, TargetProposal
from monitoring.numbers import plain
from monitoring.record import approving
from monitoring.record.draft import Draft
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.locks import for_update, lock
from pip_network.web.reasons import require_reason
from projects.models import Project

from . import letters
from .asked import catalogue_in_force, require_value, rounds_asking
from .standing import Standing

LONGEST = 1000  # characters of a note, a reason, a remark
Chosen = Mapping[int, int]  # proposals by key, each with the stamp that was seen


@transaction.atomic
def propose(
    *,
    project: Project,
    indicator: str,
    values: Mapping[str, Decimal | None],
    note: str,
    by: User,
    at: dt.datetime,
    seen: str = "",
) -> list[TargetProposal]:
    """Say what the project means an indicator to be in these rounds; None: no target there.

    What says what is agreed already takes a proposal back. `seen`: the stamp of what was in force
    when somebody decided. Raises Invalid (place: the round, or note), Conflict, Forbidden.
    """
    require(by, Permission.PROPOSE_TARGETS, project.scope_keys)
    note = require_reason(note, most=LONGEST, place="note")
    _hold(project)
    standing = Standing.of(project, indicator)
    if seen and seen != standing.stamp(indicator):
        raise Conflict(
            _(
                "Somebody changed the targets of this indicator since you looked: nothing has been "
                "stored. Compare them before you decide."
            )
        )
    kept = _checked(project, indicator, values, standing)
    changed = [
        row
        for at_round, value in sorted(kept.items())
        if (row := _change(standing, project, indicator, at_round, value, note, by, at))
    ]
    if not changed:
        raise Invalid(_("These are the targets as they stand: nothing changes."))
    _record("targets.proposed", project, changed, by=by, at=at)
    if any(row.state == TargetState.PROPOSED for row in changed):
        letters.proposed(project, at=at)
    return changed


@transaction.atomic
def withdraw(*, proposal: TargetProposal, by: User, at: dt.datetime) -> TargetProposal:
    """Take a proposal back; what was agreed stands. Raises Conflict, Forbidden."""
    require(by, Permission.PROPOSE_TARGETS, proposal.project.scope_keys)
    _hold(proposal.project)
    row = lock(proposal)
    if row.state not in TargetState.open():
        raise Conflict(_("This proposal has been decided meanwhile."))
    _take_back(row, by, at)
    _record("targets.withdrawn", row.project, [row], by=by, at=at)
    return row


@transaction.atomic
def agree(*, project: Project, chosen: Chosen, reason: str, by: User, at: dt.datetime) -> Approval:
    """Write proposals into the record, all in one approval; its directors are told.

    Raises Invalid (place: chosen, reason), Conflict when one was changed or decided meanwhile, or is
    none any more that may be agreed to; Forbidden, for who proposed one of them, too.
    """
    at = at.replace(microsecond=0)
    require(by, Permission.AGREE_TARGETS, project.scope_keys)
    reason = require_reason(reason, most=LONGEST)
    _hold(project)
    rows = _waiting(project, chosen)
    if any(row.proposed_by_id == by.pk for row in rows):
        raise Forbidden(_("Another person agrees to what you have proposed."))
    catalogue = catalogue_in_force()
    for row in rows:
        _require_possible(row, project, catalogue)
    approval = approving.write(
        _draft(project, rows), kind=ApprovalKind.TARGETS, approver=by, at=at, reason=reason
    )
    for row in rows:
        row.approval = approval
        _decide(row, TargetState.AGREED, by, at)
    _record("targets.agreed", project, rows, by=by, at=at, number=approval.number)
    letters.agreed(project, approval, rows, at=at)
    return approval


@transaction.atomic
def send_back(
    *, project: Project, chosen: Chosen, reason: str, by: User, at: dt.datetime
) -> list[TargetProposal]:
    """Give proposals back with a remark; its directors are told.

    Raises Invalid (place: chosen, reason), Conflict, Forbidden.
    """
    require(by, Permission.AGREE_TARGETS, project.scope_keys)
    remark = require_reason(reason, most=LONGEST)
    _hold(project)
    rows = _waiting(project, chosen)
    for row in rows:
        row.remark = remark
        _decide(row, TargetState.RETURNED, by, at)
    _record("targets.returned", project, rows, by=by, at=at)
    letters.returned(project, rows, remark, at=at)
    return rows


def _hold(project: Project) -> None:
    """One after the other, whoever decides about the targets of a project."""
    row = for_update(Project.objects.filter(pk=project.pk)).get()
    if row.archived_at is not None:
        raise Conflict(_("The project is archived: its targets stay as they are."))


def _checked(
    project: Project,
    indicator: str,
    values: Mapping[str, Decimal | None],
    standing: Standing,
) -> dict[str, Decimal | None]:
    """The values as they are kept; only what has a target may be withdrawn where none is asked."""
    catalogue = catalogue_in_force()
    defined = catalogue.indicators.get(indicator)
    asking = rounds_asking(project, catalogue.frequency(defined)) if defined else []
    for code, value in values.items():
        if value is None and code in standing.rounds(indicator):
            continue
        if defined is None:
            raise Invalid(_("The catalogue in force has no such indicator."), place=code)
        if code not in asking:
            raise Invalid(
                _("The project is not asked this indicator in %(round)s.") % {"round": code},
                place=code,
            )
    return {
        code: None if value is None or defined is None else require_value(value, defined, code)
        for code, value in values.items()
    }


def _change(
    standing: Standing,
    project: Project,
    indicator: str,
    code: str,
    value: Decimal | None,
    note: str,
    by: User,
    at: dt.datetime,
) -> TargetProposal | None:
    """The proposal that is made, changed or taken back; None where nothing changes."""
    key = (indicator, code)
    row = standing.proposed.get(key)
    if value == standing.target(key):
        return _take_back(row, by, at) if row else None
    if row is None:
        return TargetProposal.objects.create(
            project=project,
            indicator=indicator,
            round=code,
            value=value,
            note=note,
            proposed_by=by,
            proposed_at=at,
        )
    if row.state == TargetState.PROPOSED and row.value == value:
        return None
    row.value, row.note, row.proposed_by, row.proposed_at = value, note, by, at
    row.state, row.stamp = TargetState.PROPOSED, row.stamp + 1
    row.save()
    return row


def _take_back(row: TargetProposal, by: User, at: dt.datetime) -> TargetProposal:
    _decide(row, TargetState.WITHDRAWN, by, at)
    return row


def _decide(row: TargetProposal, state: TargetState, by: User, at: dt.datetime) -> None:
    row.state, row.decided_by, row.decided_at, row.stamp = state, by, at, row.stamp + 1
    row.save()


def _waiting(project: Project, chosen: Chosen) -> list[TargetProposal]:
    """The proposals that were chosen, as they were seen."""
    if not chosen:
        raise Invalid(_("Choose at least one target."), place="chosen")
    rows = TargetProposal.objects.waiting().filter(project=project, pk__in=chosen)
    found = list(for_update(rows).select_related("proposed_by"))
    if {row.pk: row.stamp for row in found} != dict(chosen):
        raise Conflict(
            _(
                "Some of these proposals were changed or decided since you looked: nothing has been "
                "stored. Look at them as they stand now."
            ),
            place="chosen",
        )
    return sorted(found, key=lambda row: (row.indicator, row.round))


def _require_possible(row: TargetProposal, project: Project, catalogue: Catalogue) -> None:
    """A calendar or a catalogue that moved may have left a proposal behind."""
    if row.value is None:
        return
    defined = catalogue.indicators.get(row.indicator)
    if defined is None or row.round not in rounds_asking(project, catalogue.frequency(defined)):
        raise Conflict(
            _("The project is no longer asked %(indicator)s in %(round)s: send it back.")
            % {"indicator": row.indicator, "round": row.round},
            place="chosen",
        )


def _draft(project: Project, rows: list[TargetProposal]) -> Draft:
    in_force = Standing.of(project).agreed
    draft = Draft(
        targets=[
            Target(
                project=project,
                indicator=row.indicator,
                round=row.round,
                value=row.value,
                note=row.note,
                proposed_by=row.proposed_by,
            )
            for row in rows
        ]
    )
    draft.superseded["targets"] = sorted(
        in_force[row.indicator, row.round].pk
        for row in rows
        if (row.indicator, row.round) in in_force
    )
    return draft


def _record(
    verb: str,
    project: Project,
    rows: list[TargetProposal],
    *,
    by: User,
    at: dt.datetime,
    **details: int,
) -> None:
    values = {f"{row.indicator} {row.round}": plain(row.value) for row in rows}
    audit.record(verb=verb, on=f"P:{project.pk}", by=by, at=at, targets=values, **details)
