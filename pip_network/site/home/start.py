"""Start pages of those who have no work queue: the administration (what waits) and the network's
readers (what is new).
"""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.models import Work
from monitoring.models import Approval, Submission
from monitoring.models.submissions import APPROVED
from pip_network.folding import fold
from pip_network.models import Institution, User
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, assignments, can
from pip_network.people.accounts import start_page
from pip_network.site.home.guides import GUIDE_OF
from pip_network.site.home.pages import latest_for
from pip_network.site.home.waiting import all_waiting
from pip_network.web.signed_in import SignedInRequest
from projects.counts import projects_with_counts
from projects.models import Country
from workshops.models import Workshop

SHOWN = 5


@login_required
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """The start page of the person's role, or the way to the room that is hers."""
    user = request.user
    if can(user, P.MANAGE_PEOPLE):
        return render(request, "site/start_administration.html", administration(timezone.now()))
    page = start_page(user)
    if page != request.path_info:
        return redirect(page)
    roles = {role for role, _scope in assignments(user)}
    return render(request, "site/start_reader.html", reader(user, roles))


def administration(now: dt.datetime) -> dict[str, Any]:
    """What waits, the urgent first; what is in order; how the open rounds stand."""
    everything = all_waiting(now)
    return {
        "waiting": sorted(
            (waiting for waiting in everything if waiting.count),
            key=lambda waiting: not waiting.urgent,
        ),
        "quiet": [waiting for waiting in everything if not waiting.count],
        "latest": Approval.objects.order_by("-number").first(),
        "rounds": open_rounds(now),
    }


def open_rounds(at: dt.datetime) -> list[dict[str, Any]]:
    """The rounds of which something is still open: due day, and how many projects are approved."""
    submissions = Submission.objects.current()
    late = set(submissions.late(at).values_list("round", flat=True))
    rounds = (
        submissions.filter(round__in=submissions.exclude(APPROVED).values("round"))
        .values("round_id", "round__due_on")
        .annotate(all=Count("pk"), approved=Count("pk", filter=APPROVED))
        .order_by("-round_id")
    )
    return [
        {
            "code": row["round_id"],
            "due_on": row["round__due_on"],
            "all": row["all"],
            "approved": row["approved"],
            "late": row["round_id"] in late,
        }
        for row in rounds[:SHOWN]
    ]


def reader(user: User, roles: set[Role]) -> dict[str, Any]:
    """What the network has for somebody who reads: of her country, in her language, new."""
    institution = own_institution(user)
    countries = [
        country
        for country in sorted(Country.objects.all(), key=lambda country: fold(country.name))
        if stands_in(institution, country)
    ]
    readable = Work.objects.visible_to(user).with_parts()
    works = readable.order_by("-year", "code").exclude(year=None)
    language = user.language or "es"
    lede = _("What the network has for you.")
    return {
        "lede": f"{institution.name}. {lede}" if institution else lede,
        "guide": GUIDE_OF[min(roles, key=list(Role).index)],
        "institution": institution,
        "countries": countries,
        "projects": projects_with_counts()
        .filter(countries__in=countries)
        .distinct()
        .order_by("code")[:SHOWN],
        "works_of_country": readable.filter(
            countries__iso2__in=[country.iso2 for country in countries]
        )
        .distinct()
        .order_by("-year", "code")[:SHOWN],
        "works_in_language": works.filter(expressions__language=language)[:SHOWN],
        "works": Work.objects.visible_to(user).count(),
        "workshop": Workshop.objects.order_by("-number").first(),
        "latest": latest_for(user),
        "is_expert": Role.EXPERT in roles,
    }


def own_institution(user: User) -> Institution | None:
    """Of her profile, else the one on which she holds her role."""
    if user.institution_id:
        return user.institution
    keys = [
        scope[2:]
        for role, scope in assignments(user)
        if role == Role.INSTITUTION and scope.startswith("I:")
    ]
    return (
        Institution.objects.filter(pk__in=[key for key in keys if key.isdigit()]).first()
        if keys
        else None
    )


def stands_in(institution: Institution | None, country: Country) -> bool:
    return institution is not None and institution.iso2 == country.iso2
