"""What was agreed before, and what became of each proposal: the past of an indicator's targets."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.choices import TargetState
from monitoring.models import TargetProposal
from monitoring.numbers import plain
from projects.models import Project

from .page import Named


class Step(NamedTuple):
    """One proposal and its end, newest first."""

    row: TargetProposal
    value: str
    at: dt.datetime


def past_of(project: Project, named: Named) -> list[Step]:
    """One query."""
    rows = TargetProposal.objects.filter(project=project, indicator=named.code).select_related(
        "proposed_by", "decided_by", "approval"
    )
    steps = [
        Step(
            row,
            _("none") if row.value is None else named.target(plain(row.value)),
            row.decided_at or row.proposed_at,
        )
        for row in rows
        if row.state != TargetState.PROPOSED
    ]
    return sorted(steps, key=lambda step: (step.at, step.row.pk), reverse=True)
