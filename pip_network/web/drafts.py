"""What somebody types into a longer form is kept in her browser (static/js/drafts.js) until the
portal has it; this is the portal's half.

In the browser, not here: a text that nobody sent is nobody else's business, and a line or a session
that has ended cannot keep it from being kept. The form names its draft; once what it says is done,
the next page tells the browser to forget it. A form that met an ended session leads back to the
page on which it stands, not to an address that only takes what is sent. One that was asked for the
password first is done when the form that waited for it is.
"""

from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from pip_network.web.own_addresses import own_address

FIELD = "_draft"
SENT = "drafts_sent"
WAITING = "draft_waiting"  # for the password
KEPT_DAYS = 14  # nobody comes back to a form after longer
AT_MOST = 20  # names that wait for a page
LONGEST = 300


class DraftMiddleware:
    """Reads of the answer to a form whether it was done, or met the sign-in page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code not in (302, 303):
            return response
        asked = urlsplit(response["Location"])
        if asked.path == resolve_url(settings.LOGIN_URL):
            _lead_back(request, response, asked.path, parse_qs(asked.query))
        else:
            _note(request, asked.path)
        return response


def _note(request: HttpRequest, goes_on: str) -> None:
    """Which draft the portal has now, if any."""
    name = request.POST.get(FIELD, "")[:LONGEST]
    if request.path in _questions():
        name = request.session.pop(WAITING, "")  # of the form that has been taken up
    if not name or _was_refused(request):
        return
    if goes_on in _questions():
        request.session[WAITING] = name
    elif goes_on != reverse("mfa_activate_totp"):  # nobody does anything without it
        request.session[SENT] = [*request.session.get(SENT, []), name][-AT_MOST:]


def _questions() -> tuple[str, ...]:
    """Is it still her? The form waits in the session for the answer."""
    return reverse("account_reauthenticate"), reverse("mfa_reauthenticate")


def _was_refused(request: HttpRequest) -> bool:
    """Told on the page to which it led back."""
    told = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= messages.ERROR for message in told)


def leaving() -> list[str]:
    """Forms that sign out."""
    return [reverse("account_logout"), reverse("admin:logout")]


def sent(request: HttpRequest) -> list[str]:
    """Names of the drafts that the portal has; asked once, for the page that says so."""
    return request.session.pop(SENT, []) if SENT in request.session else []


def _kept(request: HttpRequest) -> str:
    """What the sign-in page says of the form that met it."""
    if request.POST.get(FIELD):
        return _(
            "Your session had ended and nothing has been stored yet. Sign in: the page opens again "
            "with what you typed."
        )
    return _("Your session had ended and nothing has been stored. Sign in and send it again.")


def _lead_back(
    request: HttpRequest, response: HttpResponse, sign_in: str, asked: dict[str, list[str]]
) -> None:
    if "next" not in asked:
        return
    messages.warning(request, _kept(request))
    page = urlsplit(own_address(request, request.headers.get("Referer", "")))
    if page.path and page.path != sign_in:
        back = page._replace(scheme="", netloc="", fragment="").geturl()
        response["Location"] = f"{sign_in}?{urlencode({'next': back})}"
