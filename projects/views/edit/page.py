"""The one page on which the registry is written: a form or a confirmation, with what will happen
and what happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.web.errors import DomainError, Forbidden
from projects.forms import RegistryForm


@dataclass
class Page:
    """What stands around the form. `back` is the address and the words of where one came from."""

    title: str
    back: tuple[str, str]
    button: str
    over: str = ""
    lede: str = ""
    will: Sequence[str] = ()
    danger: bool = False
    keys: Sequence[str] = ()  # whose history is shown
    trail: tuple[str, str] | None = None  # a crumb before `back`
    more: dict[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest,
    page: Page,
    form: RegistryForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str | Callable[[Any], str],
    said: str,
    template: str = "projects/edit/act.html",
) -> HttpResponse:
    """Show the form; when it was sent and holds, do `act` with what it says and go on to `done`."""
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                result = act(form.cleaned_data)
            except Forbidden:
                raise
            except DomainError as error:
                form.refuse(error)
            else:
                messages.success(request, said)
                return redirect(done(result) if callable(done) else done)
        status = form.status
    history = audit.history_of(*page.keys, reader=request.user) if page.keys else None
    return render(
        request,
        template,
        {"page": page, "form": form, "history": history, **page.more},
        status=status,
    )


def require_registry(user) -> None:
    """For things whose page everybody sees: who may not keep the registry is told so."""
    if not can(user, P.MANAGE_REGISTRY):
        raise Forbidden(_("Only the administration of the network keeps the registry."))


def sent(request: HttpRequest):
    """What a form is bound to: the data of a POST, or nothing."""
    return request.POST if request.method == "POST" else None
