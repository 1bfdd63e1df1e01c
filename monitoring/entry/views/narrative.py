"""The narrative of a semester: short texts beside the figures."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.choices import NarrativeTheme
from monitoring.entry import acts
from monitoring.entry.forms import NarrativeForm, Threads
from monitoring.entry.views.evidence_lines import beside_texts
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.threads import threads_on_texts
from monitoring.models import Narrative, NarrativeDraft, Remark
from monitoring.sheet.display import STATE_TEXTS
from pip_network.people.access import Permission as P
from pip_network.web.acts import carry_out
from pip_network.web.errors import Forbidden
from pip_network.web.signed_in import SignedInRequest


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def narrative(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """The texts; who may not write them reads them."""
    sight = fetch_sight(request.user, project, round_code)
    if not sight.whole:
        raise Http404
    may_enter = sight.may_enter(None)
    threads = threads_on_texts(sight.submission)
    evidence = beside_texts(sight, threads)  # before the form, which draws the threads
    form = NarrativeForm(
        request.POST or None, drafts=texts_of(sight), threads=Threads(threads, request.user)
    )
    if request.method == "POST" and not may_enter:
        raise Forbidden(_("You may read the narrative, but not write in it now."))
    return carry_out(
        request,
        acts.SAVE_NARRATIVE,
        {"submission_id": sight.submission.pk, "form": form},
        form=form,
        template="monitoring/entry/narrative.html",
        context=lambda _form: _page(sight, may_enter, threads, evidence),
        after=sight.submission,
    )


def _page(
    sight: Sight,
    may_enter: bool,
    threads: dict[str, list[Remark]],
    evidence: dict[str, Any],
) -> dict[str, Any]:
    texts = texts_of(sight)
    can_review = sight.may(P.REVIEW)
    return {
        "sight": sight,
        "submission": sight.submission,
        "can_enter": may_enter,
        "can_answer": can_review,
        "can_remark": can_review,
        **evidence,
        "queue": _queue(sight) if sight.may(P.ENTER_PROJECT) else "",
        "themes": " ".join(NarrativeTheme.values),
        "words": json.dumps(_words(), ensure_ascii=False),
        "parts": [
            (theme, texts.get(theme), threads.get(theme, []))
            for theme in NarrativeTheme
            if theme in texts or theme in threads or can_review
        ],
    }


def _queue(sight: Sight) -> str:
    """Under which name what this person types waits in her browser."""
    return f"pip-text:{sight.user.pk}:{sight.submission.key}:"


def _words() -> dict[str, object]:
    """What the script says, in the reader's language."""
    return {
        "states": {state: str(text) for state, text in STATE_TEXTS.items()},
        "saved": _("Saved at {at}"),
        "waiting": _("Texts waiting: {n}"),
    }


def texts_of(sight: Sight) -> dict:
    """By theme: the drafts of an open submission, else what was approved."""
    submission = sight.submission
    drafts = list(NarrativeDraft.objects.filter(submission=submission))
    if not drafts and not submission.is_open:
        drafts = list(
            Narrative.objects.live().filter(
                project=submission.project_id, round=submission.round_id
            )
        )
    return {draft.theme: draft for draft in drafts}
