"""What is done with firms, by those who work with their networks."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web.acts import Act
from pip_network.web.errors import Conflict
from projects import actions, duplicates, frozen
from projects.fetching import managed_firms
from projects.forms import (
    AnonymiseForm,
    ArchiveFirmForm,
    CloseForm,
    FirmForm,
    NewFirmForm,
    RegistryForm,
)
from projects.models import Firm, Network

from .words import FROM_THE_NEXT_ONE_ON, RESTORABLE, UNTIL_APPROVED


def scopes(firm: Firm) -> set[str]:
    return firm.scope_keys


def has_name(firm: Firm) -> bool:
    return firm.archived_at is None and firm.anonymised_at is None


def is_alive(firm: Firm) -> bool:
    return firm.archived_at is None and firm.closed_on is None


@transaction.atomic
def _register(
    *,
    network: Network,
    joined_on: dt.date,
    looked_at: str,
    by: User,
    at: dt.datetime,
    **facts: Any,
) -> Firm:
    """Register a firm and let it join. Firms alike are shown before anything is stored.

    Raises Conflict (context: `alike`) while one of them has not been looked at.
    """
    alike = _alike(by, facts)
    if {pair.second for pair, _firm in alike} - set(looked_at.split()):
        raise Conflict(_now("Is it one of these? Nothing has been stored yet."), alike=alike)
    firm = actions.register_firm(**facts, by=by, at=at)
    actions.join_network(firm=firm, network=network, joined_on=joined_on, by=by, at=at)
    return firm


def _alike(user: User, facts: dict[str, Any]) -> list[tuple[duplicates.Pair, Firm]]:
    """Firms that this one may be, among those that `user` keeps."""
    rows = managed_firms(user).filter(country=facts["country"])
    registered = [
        duplicates.FirmFacts(*row)
        for row in rows.values_list("code", "country_id", "name", "tax_id")
    ]
    firm = duplicates.FirmFacts("", facts["country"].pk, facts["name"], facts["tax_id"])
    pairs = duplicates.like(firm, registered)
    firms = Firm.objects.in_bulk([pair.second for pair in pairs])
    return [(pair, firms[pair.second]) for pair in pairs]


REGISTER = Act(
    name="firm-new",
    once=True,
    label=_("Register a firm"),
    kind="primary",
    permission=Permission.MANAGE_FIRMS,
    over=lambda network: network.scope_keys,
    when=lambda network: network.archived_at is None and network.dissolved_on is None,
    form=NewFirmForm,
    action=_register,
    message=_("The firm is registered."),
    title=_("Register a firm"),
    button=_("Register the firm"),
    lede=_(
        "It is in the network from the day it joined, and asked from the first semester that "
        "closes after it."
    ),
)
EDIT = Act(
    name="firm-edit",
    label=_("Edit"),
    kind="primary",
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    when=has_name,
    form=FirmForm,
    action=actions.update_firm,
    message=_("The firm is saved."),
    title=_("Edit the firm"),
    button=_("Save"),
    lede=FROM_THE_NEXT_ONE_ON,
)
CLOSE = Act(
    name="firm-close",
    label=_("Record its closing"),
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    when=is_alive,
    form=CloseForm,
    action=actions.close_firm,
    message=_("The closing is recorded."),
    title=_("The firm has closed"),
    button=_("Record its closing"),
    danger=True,
    will=(
        _(
            "At the close of the year of closing the portal writes that it no longer operates and "
            "has no jobs; the sales of that year are still entered."
        ),
        _("From the next year on it writes its zeros: sales, exports, jobs and payroll."),
        _(
            "Its memberships stay as they are. A firm that left but is alive has not closed: "
            "record its leaving instead."
        ),
        UNTIL_APPROVED,
    ),
)
REOPEN = Act(
    name="firm-reopen",
    label=_("Take the closing back"),
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    when=lambda firm: firm.archived_at is None and firm.closed_on is not None,
    form=RegistryForm,
    action=actions.reopen_firm,
    message=_("The closing is taken back."),
    title=_("Take the closing back"),
    button=_("Take the closing back"),
    will=(_("The firm is asked again like the others, as if its closing had not been recorded."),),
)
ARCHIVE = Act(
    name="firm-archive",
    label=_("Archive"),
    kind="danger",
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    # One that approved rounds know leaves or closes.
    when=lambda firm: firm.archived_at is None and not frozen.of_firm(firm.code),
    form=ArchiveFirmForm,
    action=actions.archive_firm,
    message=_("The firm is archived."),
    after=lambda _firm: "firms",
    title=_("Archive the firm"),
    button=_("Archive the firm"),
    will=(
        _("For a firm that should not be here: it leaves lists and totals, and is asked no more."),
        _("A firm that approved rounds know cannot be archived: it leaves its network, or closes."),
        RESTORABLE,
    ),
)
RESTORE = Act(
    name="firm-restore",
    label=_("Restore"),
    kind="primary",
    permission=Permission.MANAGE_FIRMS,
    over=scopes,
    when=lambda firm: firm.archived_at is not None and not firm.merged_into_id,
    form=RegistryForm,
    action=actions.restore_firm,
    message=_("The firm is restored."),
    title=_("Restore the firm"),
    button=_("Restore the firm"),
    will=(_("The firm is in lists and totals again, and asked again."),),
)
ANONYMISE = Act(
    name="firm-anonymise",
    label=_("Anonymise"),
    kind="danger",
    permission=Permission.MANAGE_REGISTRY,
    when=has_name,
    form=AnonymiseForm,
    action=actions.anonymise_firm,
    message=_("The firm is anonymised."),
    title=_("Anonymise the firm"),
    button=_("Anonymise for good"),
    will=(
        _(
            "Name, tax identification and sex of the owner are removed for good, here and in the "
            "firms that were merged into it. Nobody can bring them back."
        ),
        _("Its code, its memberships and every approved figure stay."),
        _(
            "What people wrote about it in narratives and remarks, files that were downloaded "
            "before and backups are not reached: see to those by hand."
        ),
    ),
)
