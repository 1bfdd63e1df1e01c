"""Correcting what approval froze of a unit: an attribute of approved rounds, with its reason, as a
new approval.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.choices import ApprovalKind
from monitoring.models import Approval, Observation, Round, Submission
from monitoring.record import approving
from monitoring.record.draft import Draft
from monitoring.submission.corrections.versions import (
    FrozenObservation,
    NextVersion,
    ObservationChange,
    frozen_observations,
    next_versions,
    rounds_from,
)
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update
from pip_network.web.reasons import require_reason
from projects.models import Project

LONGEST_REASON = 1000


class OvertakenObservation(NamedTuple):
    """An observation (any of its versions) that was not what it had been when somebody looked.

    None: there was none.
    """

    row: Observation
    seen: FrozenObservation | None
    in_force: FrozenObservation | None


@transaction.atomic
def correct_observations(
    project: Project,
    round: Round,
    changes: Sequence[ObservationChange],
    reason: str,
    *,
    by: User,
    at: dt.datetime,
    onwards: bool = False,
    seen: Collection[int] | None = None,
) -> Approval:
    """Write new versions of the observations that change, of this round or (`onwards`) also of
    those after it. Values are not touched: those are amended.

    `seen`: the observations that would have been replaced when somebody decided; if others would
    be now, Conflict, with them in `.context["overtaken"]`. Raises Invalid (place: subject and
    field, or `reason`) for what cannot be corrected or changes nothing, Forbidden.
    """
    at = at.replace(microsecond=0)
    refusal = _("You may not correct the registry.")
    require(by, Permission.MANAGE_REGISTRY, project.scope_keys, refusal)
    reason = require_reason(reason, most=LONGEST_REASON)
    _hold(project, round, onwards)
    versions = next_versions(project, round, changes, onwards=onwards)
    if seen is not None:
        _require_seen(project, versions, seen)
    if not versions:
        raise Invalid(_("The record already says so: nothing changes."))
    draft = Draft()
    for version in versions:
        draft.superseded["observations"].append(version.before.row.pk)
        draft.observe(version.after.row, version.after.networks)
    approval = approving.write(draft, kind=ApprovalKind.REGISTRY, approver=by, at=at, reason=reason)
    for code in sorted({version.before.row.round_id for version in versions}):
        audit.record(
            verb="registry.corrected",
            on=f"P:{project.code}/{code}",
            by=by,
            at=at,
            approval=approval.number,
            fields=sorted({change.field for change in changes}),
        )
    return approval


def _hold(project: Project, round: Round, onwards: bool) -> None:
    """Approval and correction of a round wait for each other at its submission."""
    list(for_update(Submission.objects.filter(project=project, **rounds_from(round, onwards))))


def _require_seen(project: Project, versions: Iterable[NextVersion], seen: Collection[int]) -> None:
    replaced = {version.before.row.pk for version in versions}
    if replaced == set(seen):
        return
    rows = Observation.objects.select_related("firm", "network", "project").filter(project=project)
    observations = {
        _key(row): row for row in rows.filter(pk__in=replaced ^ set(seen)).order_by("pk")
    }
    subjects = {row.subject for row in observations.values()}
    seen_versions = {
        _key(version.row): version for version in frozen_observations(rows.filter(pk__in=seen))
    }
    live = frozen_observations(rows.live().filter(subject__in=subjects))
    live_versions = {_key(version.row): version for version in live}
    raise Conflict(
        _(
            "The record has changed since you looked: nothing has been stored. Compare before you "
            "decide."
        ),
        overtaken=[
            OvertakenObservation(observations[key], seen_versions.get(key), live_versions.get(key))
            for key in sorted(observations)
        ],
    )


def _key(row: Observation) -> tuple[str, str, str]:
    return row.subject, row.round_id, row.kind
