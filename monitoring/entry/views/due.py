"""What a reviewer does about the day by which a submission is asked for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.calendar import lateness
from monitoring.entry import acts
from monitoring.entry.views.fetch import fetch_sight
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.acts import Act, carry_out, sent
from pip_network.web.signed_in import SignedInRequest


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """A later day for this project, with its reason."""
    return _act(request, project, round_code, acts.EXTEND)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """A letter to the project's people, with a sentence."""
    return _act(request, project, round_code, acts.REMIND)


def _act(request: SignedInRequest, project: str, round_code: str, act: Act) -> HttpResponse:
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    submission = fetch_sight(request.user, project, round_code).submission
    act.require(request.user, submission)
    page = resolve_url("review-submission", project, round_code)
    return carry_out(
        request,
        act,
        {"submission_id": submission.pk},
        form=act.form(sent(request)),
        template="monitoring/entry/review/due.html",
        context=lambda _form: {
            "act": act,
            "submission": submission,
            "page": page,
            "lateness": lateness.mark(submission, timezone.now()),
        },
        after=page,
    )
