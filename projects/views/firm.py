"""The page of one firm, for those who work with it. Its name stands in no address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pip_network import audit
from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.web.signed_in import Reader, SignedInRequest
from projects.acts import acts_for
from projects.fetching import may_manage, visible_firm
from projects.models import Firm, FirmDistinction, Membership


@login_required
@require_safe
def firm(request: SignedInRequest, code: str) -> HttpResponse:
    firm = visible_firm(request.user, code)
    if firm.merged_into is not None:
        messages.info(
            request, _("%(code)s was registered twice and goes on as this firm.") % {"code": code}
        )
        return redirect(firm.merged_into)
    keeps = may_manage(request.user, firm)
    stays = list(firm.memberships.select_related("network__project").order_by("joined_on", "pk"))
    return render(
        request,
        "projects/firm.html",
        {
            "firm": firm,
            "state": state_of(firm, stays),
            "stays": [(stay, keeps and _may_mend(request.user, stay)) for stay in stays],
            "acts": acts_for(request.user, firm),
            "keeps": keeps,
            "merges": firm.merges.filter(split_at__isnull=True).select_related("duplicate"),
            "apart": _apart(firm) if keeps else [],
            "history": audit.history_of(f"F:{firm.code}", reader=request.user),
        },
    )


def state_of(firm: Firm, stays: list) -> tuple[str, str]:
    """(class of the mark, word): closed, active, left, archived."""
    if firm.archived_at is not None:
        return "st-none", _("Archived")
    if firm.closed_on is not None:
        return "st-none", _("Closed")
    if not all(stay.has_left for stay in stays):
        return "st-ok", _("Active")
    return "st-draft", _("Left") if stays else _("In no network yet")


def _may_mend(user: Reader, stay: Membership) -> bool:
    return can(user, P.MANAGE_REGISTRY) or can(user, P.MANAGE_FIRMS, stay.network.scope_keys)


def _apart(firm: Firm) -> list[str]:
    """Codes of the firms of which somebody said that they are not this one."""
    rows = FirmDistinction.objects.filter(first=firm) | FirmDistinction.objects.filter(second=firm)
    return [
        first if second == firm.pk else second
        for first, second in rows.values_list("first", "second")
    ]
