"""A form that makes something makes it once, however often it is sent.

The page draws a key into the form (`{% form_key %}`). Its row is written in the transaction of what
the form makes: who sends it a second time waits for the first, then is led to what that made. On
both databases the primary key of the row decides.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from pip_network.models import SentForm
from pip_network.web.errors import Conflict

FIELD = "form_key"
LONGEST = 64
KEEP = dt.timedelta(days=7)
SPENT = "_form_key_is_spent"

Answer = Callable[[], HttpResponse | None]


def key_for(request: HttpRequest) -> str:
    """The key of the form that is shown: the one that was sent, while it has made nothing."""
    sent = request.POST.get(FIELD, "")
    if sent and not hasattr(request, SPENT):
        return sent[:LONGEST]
    return secrets.token_urlsafe(16)


def is_spent(request: HttpRequest) -> bool:
    """Has the key that was sent made something, so that another one is drawn?"""
    return hasattr(request, SPENT)


def sent_before(request: HttpRequest, *, again: Answer) -> HttpResponse | None:
    """The answer to a form that has made what it says; None to any other."""
    if not request.POST.get(FIELD):
        return None
    first = SentForm.objects.filter(pk=_key(request), content=_content(request)).first()
    if first is None:
        return None
    setattr(request, SPENT, True)
    return _same_again(request, first, again)


def answered(
    request: HttpRequest, make: Answer, *, again: Answer, page: Callable[[], str] | None = None
) -> HttpResponse | None:
    """What `make` answers; None when it has made nothing. A form sent again is led to the page that
    it was led to the first time (`page` gives its address, where that is another), or gets what
    `again` answers.

    Raises Conflict when the form has made something and says something else now: it is shown with a
    new key, so that sending it once more makes that too.
    """
    if not request.POST.get(FIELD):  # of no page of ours, or of one from before there were keys
        return make()
    with transaction.atomic():
        sent, is_first = _claim(request)
        setattr(request, SPENT, True)
        if not is_first:
            return _same_again(request, sent, again)
        response = _made(request, sent, make)
        if response is not None:
            _remember(sent, page() if page else _address(response))
    return response


def _made(request: HttpRequest, sent: SentForm, make: Answer) -> HttpResponse | None:
    """What is made; where that fails, or is refused on the page, the key is as good as new."""
    try:
        response = make()
    except Exception:
        delattr(request, SPENT)
        raise
    if response is None:
        sent.delete()
        delattr(request, SPENT)
    return response


def _claim(request: HttpRequest) -> tuple[SentForm, bool]:
    """The row of this form, and whether it is the first. Waits for another that is being made."""
    sent = SentForm(key=_key(request), content=_content(request), sent_at=timezone.now())
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
    except IntegrityError:
        first = SentForm.objects.get(pk=sent.pk)
        if first.content != sent.content:
            setattr(request, SPENT, True)
            raise Conflict(
                _(
                    "This form was sent before and has made something; it says something else now. "
                    "Send it once more to make that too."
                )
            ) from None
        return first, False
    return sent, True


def _key(request: HttpRequest) -> str:
    """Of one person and one address: what somebody else draws is no key of hers."""
    person = str(getattr(request.user, "pk", ""))
    return _digest([person, request.path, request.POST.get(FIELD, "")])


def _content(request: HttpRequest) -> str:
    """What the form says, in short."""
    return _digest(
        [
            (name, values)
            for name, values in sorted(request.POST.lists())
            if name not in (FIELD, "csrfmiddlewaretoken")
        ]
    )


def _digest(text: object) -> str:
    return hashlib.sha256(json.dumps(text).encode()).hexdigest()


def _address(response: HttpResponse) -> str:
    return response.url if isinstance(response, HttpResponseRedirect) else ""


def _remember(sent: SentForm, answer: str) -> None:
    sent.answer = answer
    sent.save(update_fields=["answer"])


def _same_again(request: HttpRequest, sent: SentForm, again: Answer) -> HttpResponse | None:
    if not sent.answer:
        return again()
    messages.info(request, _("This form had been sent already: this is what it made."))
    return redirect(sent.answer)


def sweep(*, at: dt.datetime) -> None:
    """Forget forms that nobody has open any more."""
    SentForm.objects.filter(sent_at__lt=at - KEEP).delete()
