"""Giving a role, ending one, closing an account: each with its date, its reason and who follows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from pip_network.models import RoleAssignment
from pip_network.people import acts, scopes
from pip_network.people.access import Permission as P
from pip_network.people.access import Role
from pip_network.people.roles import needs_successor
from pip_network.people.views.people import fetch
from pip_network.web.acts import carry_out, sent
from pip_network.web.again import confirm_identity
from pip_network.web.days import today


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def give(request: HttpRequest, pk: int) -> HttpResponse:
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
def end(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    person = fetch(request, pk)
    held = get_object_or_404(
        RoleAssignment.objects.select_related("person"), pk=number, person=person
    )
    demands = needs_successor(held)
    form = acts.END_ROLE.form(
        sent(request), initial={"until": today()}, assignment=held, demands=demands
    )
    context = {
        "person": person,
        "held": held,
        "role": Role(held.role).label,
        "place": scopes.label(held.scope),
        "demands": demands,
    }
    return carry_out(
        request,
        acts.END_ROLE,
        {"assignment": held},
        form=form,
        template="people/role_end.html",
        context=lambda _form: context,
        after=person,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    open_roles = list(person.assignments.filter(until__isnull=True).order_by("role", "scope"))
    left_alone = [held for held in open_roles if needs_successor(held)]
    scope_labels = scopes.labels()
    ends = [
        (Role(held.role).label, scope_labels.get(held.scope) or held.scope[2:])
        for held in open_roles
    ]
    return carry_out(
        request,
        acts.SWITCH_OFF,
        {"person": person},
        form=acts.SWITCH_OFF.form(sent(request), person=person, left_alone=left_alone),
        template="people/off.html",
        context=lambda _form: {"person": person, "ends": ends},
        after=person,
    )
