"""What is mailed about targets: to who agrees that some are proposed, to directors what became of
them.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.urls import reverse

from monitoring.choices import TargetState
from monitoring.models import Approval, TargetProposal
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.people.access import Role
from pip_network.people.holders import holders_of
from pip_network.web.days import day_of
from projects.models import Project


def proposed(project: Project, *, at: dt.datetime) -> None:
    """To the project's specialists: once a day, and again after each decision of theirs."""
    rows = TargetProposal.objects.filter(project=project).exclude(state=TargetState.WITHDRAWN)
    decided = rows.aggregate(last=Max("decided_at"))["last"]
    key = f"{day_of(at)}:{decided.timestamp() if decided else 0:.0f}"
    _send("targets_proposed", Role.SPECIALIST, project, key, at)


def agreed(
    project: Project, approval: Approval, rows: Sequence[TargetProposal], *, at: dt.datetime
) -> None:
    """To the project's directors, with the number that they may keep."""
    _send(
        "targets_agreed",
        Role.DIRECTOR,
        project,
        str(approval.number),
        at,
        count=len(rows),
        number=approval.number,
        hash=approval.hash,
        reason=approval.reason,
    )


def returned(
    project: Project, rows: Sequence[TargetProposal], remark: str, *, at: dt.datetime
) -> None:
    """To the project's directors, with the remark."""
    key = ",".join(f"{row.pk}.{row.stamp}" for row in rows[:1])
    _send("targets_returned", Role.DIRECTOR, project, key, at, count=len(rows), remark=remark)


def _send(
    template: str, role: Role, project: Project, fact: str, at: dt.datetime, **facts: Any
) -> None:
    for person in holders_of(project.scope_keys, role, at=at):
        letters.write(
            template,
            kind=MailKind.TARGETS,
            to=person.email,
            language=person.language,
            at=at,
            letter_key=f"{template}:{project.pk}:{fact}:{person.pk}",
            name=person.name,
            title=project.name,
            project=project.pk,
            day=day_of(at),
            address=reverse("targets", args=[project.pk]),
            **facts,
        )
