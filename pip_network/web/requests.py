"""What every request carries: an id that joins its log lines, audit rows and error page; and the
reader's language.
"""

import ipaddress
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from pip_network.running.logs import without_keys
from pip_network.running.metrics import shared
from pip_network.running.request_id import current_request_id, of_request

View = Callable[..., HttpResponse]

log = logging.getLogger(__name__)

LANGUAGES = {code for code, _name in settings.LANGUAGES}
UNLOGGED = ("/healthz", "/readyz", "/metrics", settings.STATIC_URL)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        # What Django itself says of an answer is logged when the request is already over.
        request = getattr(record, "request", None)
        record.request_id = current_request_id() or getattr(request, "id", "") or "-"
        return True


class QuietHealthFilter(logging.Filter):
    """Drops what Django says about a /readyz that answers "not yet": whoever asked has been told."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        return getattr(request, "path", "") not in UNLOGGED


class RequestIdMiddleware:
    """Gives each request an id of its own (never one from outside), returns it in a header and logs
    one line.

    The line holds the path without its question: what people search for stays out of the log, and
    so does what opens an account. The address of such a letter goes into no `Referer` either.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex[:12]
        with of_request(request.id):
            start = time.monotonic()
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            if address_without_secrets(request) != request.path:
                response["Referrer-Policy"] = (
                    "strict-origin"  # a form on such a page must still say whose it is
                )
            seconds = time.monotonic() - start
            shared.count(
                shared.route_of(request, settings.STATIC_URL), response.status_code, seconds
            )
            if not request.path.startswith(UNLOGGED):
                log.info(
                    "%s %s %s %.0f ms",
                    request.method,
                    address_without_secrets(request),
                    response.status_code,
                    seconds * 1000,
                )
            return response


def address_without_secrets(request: HttpRequest) -> str:
    """The path; the key of a letter that opens an account is no line of a log, nor of the trail."""
    return without_keys(request.path)


class ProxyMiddleware:
    """What only a proxy may say of a request is forgotten when somebody else says it.

    Needs PROXY_ADDRESSES.
    """

    FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.PROXY_ADDRESSES and not self._is_proxy(request.META.get("REMOTE_ADDR", "")):
            for name in self.FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)

    @staticmethod
    def _is_proxy(peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in settings.PROXY_ADDRESSES)


class HostMiddleware:
    """Turns foreign hosts away before SecurityMiddleware meets them on its way to HTTPS, which
    would leave its headers out.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.dress = SecurityMiddleware(get_response).process_response

    def __call__(self, request):
        try:
            request.get_host()
        except DisallowedHost as refused:
            return self.dress(request, response_for_exception(request, refused))
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    """The portal asks for no camera, no place, no payment: pages cannot either, whatever would get
    into them.
    """

    POLICY = ", ".join(
        f"{power}=()"
        for power in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = self.POLICY
        return response


class PrivateAnswerMiddleware:
    """What a signed-in person is shown is kept by no cache, shared or on her machine, unless its
    view decided.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header(
            "Cache-Control"
        ):
            add_never_cache_headers(response)
        return response


class LanguageMiddleware:
    """Spanish unless the reader chose otherwise: her cookie, else her profile; never the browser's
    guess.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = self._language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _language_of(request) -> str:
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if cookie in LANGUAGES:
            return cookie
        # Without a session cookie nobody is signed in, and no query is needed to know it.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        profile = getattr(request.user, "language", "") if has_session else ""
        return profile if profile in LANGUAGES else settings.LANGUAGE_CODE


class MethodMiddleware:
    """No page takes PUT, PATCH, DELETE, TRACE or what somebody invents: 405, whatever the address,
    before any view that would take it for a GET. A view that speaks them says so with `takes`.
    """

    TAKEN = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        besides = self.TAKEN
        if request.method not in besides:
            besides = mark_of(request.path_info, "taken_besides", otherwise=())
        if request.method in besides:
            return self.get_response(request)
        return HttpResponseNotAllowed(self.TAKEN)


def takes(*methods: str) -> Callable[[View], View]:
    """The view of a protocol that speaks by further methods; all other pages refuse them."""

    def marked(view: View) -> View:
        view.taken_besides = methods  # type: ignore[attr-defined]  # a mark of ours
        return view

    return marked


class PlainAddressMiddleware:
    """An address with a NUL in it is nonsense: PostgreSQL cannot even look for it. Refused on both
    databases alike, but for pages that read a question by words and leave it out (`reads_words`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or (
            "%00" in request.META.get("QUERY_STRING", "")
            and not mark_of(request.path_info, "reads_words", otherwise=False)
        ):
            return render(request, "400.html", status=400)
        return self.get_response(request)


def reads_words(view: View) -> View:
    """The view of a search, which no sign that is typed disturbs: it leaves all of them out."""
    view.reads_words = True  # type: ignore[attr-defined]  # a mark of ours
    return view


def mark_of(path: str, name: str, *, otherwise: Any) -> Any:
    """What a decorator of ours has said of the view of an address."""
    try:
        return getattr(resolve(path).func, name, otherwise)
    except Resolver404:
        return otherwise
