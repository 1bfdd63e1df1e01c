"""The people of the network, for its administration: the list, and the page of each."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pip_network import audit
from pip_network.models import Invitation, RoleAssignment, User
from pip_network.people import acts, scopes
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, require_room
from pip_network.people.filters import PersonFilter
from pip_network.people.tables import PersonTable
from pip_network.web.acts import buttons, carry_out, sent
from pip_network.web.again import confirm_identity
from pip_network.web.days import today
from pip_network.web.listing import list_page
from pip_network.web.signed_in import SignedInRequest


def fetch(request: SignedInRequest, pk: int) -> User:
    require_room(request.user, P.MANAGE_PEOPLE)
    return get_object_or_404(User.objects.select_related("institution"), pk=pk)


def people_with_roles() -> QuerySet[User]:
    held = RoleAssignment.objects.current(today()).order_by("role", "scope")
    return (
        User.objects.select_related("institution")
        .prefetch_related(Prefetch("assignments", queryset=held, to_attr="held"))
        .order_by("folded", "pk")
    )


@require_safe
@login_required
def people(request: SignedInRequest) -> HttpResponse:
    require_room(request.user, P.MANAGE_PEOPLE)
    waiting = Invitation.objects.open().count()
    return list_page(
        request,
        "people/list.html",
        PersonFilter,
        PersonTable,
        people_with_roles(),
        name="people",
        context={"waiting": waiting},
    )


@require_safe
@login_required
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who she is, what she holds and held, what can be done."""
    person = fetch(request, pk)
    scope_labels, day = scopes.labels(), today()
    rows = person.assignments.select_related("given_by", "ended_by").order_by(
        "-since", "role", "scope"
    )
    held: list[tuple[RoleAssignment, str, str]] = []
    past: list[tuple[RoleAssignment, str, str]] = []
    for row in rows:
        over = row.until is not None and row.until <= day
        (past if over else held).append(
            (row, str(Role(row.role).label), scope_labels.get(row.scope) or row.scope[2:])
        )
    context = {
        "person": person,
        "held": held,
        "past": past,
        "today": day,
        "is_self": person.pk == request.user.pk,
        "second_step": is_mfa_enabled(person, [Authenticator.Type.TOTP]),
        "sessions": UserSession.objects.filter(user=person).count(),
        "invitation": Invitation.objects.filter(accepted_by=person)
        .select_related("sent_by")
        .first(),
        "acts": buttons(acts.OF_PERSON, request.user, person, pk),
        "acts_on_account": buttons(acts.OF_ACCOUNT, request.user, person, pk),
        "history": audit.history_of(f"U:{person.pk}", reader=request.user),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    first = {"name": person.name, "institution": person.institution_id}
    return carry_out(
        request,
        acts.CHANGE,
        {"person": person},
        form=acts.CHANGE.form(sent(request), initial=first),
        template="people/change.html",
        context=lambda _form: {"person": person},
        after=person,
    )


@require_POST
@login_required
def end_sessions(request: SignedInRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    return carry_out(request, acts.END_SESSIONS, {"person": person}, after=person)


@require_POST
@login_required
def send_reset(request: SignedInRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    return carry_out(request, acts.SEND_RESET, {"person": person}, after=person, back=person)


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def switch_on(request: SignedInRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    if request.method != "POST":
        return render(request, "people/on.html", {"person": person})
    return carry_out(request, acts.SWITCH_ON, {"person": person}, after=person)
