"""Those who decide over the work of others sign in with a second step: until it is set up, nothing
else opens.
"""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from pip_network.people import sealing
from pip_network.people.access import Role, assignments
from pip_network.web.signed_in import Reader

ROLES = frozenset({Role.SPECIALIST, Role.ADMINISTRATION})
# What she needs on the way to it, and the way out.
OPEN = frozenset(
    {
        "mfa_activate_totp",
        "account_reauthenticate",
        "account_logout",
        "language",
        "healthz",
        "readyz",
        "security-txt",
    }
)


def is_required(user: Reader) -> bool:
    return settings.SECOND_FACTOR_REQUIRED and any(
        role in ROLES for role, _scope in assignments(user)
    )


def is_missing(user: Reader) -> bool:
    return is_required(user) and not is_mfa_enabled(user, [Authenticator.Type.TOTP])


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view) -> HttpResponse | None:
        # Without a session cookie nobody is signed in, and no query is needed to know it.
        if (
            not settings.SECOND_FACTOR_REQUIRED
            or settings.SESSION_COOKIE_NAME not in request.COOKIES
        ):
            return None
        address = getattr(request.resolver_match, "url_name", None)
        if address in OPEN or not is_missing(request.user):
            return None
        set_up = reverse("mfa_activate_totp")
        return (
            HttpResponseClientRedirect(set_up)
            if getattr(request, "htmx", False)
            else redirect(set_up)
        )


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Red PIP"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have it keeps it; recovery codes may be made anew."""
        return authenticator.type != Authenticator.Type.TOTP or not is_required(authenticator.user)
