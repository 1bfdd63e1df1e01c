"""Giving a role, ending one, closing an account: each with its date, its reason and who follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.models import RoleAssignment
from pip_network.people import actions, scopes
from pip_network.people.access import Permission as P
from pip_network.people.access import Role
from pip_network.people.forms import EndRoleForm, GiveRoleForm, SwitchOffForm
from pip_network.people.roles import needs_successor
from pip_network.people.views.people import fetch
from pip_network.web.again import confirm_identity
from pip_network.web.days import today
from pip_network.web.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, pk)
    form = GiveRoleForm(
        request.POST if request.method == "POST" else None, initial={"since": today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(person=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The role is given. She has been told by letter."))
            return redirect("person", pk)
    return render(
        request,
        "people/role_give.html",
        {"person": found, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def end(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = fetch(request, pk)
    held = get_object_or_404(
        RoleAssignment.objects.select_related("person"), pk=number, person=found
    )
    demands = needs_successor(held)
    form = EndRoleForm(
        request.POST if request.method == "POST" else None,
        initial={"until": today()},
        assignment=held,
        demands=demands,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(
                assignment=held, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(
                request,
                _("The role has an end. Who leaves and who follows have been told by letter."),
            )
            return redirect("person", pk)
    context = {
        "person": found,
        "held": held,
        "role": Role(held.role).label,
        "place": scopes.label(held.scope),
        "demands": demands,
        "form": form,
    }
    return render(request, "people/role_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_identity(room=P.MANAGE_PEOPLE)
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, pk)
    open_roles = list(found.assignments.filter(until__isnull=True).order_by("role", "scope"))
    left_alone = [held for held in open_roles if needs_successor(held)]
    form = SwitchOffForm(
        request.POST if request.method == "POST" else None, person=found, left_alone=left_alone
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.switch_off(
                person=found,
                reason=form.cleaned_data["reason"],
                successors=form.successors,
                by=request.user,
                at=timezone.now(),
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("The account is off; its sessions and its roles have ended.")
            )
            return redirect("person", pk)
    words = scopes.labels()
    ends = [(Role(held.role).label, words.get(held.scope) or held.scope[2:]) for held in open_roles]
    return render(
        request,
        "people/off.html",
        {"person": found, "form": form, "ends": ends},
        status=422 if form.errors else 200,
    )
