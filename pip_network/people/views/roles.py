"""Giving a role, ending one, closing an account: each with its date, its reason and who follows."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from pip_network.models import RoleAssignment
from pip_network.people import acts, scopes
from pip_network.people.access import Permission as P
from pip_network.people.access import Role
from pip_network.people.succession import needs_successor
from pip_network.people.views.people import fetch
from pip_network.web.acts import carry_out, sent
from pip_network.web.again import confirm_identity
from pip_network.web.days import today
from pip_network.web.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def give(request: SignedInRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    return carry_out(
        request,
        acts.GIVE_ROLE,
        {"person": person},
        form=acts.GIVE_ROLE.form(sent(request), initial={"since": today()}),
        template="people/role_give.html",
        context=lambda _form: {"person": person},
        after=person,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def end(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    person = fetch(request, pk)
    assignment = get_object_or_404(
        RoleAssignment.objects.select_related("person"), pk=number, person=person
    )
    demands = needs_successor(assignment)
    form = acts.END_ROLE.form(
        sent(request), initial={"until": today()}, assignment=assignment, demands=demands
    )
    context = {
        "person": person,
        "held": assignment,
        "role": Role(assignment.role).label,
        "place": scopes.label(assignment.scope),
        "demands": demands,
    }
    return carry_out(
        request,
        acts.END_ROLE,
        {"assignment": assignment},
        form=form,
        template="people/role_end.html",
        context=lambda _form: context,
        after=person,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def switch_off(request: SignedInRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    open_roles = list(person.assignments.filter(until__isnull=True).order_by("role", "scope"))
    without_director = [assignment for assignment in open_roles if needs_successor(assignment)]
    scope_labels = scopes.labels()
    ends = [
        (Role(assignment.role).label, scope_labels.get(assignment.scope) or assignment.scope[2:])
        for assignment in open_roles
    ]
    return carry_out(
        request,
        acts.SWITCH_OFF,
        {"person": person},
        form=acts.SWITCH_OFF.form(sent(request), person=person, without_director=without_director),
        template="people/off.html",
        context=lambda _form: {"person": person, "ends": ends},
        after=person,
    )
