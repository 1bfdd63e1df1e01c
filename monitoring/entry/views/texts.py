"""Saving the texts of a narrative as they are left: the door of cells, for words."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monitoring.choices import NarrativeTheme
from monitoring.entry.views.fetch import fetch_sight
from monitoring.entry.views.queue import read_items, signed_out
from monitoring.models import NarrativeDraft
from monitoring.submission.narratives import save_narrative
from pip_network.models import User
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web import formats
from pip_network.web.errors import Conflict, DomainError, Forbidden, Invalid


class TextChange(NamedTuple):
    theme: str
    text: str
    language: str
    stamp: int


@never_cache
@require_POST
def narrative_save(request: HttpRequest, project: str, round_code: str) -> JsonResponse:
    """Save texts of one narrative; the answer says of each: saved, refused with its words, or in
    conflict with both texts.
    """
    if not request.user.is_authenticated:
        return signed_out()
    require_room(request.user, P.VIEW_MONITORING)
    sight = fetch_sight(request.user, project, round_code)
    if not sight.whole:
        raise Http404
    try:
        _body, items = read_items(request)
        answer = _save(sight.submission.pk, items, by=request.user, at=timezone.now())
    except DomainError as error:
        return JsonResponse({"error": str(error.message)}, status=error.status)
    return JsonResponse(answer)


def _save(
    submission: int, items: list[dict[str, Any]], *, by: User, at: dt.datetime
) -> dict[str, Any]:
    """Each text by itself. Raises Conflict where the narrative takes none any more, Forbidden."""
    saved: dict[str, dict[str, Any]] = {}
    refused: dict[str, dict[str, Any]] = {}
    conflicts: dict[str, dict[str, Any]] = {}
    for item in items:
        name = str(item.get("key", ""))[:20]
        try:
            change = _read(name, item)
            draft = save_narrative(submission, *change, by=by, at=at)
            saved[name] = {"stamp": draft.stamp, "text": draft.text, "state": "saved"}
        except Forbidden:
            raise
        except Conflict as conflict:
            if not conflict.place:
                raise  # closed meanwhile
            conflicts[name] = _theirs(conflict.context["draft"])
        except Invalid as error:
            refused[name] = {"message": str(error.message), "readings": []}
    at_clock = timezone.localtime(at).strftime("%H:%M")
    return {"saved": saved, "refused": refused, "conflicts": conflicts, "at": at_clock}


def _read(name: str, item: dict[str, Any]) -> TextChange:
    text, language, stamp = item.get("text", ""), item.get("language", ""), item.get("stamp", 0)
    well_formed = isinstance(text, str) and isinstance(language, str) and isinstance(stamp, int)
    if not well_formed or name not in NarrativeTheme.values or not 0 <= stamp < 2**31:
        raise Invalid(_("This request cannot be read."))
    return TextChange(name, text, language, stamp)


def _theirs(draft: NarrativeDraft | None) -> dict[str, Any]:
    """The text that stands, by whom and since when."""
    if draft is None:
        return {"text": "", "stamp": 0, "by": "", "at": "", "state": "empty"}
    since = timezone.localtime(draft.changed_at)
    return {
        "text": draft.text,
        "language": draft.language,
        "stamp": draft.stamp,
        "by": draft.changed_by.name if draft.changed_by else "",
        "at": f"{formats.short_date(since)}, {since:%H:%M}",
        "state": "saved",
    }
