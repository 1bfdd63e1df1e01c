"""Signing in and out in the trail: who did, who failed, who was stopped.

Never the e-mail that was typed.
"""

import logging

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms as django_forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone

from pip_network.audit.denied import place_of, record_denied
from pip_network.audit.writing import record
from pip_network.models import User

log = logging.getLogger(__name__)


def done(request: HttpRequest, user: User) -> None:
    _record("signin.done", request, user)


def ended(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        _record("signin.ended", request, request.user)


def failed(request: HttpRequest, email: str, *, stopped: bool = False) -> None:
    """A wrong password, or one attempt too many.

    On the account, if there is one of that e-mail; else only that it was none.
    """
    known = (
        User.objects.filter(email=email.lower()).only("pk").first()
        if email and "\0" not in email
        else None
    )
    verb = "signin.locked" if stopped else "signin.failed"
    record_denied(verb=verb, on=f"U:{known.pk}" if known else "no account", request=request)


def _record(verb: str, request: HttpRequest, user: User) -> None:
    """A sign-in is not refused because it cannot be written down: the log says so."""
    try:
        with transaction.atomic():
            record(
                verb=verb, on=f"U:{user.pk}", by=user, at=timezone.now(), place=place_of(request)
            )
    except DatabaseError:
        log.exception("%s of person %s could not be recorded.", verb, user.pk)


class _UsedOnce(django_forms.Form):
    """A code opens one thing, whichever of the forms it was given to, for as long as it would be
    right: the library forgets it sooner, and forgets the one that began it.
    """

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        digits = "".join(filter(str.isalnum, code))
        lives = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"second-step:{self.user.pk}:{digits}", "used", lives):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class ActivateForm(_UsedOnce, ActivateTOTPForm):
    """The code that shows that the second step works."""


class _CodeIsRecorded(_UsedOnce):
    def clean_code(self) -> str:
        try:
            return super().clean_code()
        except ValidationError:
            request = forms.context.request
            record_denied(verb="signin.code_failed", on=f"U:{self.user.pk}", request=request)  # type: ignore[attr-defined]
            raise


class AuthenticateForm(_CodeIsRecorded, forms.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateForm(_CodeIsRecorded, forms.ReauthenticateForm):
    """The second step asked again before something that matters."""
