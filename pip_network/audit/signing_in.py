"""Signing in and out in the trail: who did, who failed, who was stopped.

Never the e-mail that was typed.
"""

import logging

from allauth.mfa.base import forms
from django import forms as django_forms
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


class _CodeIsRecorded(django_forms.Form):
    def clean_code(self) -> str:
        try:
            return super().clean_code()  # type: ignore[misc]
        except ValidationError:
            request = forms.context.request
            record_denied(verb="signin.code_failed", on=f"U:{self.user.pk}", request=request)  # type: ignore[attr-defined]
            raise


class AuthenticateForm(_CodeIsRecorded, forms.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateForm(_CodeIsRecorded, forms.ReauthenticateForm):
    """The second step asked again before something that matters."""
