"""Pages on which who curates changes a path: its words, and its modules one by one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from knowledge.acting import TEMPLATE, around
from knowledge.lists.forms import first_values
from knowledge.models import List, Module
from pip_network.people.access import Permission, require_room
from pip_network.web.acts import carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from . import acts
from .forms import ModuleForm
from .views import found

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Title, text, and whom it is open to."""
    one = _kept(request, code)
    return carry_out(
        request,
        acts.CHANGE_PATH,
        {"one": one},
        form=acts.CHANGE_PATH.form(sent(request), initial=first_values(one)),
        template=TEMPLATE,
        context=around(acts.CHANGE_PATH, one.get_absolute_url(), room="lists", thing=one),
        after=one,
    )


@login_required
@require_http_methods(METHODS)
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """A further module."""
    one = _kept(request, code)
    return carry_out(
        request,
        acts.ADD_MODULE,
        {"path": one},
        form=ModuleForm(sent(request), by=request.user, last=one.modules.count() + 1),
        template=TEMPLATE,
        context=around(acts.ADD_MODULE, one.get_absolute_url(), room="lists", thing=one),
        after=address_of,
    )


@login_required
@require_http_methods(METHODS)
def change_module(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """All that a module says."""
    module = _module(request, code, number)
    page = around(acts.CHANGE_MODULE, address_of(module), room="lists", thing=module.list)
    return carry_out(
        request,
        acts.CHANGE_MODULE,
        {"module": module},
        form=ModuleForm(sent(request), by=request.user, instance=module),
        template=TEMPLATE,
        context=page,
        after=address_of,
    )


@login_required
@require_http_methods(METHODS)
def remove_module(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """One that has become empty."""
    module = _module(request, code, number)
    page = around(acts.REMOVE_MODULE, address_of(module), room="lists", thing=module.list)
    return carry_out(
        request,
        acts.REMOVE_MODULE,
        {"module": module},
        template=TEMPLATE,
        context=page,
        after=module.list,
    )


def _kept(request: SignedInRequest, code: str) -> List:
    require_room(request.user, Permission.VIEW_INTERNAL)
    one = found(request, code)
    acts.ADD_MODULE.require(request.user)
    return one


def _module(request: SignedInRequest, code: str, number: int) -> Module:
    modules = Module.objects.filter(list=_kept(request, code)).select_related("list")
    return get_object_or_404(modules, number=number)


def address_of(module: Module) -> str:
    return reverse("path-module", args=[module.list.code, module.number])
