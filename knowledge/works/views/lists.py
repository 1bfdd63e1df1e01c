"""What a person has proposed, and pages of works with their state."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.curation.rows import asked
from knowledge.models import Work
from knowledge.works import acts
from knowledge.works.rules import OPEN
from pip_network.people.access import Permission, require_room
from pip_network.web.signed_in import SignedInRequest

PER_PAGE = 25


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one has proposed, and what became of it; what waits for her comes first."""
    require_room(request.user, Permission.PROPOSE_WORK)
    waits = ExpressionWrapper(Q(asked()) & Q(state__in=OPEN), BooleanField())
    works = Work.objects.proposed_by(request.user).annotate(waits=waits)
    context = {
        "page": page_of(request, works.order_by("-waits", "-proposed_at", "code")),
        "asked": works.filter(waits=True).count(),
        "acts": [acts.PROPOSE.link()],
    }
    return render(request, "knowledge/mine.html", context)


def page_of(request: SignedInRequest, works: QuerySet[Work]) -> Any:
    rows = works.select_related("proposed_by").prefetch_related(
        "expressions", "authors", "countries", "remarks"
    )
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
