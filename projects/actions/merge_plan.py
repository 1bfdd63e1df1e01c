"""What merging two firms will do: shown by the page before, done by the action (merging.py)."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pip_network.web.errors import Conflict
from projects import frozen
from projects.models import Firm, Membership, Network

from .firm_states import require_current

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """What merging does; the page shows it and the action does it.

    `is_frozen`: an approved round has seen the duplicate, so that its own history stays with it.
    `moved` memberships go to the one that stays as they are; `ended` ones end; `unmoved` ones stay
    where they are; `begun` are new ones of the one that stays. `both` are the approved rounds that
    counted the two as two.
    """

    survivor: Firm
    duplicate: Firm
    is_frozen: bool
    moved: list[Membership] = field(default_factory=list)
    ended: list[Membership] = field(default_factory=list)
    unmoved: list[Membership] = field(default_factory=list)
    begun: list[tuple[Network, dt.date]] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    approval: int = 0


def plan_merge(survivor: Firm, duplicate: Firm, *, day: dt.date) -> Plan:
    """Raises Conflict when the two cannot become one, or not this way round."""
    _require_mergeable(survivor, duplicate)
    of_survivor, of_duplicate = frozen.of_firm(survivor.pk), frozen.of_firm(duplicate.pk)
    if of_duplicate and not of_survivor:
        raise Conflict(
            _(
                "Approved rounds know the firm %(code)s and not the other: it must be the one "
                "that stays."
            )
            % {"code": duplicate.pk}
        )
    counted_twice = {(look.project, look.round) for look in of_survivor} & {
        (look.project, look.round) for look in of_duplicate
    }
    plan = Plan(
        survivor,
        duplicate,
        is_frozen=bool(of_duplicate),
        both=sorted(f"{project}/{code}" for project, code in counted_twice),
        approval=frozen.last_approval(*of_survivor, *of_duplicate),
    )
    survivor_stays = list(survivor.memberships.select_related("network"))
    for stay in duplicate.memberships.select_related("network").order_by("joined_on", "pk"):
        _place(
            plan,
            stay,
            [other for other in survivor_stays if other.network_id == stay.network_id],
            day,
        )
    return plan


def _place(plan: Plan, stay: Membership, survivor_stays: list[Membership], day: dt.date) -> None:
    """What becomes of one membership of the duplicate; `survivor_stays` are those of the one that
    stays in the same network.
    """
    is_open = stay.left_on is None and plan.duplicate.closed_on is None
    if not plan.is_frozen and not any(_overlap(stay, other) for other in survivor_stays):
        plan.moved.append(stay)
        return
    (plan.ended if plan.is_frozen and is_open else plan.unmoved).append(stay)
    if not is_open or any(other.left_on is None for other in survivor_stays):
        return
    last = max((other.left_on for other in survivor_stays if other.left_on), default=None)
    begins = (
        day
        if plan.is_frozen
        else min(day, max(stay.joined_on, last + DAY if last else stay.joined_on))
    )
    if last is None or begins > last:
        plan.begun.append((stay.network, begins))


def _overlap(first: Membership, second: Membership) -> bool:
    return (second.left_on is None or first.joined_on <= second.left_on) and (
        first.left_on is None or second.joined_on <= first.left_on
    )


def _require_mergeable(survivor: Firm, duplicate: Firm) -> None:
    if survivor.pk == duplicate.pk:
        raise Conflict(_("A firm is not a duplicate of itself."))
    for firm in (survivor, duplicate):
        require_current(firm)
        if firm.anonymised_at is not None:
            raise Conflict(
                _("The firm %(code)s was anonymised: nobody can know whether it is the same.")
                % {"code": firm.pk}
            )
    if survivor.country_id != duplicate.country_id:
        raise Conflict(
            _(
                "The two firms are of different countries: their amounts are of different "
                "currencies."
            )
        )
    if survivor.closed_on != duplicate.closed_on:
        raise Conflict(_("One of them closed and the other not on that day: mend that first."))
