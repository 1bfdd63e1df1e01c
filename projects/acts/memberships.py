"""What is done with the memberships of firms, and with firms that are registered twice."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web.acts import Act
from projects import actions
from projects.forms import JoinForm, LeaveForm, MembershipForm, MergeForm, RegistryForm
from projects.models import Firm, FirmMerge, Membership, Network

from .firms import has_name, is_alive, scopes
from .words import UNTIL_APPROVED


def of_network(membership: Membership) -> set[str]:
    return membership.network.scope_keys


def of_survivor(merge: FirmMerge) -> set[str]:
    return merge.survivor.scope_keys


def _join(
    *,
    firm: Firm,
    network: Network,
    leaves: Network | None,
    joined_on: dt.date,
    by: User,
    at: dt.datetime,
) -> Membership:
    if leaves is None:
        return actions.join_network(firm=firm, network=network, joined_on=joined_on, by=by, at=at)
    return actions.move_firm(
        firm=firm, source=leaves, target=network, moved_on=joined_on, by=by, at=at
    )


def _tell_apart(*, first: Firm, second: Firm, by: User, at: dt.datetime) -> tuple[str, str]:
    actions.tell_apart(first=first, second=second, by=by, at=at)
    return first.pk, second.pk


@transaction.atomic
def _correct(*, membership: Membership, by: User, at: dt.datetime, **corrections: Any) -> None:
    """What the form asked: the rest is frozen."""
    doing: dict[str, Any] = {"membership": membership, "by": by, "at": at}
    if "leaving_reason" in corrections:
        left_on: Any = corrections.get("left_on", membership.left_on)
        actions.correct_leaving(left_on=left_on, reason=corrections["leaving_reason"], **doing)
    if "joined_on" in corrections:
        actions.correct_joining(joined_on=corrections["joined_on"], **doing)


JOIN = Act(
    name="firm-join",
    once=True,
    label=_("Join a network"),
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    when=lambda firm: has_name(firm) and is_alive(firm),
    form=JoinForm,
    action=_join,
    message=_("The firm is in the network."),
    title=_("Join a network"),
    button=_("Save"),
    lede=_(
        "A firm can be in several networks: in a project it is asked once. When it moves, it "
        "leaves the other network on the day it joins this one."
    ),
)
LEAVE = Act(
    name="membership-leave",
    permission=Permission.MANAGE_FIRMS,
    over=of_network,
    when=lambda membership: membership.left_on is None,
    form=LeaveForm,
    action=actions.leave_network,
    message=_("The leaving is recorded."),
    button=_("Record its leaving"),
    will=(
        _(
            "When it is in no other network of the project, it is asked nothing from the next "
            "close of a semester on."
        ),
        _("It stays in the panels as lost: a firm that left counts neither as zero nor as closed."),
        UNTIL_APPROVED,
    ),
)
CORRECT = Act(
    name="membership-edit",
    permission=Permission.MANAGE_FIRMS,
    over=of_network,
    form=MembershipForm,
    action=_correct,
    message=_("The membership is corrected."),
    button=_("Save"),
)
STAY = Act(
    name="membership-stay",
    permission=Permission.MANAGE_FIRMS,
    over=of_network,
    when=lambda membership: membership.left_on is not None,
    form=RegistryForm,
    action=actions.take_back_leaving,
    message=_("The leaving is taken back."),
    title=_("Take the leaving back"),
    button=_("Take the leaving back"),
)
UNJOIN = Act(
    name="membership-never",
    kind="danger",
    permission=Permission.MANAGE_FIRMS,
    over=of_network,
    form=RegistryForm,
    action=actions.take_back_joining,
    message=_("The joining is taken back."),
    title=_("Take the joining back"),
    button=_("Take the joining back"),
)
TELL_APART = Act(
    name="firm-not-same",
    at_once=True,
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    action=_tell_apart,
    message=lambda pair: (
        _("Kept: %(first)s and %(second)s are not the same.")
        % {"first": pair[0], "second": pair[1]}
    ),
)
MAYBE_SAME = Act(
    name="firm-maybe-same",
    at_once=True,
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    action=actions.take_back_distinction,
    message=_("They are proposed again when they are alike."),
)
MERGE = Act(
    name="firm-merge",
    kind="danger",
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    form=MergeForm,
    action=actions.merge_firms,
    message=_("The two firms are one."),
    title=_("Merge two firms"),
    button=_("Merge the two firms"),
)
SPLIT = Act(
    name="firm-split",
    permission=Permission.MANAGE_FIRMS,
    over=of_survivor,
    when=lambda merge: merge.split_at is None,
    form=RegistryForm,
    action=actions.split_firms,
    message=_("The merge is taken back."),
    title=_("Take the merge back"),
    button=_("Take the merge back"),
)
