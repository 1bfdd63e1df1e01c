"""What is done with targets."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monitoring import portfolio
from monitoring.choices import TargetState
from monitoring.models import Approval, TargetProposal
from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web.acts import Act
from projects.models import Project

from . import actions
from .forms import DecideForm, ProposeForm


@transaction.atomic  # the portfolio's job is asked for with the approval, or not at all
def _agree(*, by: User, at: dt.datetime, **given: Any) -> Approval:
    approval = actions.agree(by=by, at=at, **given)
    portfolio.request_refresh(by=by, at=at)
    return approval


def _proposed(rows: list[TargetProposal]) -> str:
    waiting = sum(row.state == TargetState.PROPOSED for row in rows)
    if not waiting:
        return _("The proposal is taken back: what was agreed stands.")
    return ngettext(
        "%(count)s target is with the specialist.",
        "%(count)s targets are with the specialist.",
        waiting,
    ) % {"count": waiting}


def _agreed(approval: Approval) -> str:
    return _("Agreed: it is in the record with number %(number)d.") % {"number": approval.number}


def _returned(rows: list[TargetProposal]) -> str:
    return ngettext(
        "%(count)s proposal goes back to the director.",
        "%(count)s proposals go back to the director.",
        len(rows),
    ) % {"count": len(rows)}


def _over(project: Project) -> set[str]:
    return project.scope_keys


def _is_current(project: Project) -> bool:
    return project.archived_at is None


PROPOSE = Act(
    name="targets-propose",
    label=gettext_lazy("Propose"),
    once=True,
    permission=Permission.PROPOSE_TARGETS,
    over=_over,
    when=_is_current,
    form=ProposeForm,
    action=actions.propose,
    message=_proposed,
    button=gettext_lazy("Send to the specialist"),
)
WITHDRAW = Act(
    name="targets-withdraw",
    label=gettext_lazy("Take back"),
    at_once=True,
    permission=Permission.PROPOSE_TARGETS,
    over=lambda proposal: proposal.project.scope_keys,
    when=lambda proposal: proposal.state in TargetState.open(),
    action=actions.withdraw,
    message=gettext_lazy("The proposal is taken back: what was agreed stands."),
)
AGREE = Act(
    name="targets-agree",
    label=gettext_lazy("Agree"),
    once=True,
    permission=Permission.AGREE_TARGETS,
    over=_over,
    when=_is_current,
    form=DecideForm,
    action=_agree,
    message=_agreed,
)
SEND_BACK = Act(
    name="targets-send-back",
    label=gettext_lazy("Send back"),
    once=True,
    permission=Permission.AGREE_TARGETS,
    over=_over,
    when=_is_current,
    form=DecideForm,
    action=actions.send_back,
    message=_returned,
)
