"""The narrative of a semester: four short texts beside the figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.entry.forms import NarrativeForm
from monitoring.entry.views.fetch import Sight, sight
from monitoring.models import Narrative, NarrativeDraft
from monitoring.submission.narratives import save_narrative
from pip_network.web.errors import Conflict, Forbidden


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def narrative(request: HttpRequest, project: str, round_code: str) -> HttpResponse:
    seen = sight(request.user, project, round_code)
    if not seen.whole:
        raise Http404
    may_enter = seen.may_enter(None)
    form = NarrativeForm(request.POST or None, drafts=texts_of(seen))
    if request.method == "POST":
        if not may_enter:
            raise Forbidden(_("You may read the narrative, but not write in it now."))
        if form.is_valid() and _save(request, seen, form):
            return redirect("submission", project, round_code)
    context = {
        "sight": seen,
        "submission": seen.submission,
        "form": form,
        "texts": texts_of(seen),
        "can_enter": may_enter,
    }
    return render(
        request, "monitoring/entry/narrative.html", context, status=422 if form.errors else 200
    )


def texts_of(seen: Sight) -> dict:
    """By theme: the drafts of an open submission, else what was approved."""
    submission = seen.submission
    drafts = list(NarrativeDraft.objects.filter(submission=submission))
    if not drafts and not submission.is_open:
        drafts = list(
            Narrative.objects.live().filter(
                project=submission.project_id, round=submission.round_id
            )
        )
    return {draft.theme: draft for draft in drafts}


def _save(request: HttpRequest, seen: Sight, form: NarrativeForm) -> bool:
    language, now = form.cleaned_data["language"], timezone.now()
    for theme, text, stamp in form.texts():
        try:
            save_narrative(
                seen.submission.pk, theme, text, language, stamp, by=request.user, at=now
            )
        except Conflict as conflict:
            form.add_error(theme, str(conflict.message))
    if form.is_valid():
        messages.success(request, _("The narrative is saved."))
    return form.is_valid()
