"""What every request carries: an id that joins its log lines, audit rows and error page; and the reader's language."""

import logging
import uuid
from contextvars import ContextVar

from django.conf import settings
from django.utils import translation

_request_id: ContextVar[str] = ContextVar("request_id", default="")
LANGUAGES = {code for code, _name in settings.LANGUAGES}


def current_request_id() -> str:
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id() or "-"
        return True


class RequestIdMiddleware:
    """Gives each request an id of its own (never one from outside) and returns it in a header."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex[:12]
        token = _request_id.set(request.id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            return response
        finally:
            _request_id.reset(token)


class LanguageMiddleware:
    """Spanish unless the reader chose otherwise: her cookie, else her profile; never the browser's guess."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response["Content-Language"] = language
        return response
