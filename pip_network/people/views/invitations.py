"""Inviting, and answering an invitation."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pip_network import audit
from pip_network.audit.denied import record_denied
from pip_network.models import Invitation
from pip_network.people import acts, invitations, scopes
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, require_room
from pip_network.people.filters import InvitationFilter
from pip_network.people.forms import AcceptForm
from pip_network.people.tables import STATES, InvitationTable
from pip_network.web.acts import buttons, carry_out, sent
from pip_network.web.again import confirm_identity
from pip_network.web.errors import Conflict, DomainError
from pip_network.web.language import keep_language
from pip_network.web.listing import list_page
from pip_network.web.signed_in import SignedInRequest

SESSION_KEY = "invitation"


def fetch(request: SignedInRequest, pk: int) -> Invitation:
    require_room(request.user, P.MANAGE_PEOPLE)
    return get_object_or_404(
        Invitation.objects.select_related("institution", "sent_by", "accepted_by"), pk=pk
    )


@require_safe
@login_required
def invitation_list(request: SignedInRequest) -> HttpResponse:
    require_room(request.user, P.MANAGE_PEOPLE)
    rows = Invitation.objects.order_by("-sent_at", "-pk")
    return list_page(
        request,
        "people/invitations.html",
        InvitationFilter,
        InvitationTable,
        rows,
        name="invitations",
        at=timezone.now(),
        scope_labels=scopes.labels(),
    )


@require_safe
@login_required
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = fetch(request, pk)
    state = invitation.state(timezone.now())
    context = {
        "invitation": invitation,
        "state": state,
        "state_css": STATES[state][0],
        "state_words": STATES[state][1],
        "acts": buttons(acts.OF_INVITATION, request.user, invitation, pk),
        "role": Role(invitation.role).label,
        "place": scopes.label(invitation.scope),
        "history": audit.history_of(f"invitation:{invitation.pk}", reader=request.user),
    }
    return render(request, "people/invitation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def invite(request: SignedInRequest) -> HttpResponse:
    return carry_out(
        request,
        acts.INVITE,
        {},
        form=acts.INVITE.form(sent(request), initial={"language": "es"}),
        template="people/invite.html",
        after=lambda invited: invited,
    )


@require_POST
@confirm_identity(room=P.MANAGE_PEOPLE)
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = fetch(request, pk)
    return carry_out(request, acts.SEND_AGAIN, {"invitation": invitation}, after=invitation)


@require_POST
@confirm_identity(room=P.MANAGE_PEOPLE)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = fetch(request, pk)
    return carry_out(request, acts.WITHDRAW, {"invitation": invitation}, after=invitation)


@require_safe
@never_cache
def open_letter(request: HttpRequest, key: str) -> HttpResponse:
    """The address of the letter: its key goes out of the address at once, and only its hash is
    kept.
    """
    request.session[SESSION_KEY] = invitations.hash_of(key)
    return redirect("invitation-answer")


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Where the account is made.

    What is of no use any more says why, and nothing about any account.
    """
    key_hash = request.session.get(SESSION_KEY, "")
    invitation = invitations.find(key_hash) if key_hash else None
    state = invitation.state(timezone.now()) if invitation else "unknown"
    if request.user.is_authenticated:
        return _of_no_use(request, "signed-in")
    if invitation is None or state != "pending":
        return _refused(request, state, invitation)
    first = {"name": invitation.name, "language": invitation.language}
    form = AcceptForm(sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            _row, user = invitations.accept(
                key_hash=key_hash,
                name=answers["name"],
                password=answers["password1"],
                language=answers["language"],
                time_zone=answers["time_zone"],
                at=timezone.now(),
            )
        except Conflict:
            return _refused(request, "accepted", invitation)
        except DomainError as error:
            form.refuse(error)
        else:
            del request.session[SESSION_KEY]
            record_authentication(request, user, method="password", email=user.email)
            messages.success(request, _("Welcome. Your account is ready."))
            response = perform_login(request, user, email_verification="none")
            keep_language(response, answers["language"])
            return response
    context = {
        "form": form,
        "invitation": invitation,
        "role": Role(invitation.role).label,
        "place": scopes.label(invitation.scope),
    }
    return render(request, "people/answer.html", context, status=422 if form.errors else 200)


def _refused(request: HttpRequest, reason: str, invitation: Invitation | None) -> HttpResponse:
    """An old letter, or a guess: in the trail, because somebody may be trying."""
    record_denied(
        verb="signin.link_refused",
        on=f"invitation:{invitation.pk}" if invitation else "invitation",
        request=request,
    )
    return _of_no_use(request, reason)


def _of_no_use(request: HttpRequest, reason: str) -> HttpResponse:
    return render(
        request,
        "people/of_no_use.html",
        {"reason": reason},
        status=200 if reason == "signed-in" else 410,
    )
