"""How a job stands: a page of its own, and the part of other pages that asks again until the job
ends.
"""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pip_network.models import Job
from pip_network.people.access import Permission, can
from pip_network.web.htmx import render_page


@login_required
@never_cache
@require_safe
def job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """For who asked for it and for the readers of the portfolio.

    When it has ended, the page that waits is loaded anew.
    """
    found = get_object_or_404(Job, pk=pk)
    if found.requested_by_id != request.user.pk and not can(
        request.user, Permission.VIEW_PORTFOLIO
    ):
        raise Http404
    response = render_page(
        request, "ui/job_page.html", {"job": found}, fragment="ui/_job_state.html"
    )
    if found.ended and request.htmx:
        response["HX-Refresh"] = "true"
    return response
