"""One calendar a person, at an address with a key: what the rooms ask her to keep in mind."""

import datetime as dt
import hashlib
from collections.abc import Callable
from itertools import chain

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from monitoring.submission.due.days import due_days
from pip_network.files.calendars import Day, as_ics
from pip_network.models import CalendarKey, User

# Where its days come from; a room that has some takes a line here.
SOURCES: tuple[Callable[[User, dt.datetime], list[Day]], ...] = (due_days,)


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Read by programs: whoever has the key needs no session, and gets none."""
    row = CalendarKey.objects.of_key(key).select_related("person").first()
    if row is None:
        raise Http404
    language = row.person.language or settings.LANGUAGE_CODE
    with translation.override(language):
        days = chain.from_iterable(source(row.person, timezone.now()) for source in SOURCES)
        content = as_ics(days, name=_("PIP Network"), language=language)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="pip.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = language
    return response
