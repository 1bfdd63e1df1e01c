"""Forgotten passwords. The form says the same to everybody and does the same for everybody: it
writes one job, and the worker looks whether there is such an account. So neither the answer nor its
time tells a stranger who has one.
"""

import datetime as dt
from functools import partial
from typing import Any

from allauth.account.forms import (
    ResetPasswordForm,
    ResetPasswordKeyForm,
    default_token_generator,
)
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pip_network.choices import MailKind
from pip_network.jobs import jobs, letters
from pip_network.models import Job, Mail, User
from pip_network.web.errors import Conflict
from pip_network.web.locks import lock

KIND = "pip_network.tasks.forgotten_password"


class ForgottenForm(ResetPasswordForm):
    """Asks for the letter, and for no account."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    @transaction.atomic
    def save(self, request: HttpRequest, **_options: Any) -> str:
        email = self.cleaned_data["email"]
        jobs.enqueue(kind=KIND, arguments={"email": email}, requested_by=None, at=timezone.now())
        return email


class NewPasswordForm(ResetPasswordKeyForm):
    """The key is asked once more under the lock of the account: of several who use one letter at the
    same instant, one changes the password.
    """

    @transaction.atomic
    def save(self) -> None:
        person = lock(self.user)
        if not default_token_generator.check_token(person, self.temp_key):
            raise Conflict(_("This address has been used or has expired. Ask for another one."))
        super().save()


def work(job: Job, _progress: jobs.Progress) -> jobs.Finish:
    """The letter to the account of that address, if there is one that may sign in."""
    return partial(_answer, job, timezone.now())


def _answer(job: Job, at: dt.datetime) -> None:
    person = User.objects.active().filter(email=job.arguments["email"]).first()
    if person is not None:
        write(person, at=at)
    # What a stranger typed is not kept.
    Job.objects.filter(pk=job.pk).update(arguments={})


def write(person: User, *, at: dt.datetime) -> Mail | None:
    """The letter with the key of one use; nobody but her sees it. None to a closed account."""
    return letters.write(
        "new_password",
        to=person.email,
        language=person.language,
        kind=MailKind.ACCOUNT,
        at=at,
        address=_address(person),
        minutes=settings.PASSWORD_RESET_TIMEOUT // 60,
    )


def _address(person: User) -> str:
    key = default_token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )
