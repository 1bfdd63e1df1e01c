"""The errors that our own rules raise, and the one place that turns them into answers."""

import errno
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


class DomainError(Exception):
    """A rule of the portal said no.

    `message` is a lazy, translated sentence; `place` names where (a cell, a field).
    `afterwards` is done once its transaction has been taken back: what stays of a refusal.
    """

    status = 400

    def __init__(
        self,
        message,
        *,
        place: str = "",
        afterwards: Callable[[], None] = lambda: None,
        **context,
    ):
        super().__init__(str(message))
        self.afterwards = afterwards
        self.message = message
        self.place = place
        self.context = context


class Invalid(DomainError):
    """What was given breaks a rule."""

    status = 422


class Conflict(DomainError):
    """Somebody else was first; nothing has been overwritten."""

    status = 409


class Forbidden(DomainError):
    """May see it, may not do it."""

    status = 403


class DomainErrorMiddleware:
    """Shows a DomainError that no view caught as a page (or fragment) with its own status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        exception.afterwards()
        template = (
            "errors/_domain_error.html"
            if getattr(request, "htmx", False)
            else "errors/domain_error.html"
        )
        return render(request, template, {"error": exception}, status=exception.status)


class EmptyRefusalMiddleware:
    """A refusal of Django's own that has no page (405) gets one, with the same status and headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            # The refusal was, with its address.
            page._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark
            return page
        return response


LEAST_FREE_BYTES = 1 << 20


class FullDiskMiddleware:
    """Where the embedded database has no room, what would write is refused in words before it
    begins: half of what it touches would say something else. Reading goes on.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        return self.get_response(request) if reads or has_room() else disk_is_full(request)


def has_room() -> bool:
    """Whether the embedded database may grow; a server's disk is the server's to tell."""
    if connection.vendor != "sqlite":
        return True
    disk = os.statvfs(Path(settings.DATABASES["default"]["NAME"]).parent)
    return disk.f_bavail * disk.f_frsize >= LEAST_FREE_BYTES


def tells_of_a_full_disk(error: BaseException | None) -> bool:
    """As SQLite, PostgreSQL (53100) and the file system say it, whatever was raised from it."""
    if error is None:
        return False
    return (
        getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
        or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(error, "pgcode", None) == "53100"
        or tells_of_a_full_disk(error.__cause__ or error.__context__)
    )


def failed(request: HttpRequest) -> HttpResponse:
    """What nobody expected: 500; a database that is away for a moment: 503, and when to ask again.
    Needs no database.
    """
    error = sys.exc_info()[1]
    if tells_of_a_full_disk(error):
        return disk_is_full(request)
    away = isinstance(error, OperationalError | InterfaceError)
    return _told(request, 503 if away else 500, {"Retry-After": "10"} if away else {})


def disk_is_full(request: HttpRequest) -> HttpResponse:
    """Nothing was saved, and why; a script that keeps what was typed asks again later."""
    return _told(request, 503, {"Retry-After": "60"}, full=True)


def _told(
    request: HttpRequest, status: int, headers: dict[str, str], *, full: bool = False
) -> HttpResponse:
    """htmx gets the sentence instead of the page; the header is read, because what failed may stand
    before its middleware.
    """
    template = "errors/_failed.html" if "HX-Request" in request.headers else f"{status}.html"
    return HttpResponse(
        render_to_string(template, {"status": status, "full": full}), status=status, headers=headers
    )
