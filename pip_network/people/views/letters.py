"""Which letters one gets: on the page of the account, and by the address that stands in each."""

from typing import Any

from allauth.core.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from pip_network.choices import LETTERS, STOPPABLE, MailKind
from pip_network.jobs import stopping
from pip_network.jobs.stopping import Addressed
from pip_network.models import MailChoice, User
from pip_network.people.acts import CHOOSE_LETTERS
from pip_network.people.processes import LETTER
from pip_network.web.acts import carry_out, sent
from pip_network.web.errors import Invalid
from pip_network.web.signed_in import SignedInRequest

# By one step: what the button of the page sends, and what it does.
STEPS = {"stop": stopping.stop, "resume": stopping.resume}


def stopped_kinds(person: User) -> set[str]:
    return set(MailChoice.objects.filter(person=person).values_list("kind", flat=True))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request: SignedInRequest) -> HttpResponse:
    stopped = stopped_kinds(request.user)
    first: dict[str, Any] = {kind: kind not in stopped for kind in STOPPABLE}
    always = [(kind.label, LETTERS[kind]) for kind in MailKind if kind not in STOPPABLE]
    return carry_out(
        request,
        CHOOSE_LETTERS,
        {},
        form=CHOOSE_LETTERS.form(sent(request), initial=first | {"shown": list(STOPPABLE)}),
        template="account/letters.html",
        context=lambda _form: {"always": always},
        after="account-letters",
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_address(request: HttpRequest, token: str) -> HttpResponse:
    """The address in a letter: who has it needs no account. GET and HEAD change nothing, for
    programs open it that look for harm.

    A mail program sends the one field of RFC 8058, without cookies and so without a token of our
    forms: that body alone is taken from anywhere. The buttons of the page are asked for theirs.
    """
    about = stopping.addressed(token)
    if about is None:
        raise Http404
    if request.method != "POST":
        return _page(request, about)
    if not consume(request, action="mail_off"):
        return respond_429(request)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        stopping.stop(**about._asdict(), by=LETTER, at=timezone.now())
        # No redirect: RFC 8058, 3.1.
        return HttpResponse("OK\n", content_type="text/plain; charset=utf-8")
    return _pressed(request, about)


@csrf_protect
def _pressed(request: HttpRequest, about: Addressed) -> HttpResponse:
    step = STEPS.get(request.POST.get("act", ""))
    if step is None:
        raise Invalid(_("Press one of the buttons of the page."))
    step(**about._asdict(), by=LETTER, at=timezone.now())
    return redirect(request.path)


def _page(request: HttpRequest, about: Addressed) -> HttpResponse:
    """In the language that its reader chose here, else that of whose letters they are."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.user.is_authenticated
    language = translation.get_language() if chosen else about.person.language
    choice = MailChoice.objects.filter(person=about.person, kind=about.kind).first()
    with translation.override(language or settings.LANGUAGE_CODE):
        context = {
            "kind": about.kind.label,
            "letters": LETTERS[about.kind],
            "address": masked(about.person.email),
            "off_since": choice.off_since if choice else None,
        }
        response = render(request, "people/mail_off.html", context)
        response["Content-Language"] = translation.get_language()
    response["X-Robots-Tag"] = "noindex"
    return response


def masked(email: str) -> str:
    """Enough for whose it is to know it again: `a…@example.org`."""
    mailbox, _at, host = email.partition("@")
    return f"{mailbox[:1]}…@{host}"
