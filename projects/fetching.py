"""Fetch = authorise, for firms: who may not see one is told nothing; who sees it and may not change
it is told so.
"""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.web.errors import Forbidden
from pip_network.web.signed_in import Reader
from projects.models import Firm, Network
from projects.models.firm import FirmQuerySet


def may_manage(user: Reader, firm: Firm) -> bool:
    """Who keeps the registry keeps every firm; who keeps the firms of a network, those that are in
    it now.
    """
    return can(user, P.MANAGE_REGISTRY) or can(user, P.MANAGE_FIRMS, firm.scope_keys)


def visible_firm(user: Reader, code: str) -> Firm:
    """A firm whose name `user` may see.

    What is archived exists only for those who may restore it.
    """
    firm = get_object_or_404(
        Firm.objects.where(user, P.VIEW_FIRM_NAMES).select_related("country", "merged_into"),
        code=code,
    )
    if firm.archived_at is not None and firm.merged_into_id is None and not may_manage(user, firm):
        raise Http404
    return firm


def managed_firm(user: Reader, code: str) -> Firm:
    """A firm that `user` may change."""
    firm = visible_firm(user, code)
    if not may_manage(user, firm):
        raise Forbidden(_("The firms of a network are kept by those who work with it."))
    return firm


def managed_networks(user: Reader) -> QuerySet[Network]:
    """Current networks into which `user` may register firms."""
    rows = Network.objects.current().filter(dissolved_on__isnull=True)
    return rows if can(user, P.MANAGE_REGISTRY) else rows.where(user, P.MANAGE_FIRMS)


def firms_with_names() -> FirmQuerySet:
    """Current firms of whom the registry still holds the name."""
    return Firm.objects.current().filter(anonymised_at__isnull=True)


def managed_firms(user: Reader) -> FirmQuerySet:
    """Current firms that `user` may change."""
    rows = firms_with_names()
    return rows if can(user, P.MANAGE_REGISTRY) else rows.where(user, P.MANAGE_FIRMS)
