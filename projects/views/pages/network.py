"""The page of a network: what kind it is, where, and how firms came and went."""

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.web import formats
from pip_network.web.days import today
from projects import flow
from projects.acts import acts_for
from projects.choices import PROGRAMME
from projects.counts import active_memberships, counted
from projects.latin_america import locator
from projects.models import Firm, Membership, Network
from projects.typologies import BY_CODE

from .shared import people

FIRMS_PER_PAGE = 50


@require_safe
def network(request: HttpRequest, code: str) -> HttpResponse:
    manages = can(request.user, P.MANAGE_REGISTRY)
    networks = Network.objects.all() if manages else Network.objects.current()
    network = get_object_or_404(
        networks.annotate(
            firm_count=counted(active_memberships(), "firm", network=OuterRef("pk"))
        ).select_related("project__family", "country"),
        code=code,
    )
    members = Membership.objects.filter(network=network, firm__in=Firm.objects.current())
    day = today()
    stays = [
        flow.Stay(*row)
        for row in members.order_by("joined_on", "id").values_list(
            "firm", "joined_on", "left_on", "firm__closed_on"
        )
    ]
    rows = flow.by_semester(stays, today=day)
    counts = states(stays, day)
    page = None
    if can(request.user, P.VIEW_FIRM_NAMES, network.scope_keys):
        named = members.select_related("firm").order_by(
            "firm__folded", "firm_id", "joined_on", "id"
        )
        page = Paginator(named, FIRMS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "projects/network.html",
        {
            "network": network,
            "in_programme": network.project.family_id == PROGRAMME,
            "kind": BY_CODE[network.typology],
            "locator": locator([network.country]),
            "counts": counts,
            "semesters": rows,
            "drawing": flow.draw(rows),
            "finding": finding(rows, counts["active"]),
            "shown": flow.SHOWN,
            "page": page,
            "manages": manages,
            "acts": acts_for(request.user, network),
            "people": people(request.user, network.scope_keys),
        },
    )


def states(stays: list[flow.Stay], day: dt.date) -> dict[str, int]:
    """Firms by how they stand on a day: a firm counts once, and one that came back is active."""
    state_of: dict[str, str] = {}
    for stay in stays:
        end = flow.ending(stay, day)
        word = "active" if end is None else "closed" if end.closed else "left"
        if state_of.get(stay.firm) != "active":
            state_of[stay.firm] = "closed" if stay.closed_on else word
    counts = {
        word: sum(1 for each in state_of.values() if each == word)
        for word in ("active", "left", "closed")
    }
    return {**counts, "gone": counts["left"] + counts["closed"]}


def finding(rows: list[flow.Semester], active: int) -> str:
    """What the drawing shows, in a sentence."""
    joined, gone = sum(row.joined for row in rows), sum(row.left + row.closed for row in rows)
    first = ngettext("%(n)s firm joined", "%(n)s firms joined", joined) % {
        "n": formats.number(joined)
    }
    second = ngettext("%(n)s left or closed", "%(n)s left or closed", gone) % {
        "n": formats.number(gone)
    }
    third = ngettext("%(n)s takes part today", "%(n)s take part today", active) % {
        "n": formats.number(active)
    }
    return _("%(joined)s, %(gone)s: %(active)s") % {
        "joined": first,
        "gone": second,
        "active": third,
    }
