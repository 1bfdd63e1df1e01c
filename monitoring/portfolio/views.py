"""The portfolio: opens on what needs attention."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from monitoring.portfolio import page
from monitoring.portfolio.refreshing import KIND, request_refresh
from pip_network.choices import JobStatus
from pip_network.folding import fold
from pip_network.models import Job
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.acts import Act, carry_out
from pip_network.web.signed_in import SignedInRequest
from projects.choices import Typology
from projects.models import Country, Project

REFRESH = Act(
    name="portfolio-refresh",
    at_once=True,
    permission=P.VIEW_PORTFOLIO,
    action=request_refresh,
    message="",
)


@login_required
@require_GET
def portfolio(request: SignedInRequest) -> HttpResponse:
    """The page of the portfolio; filters that name nothing are left out."""
    require_room(request.user, P.VIEW_PORTFOLIO)
    typology = request.GET.get("typology", "")
    country = request.GET.get("country", "")
    countries = sorted(
        Country.objects.filter(projects__in=Project.objects.current().of_programme()).distinct(),
        key=lambda country: fold(country.name),
    )
    context = page.build(
        typology=typology if typology in Typology.values else "",
        country=country if country in {row.iso2 for row in countries} else "",
        at=timezone.now(),
    )
    running = (
        Job.objects.filter(kind=KIND, status__in=(JobStatus.QUEUED, JobStatus.RUNNING))
        .order_by("-requested_at", "id")
        .first()
    )
    return render(
        request,
        "monitoring/portfolio/page.html",
        {**context, "countries": countries, "job": running},
    )


@login_required
@require_POST
def portfolio_refresh(request: SignedInRequest) -> HttpResponse:
    """Ask for the figures of the record as it stands."""
    require_room(request.user, P.VIEW_PORTFOLIO)
    return carry_out(request, REFRESH, {}, after="portfolio")
