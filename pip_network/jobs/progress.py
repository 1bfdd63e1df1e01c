"""How a job stands: a page of its own, and the part of other pages that asks again until the job
ends.
"""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pip_network.models import Job
from pip_network.people.access import Permission, can
from pip_network.web.htmx import render_page
from pip_network.web.signed_in import SignedInRequest


@login_required
@never_cache
@require_safe
def job(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """For who asked for it and for the readers of the portfolio.

    When it has ended, the page that waits is loaded anew.
    """
    row = get_object_or_404(Job, pk=pk)
    is_own = row.requested_by_id == request.user.pk
    if not is_own and not can(request.user, Permission.VIEW_PORTFOLIO):
        raise Http404
    response = render_page(request, "ui/job_page.html", {"job": row}, fragment="ui/_job_state.html")
    if row.ended and request.htmx:
        response["HX-Refresh"] = "true"
    return response
