"""The errors that our own rules raise, and the one place that turns them into answers."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


class DomainError(Exception):
    """A rule of the portal said no.

    `message` is a lazy, translated sentence; `place` names where (a cell, a field).
    """

    status = 400

    def __init__(self, message, *, place: str = "", **context):
        super().__init__(str(message))
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


def failed(request: HttpRequest) -> HttpResponse:
    """What nobody expected: 500; a database that is away for a moment: 503, and when to ask again.
    Needs no database.

    htmx gets the sentence instead of the page; the header is read, because what failed may stand
    before its middleware.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, headers = (503, {"Retry-After": "10"}) if away else (500, {})
    template = "errors/_failed.html" if "HX-Request" in request.headers else f"{status}.html"
    return HttpResponse(
        render_to_string(template, {"status": status}), status=status, headers=headers
    )
