"""The portal is shut for a while, on purpose: one file in the data folder says so to all processes
of a machine.

No database is asked, so that it can be away or changing meanwhile; health checks and static files
go on.
"""

import datetime as dt
import json
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

MARK = settings.DATA_DIR / "maintenance.json"
OPEN = ("/healthz", "/readyz", "/metrics")
ASK_AGAIN_SECONDS = 300


class Maintenance(NamedTuple):
    """`until` is a promise, not a rule: nothing opens by itself."""

    since: dt.datetime
    until: dt.datetime | None
    message: str


def begin(*, minutes: int | None, message: str, at: dt.datetime) -> Maintenance:
    """Shut the portal, for so many minutes if that is known; whole or not at all."""
    state = Maintenance(
        at, at + dt.timedelta(minutes=minutes) if minutes else None, message.strip()[:300]
    )
    fresh = MARK.with_suffix(".new")
    fresh.write_text(
        json.dumps(
            {
                "since": state.since.isoformat(),
                "until": state.until.isoformat() if state.until else None,
                "message": state.message,
            }
        ),
        encoding="utf-8",
    )
    fresh.replace(MARK)
    return state


def end() -> bool:
    """Open again; False when it was open."""
    try:
        MARK.unlink()
    except FileNotFoundError:
        return False
    return True


def current() -> Maintenance | None:
    """What the file says; a file that cannot be read shuts the portal too, for somebody put it
    there.
    """
    try:
        state = json.loads(MARK.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Maintenance(timezone.now(), None, "")
    until = dt.datetime.fromisoformat(state["until"]) if state.get("until") else None
    return Maintenance(dt.datetime.fromisoformat(state["since"]), until, state.get("message", ""))


class MaintenanceMiddleware:
    """Answers every page with the notice while the portal is shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in OPEN:
            return self.get_response(request)
        state = current()
        return self.get_response(request) if state is None else shut(request, state)


def shut(request: HttpRequest, state: Maintenance) -> HttpResponse:
    """503 in the language of the reader's cookie; a page that htmx asks for a part gets the
    sentence alone.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    template = "errors/_maintenance.html" if "HX-Request" in request.headers else "maintenance.html"
    with translation.override(language):
        body = render_to_string(template, {"maintenance": state})
    seconds = (state.until - timezone.now()).total_seconds() if state.until else ASK_AGAIN_SECONDS
    headers = {
        "Retry-After": str(max(30, round(seconds))),
        "Cache-Control": "no-store",
        "Content-Language": language,
    }
    return HttpResponse(body, status=503, headers=headers)
