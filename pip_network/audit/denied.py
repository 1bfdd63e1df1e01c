"""Attempts that were denied, in the trail: bounded, without anything personal, and never at the
price of the answer.
"""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.csrf import csrf_failure

from pip_network.audit.writing import record
from pip_network.models import User
from pip_network.people.processes import VISITOR
from pip_network.web.limits import left_this_minute
from pip_network.web.requests import address_without_secrets

log = logging.getLogger(__name__)

EACH_A_MINUTE = 10  # rows of one person, or of one network address
ALL_A_MINUTE = 120  # rows of all visitors together


def record_denied(
    *, verb: str, on: str, request: HttpRequest, by: User | None = None, **details: Any
) -> bool:
    """Append a denied attempt, unless there were many this minute; the last one that fits says so.
    Never raises.

    `on` and `details` hold codes only. A visitor is `visitor`; her network address is kept as a
    code that tells attempts from the same place, not the place.
    """
    try:
        place = place_of(request)
        left = _left(f"U:{by.pk}" if by else place, EACH_A_MINUTE)
        if by is None:
            left = min(left, _left("visitors", ALL_A_MINUTE))
        if left <= 0:
            return False
        if left == 1:
            details["further_ones_this_minute"] = "not recorded"
        with transaction.atomic():
            record(
                verb=verb, on=on[:120], by=by or VISITOR, at=timezone.now(), place=place, **details
            )
    except (
        Exception
    ):  # the answer matters more than its record, whatever is wrong with cache or database
        log.exception("A denied attempt (%s) could not be recorded.", verb)
        return False
    return True


def place_of(request: HttpRequest) -> str:
    """A code for the network address that the sign-in limits count by; another secret key gives
    other codes.
    """
    return salted_hmac("audit.place", get_adapter().get_client_ip(request)).hexdigest()[:10]


def _left(actor: str, most: int) -> int:
    return left_this_minute(f"audit-denied:{actor}", most)


class DeniedAttemptsMiddleware:
    """Records what a signed-in person was refused (403; 404 on an address that exists), forged
    forms and foreign hosts.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in (400, 403, 404, 429):
            self._record(request, response.status_code)
        return response

    def _record(self, request: HttpRequest, status: int) -> None:
        try:
            if status == 400:
                if _is_foreign(request):
                    record_denied(verb="access.host_refused", on="portal", request=request)
                return
            person = _person(request)
        except Exception:
            log.exception("A denied attempt could not be recorded.")
            return
        forged = getattr(request, "csrf_refused", False)
        verb = (
            "access.forged"
            if forged
            else {403: "access.denied", 404: "access.hidden", 429: "access.limited"}[status]
        )
        exists = getattr(request, "resolver_match", None) is not None
        # What a visitor may not see sends her to the sign-in; what does not exist at all is
        # nobody's secret.
        if verb in ("access.forged", "access.limited") or (person is not None and exists):
            record_denied(
                verb=verb,
                on=address_without_secrets(request),
                request=request,
                by=person,
                method=_method(request),
            )


def _is_foreign(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return True
    return False


def _person(request: HttpRequest) -> User | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None  # no query is needed to know it
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _method(request: HttpRequest) -> str:
    return (
        request.method
        if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        else "other"
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without its token (templates/403_csrf.html); the middleware above records
    it as such.
    """
    request.csrf_refused = True  # type: ignore[attr-defined]
    return csrf_failure(request, reason)
