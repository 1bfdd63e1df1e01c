"""One's own account: who I am here, what I hold, how I sign in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pip_network.choices import STOPPABLE
from pip_network.models import User
from pip_network.people import scopes, second_factor
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, can
from pip_network.people.accounts import start_page
from pip_network.people.acts import CHANGE_ACCOUNT
from pip_network.people.views.letters import stopped_kinds
from pip_network.web.acts import carry_out, sent
from pip_network.web.days import today
from pip_network.web.language import keep_language
from pip_network.web.signed_in import SignedInRequest

# Pages of the authentication library that have no sense here, by url name: nobody changes the
# address of an account.
CLOSED = {
    "account_email": "email/",
    "account_email_verification_sent": "confirm-email/",
    "account_confirm_email": "confirm-email/<str:key>/",
    "account_confirm_login_code": "login/code/confirm/",
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: SignedInRequest) -> HttpResponse:
    user = request.user
    first = {
        "name": user.name,
        "language": user.language or request.LANGUAGE_CODE,
        "time_zone": user.time_zone,
    }
    return carry_out(
        request,
        CHANGE_ACCOUNT,
        {},
        form=CHANGE_ACCOUNT.form(sent(request), initial=first),
        template="account/account.html",
        context=lambda _form: _about(user),
        after=_in_chosen_language,
    )


def _in_chosen_language(user: User) -> HttpResponse:
    response = redirect("account")
    keep_language(response, user.language)
    return response


def _about(user: User) -> dict[str, Any]:
    scope_labels = scopes.labels()
    stopped = stopped_kinds(user)
    rows = user.assignments.current(today()).order_by("role", "scope")
    return {
        "held": [
            (Role(row.role).label, scope_labels.get(row.scope) or row.scope[2:], row)
            for row in rows
        ],
        "letters": [(kind.label, kind not in stopped) for kind in STOPPABLE],
        "start": start_page(user),
        "may_administer": can(user, P.MANAGE_PEOPLE),
        "second_step": is_mfa_enabled(user, [Authenticator.Type.TOTP]),
        "second_step_required": second_factor.is_required(user),
        "sessions": UserSession.objects.filter(user=user).count(),
    }


@require_POST
@login_required
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of one's own sessions, in whatever browser: its next request is a visitor's."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        messages.warning(
            request, _("This is the session that you are using now: sign out to end it.")
        )
    else:
        get_adapter().end_sessions([session])
        messages.success(request, _("The session has ended."))
    return redirect("usersessions_list")


def closed(request: HttpRequest, **_address) -> HttpResponse:
    raise Http404


def index(request: HttpRequest) -> HttpResponse:
    return redirect("account" if request.user.is_authenticated else "account_login")
