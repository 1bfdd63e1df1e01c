"""The draft of a lesson, made of what a semester says that was learned."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from knowledge.lessons.acts_of_semesters import MAKE
from monitoring.models import Submission
from pip_network.people.access import Permission, can, require_room
from pip_network.web.acts import carry_out
from pip_network.web.signed_in import SignedInRequest


@login_required
@require_POST
def from_semester(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """One click on the page of the submission, by who reads its texts."""
    require_room(request.user, Permission.VIEW_MONITORING)
    submissions = Submission.objects.visible_to(request.user).select_related("project", "round")
    submission = get_object_or_404(submissions, project_id=project, round_id=round_code)
    if not can(request.user, Permission.VIEW_MONITORING, submission.project.scope_keys):
        raise Http404
    return carry_out(
        request,
        MAKE,
        {"submission": submission},
        after=lambda lesson: lesson,
        back=submission,
    )
