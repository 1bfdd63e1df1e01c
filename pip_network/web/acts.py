"""The one road from a form to its action: ask, act, refuse at the field, say so, go on.

An `Act` is one row: the button that leads to it, its page and its refusal come from there.
Pages with content of their own walk the same road with their own template and context.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from pip_network.people.access import EVERYWHERE, Permission, can, require
from pip_network.web import once
from pip_network.web.errors import DomainError, Forbidden, Invalid
from pip_network.web.signed_in import Reader

Words = str | Promise
LOOKS = {
    "primary": "btn-primary",
    "plain": "btn-outline-secondary",
    "danger": "btn-outline-danger",
}


def put_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """At its field when there is one, else above the form."""
    form.add_error(error.place if error.place in form.fields else None, str(error.message))


class ActForm(forms.Form):
    """What an action is told; as it stands, nothing: a button. It shows what a rule said no to."""

    status = 422  # of the page that shows what is wrong; then the refusal's own

    def arguments(self) -> dict[str, Any]:
        """What was filled in, by the names that the action gives it."""
        return self.cleaned_data

    def refuse(self, error: DomainError) -> None:
        self.status = error.status
        put_refusal(self, error)


@dataclass(frozen=True)
class Button:
    """What leads to an act; what is done at once has no page of its own."""

    label: Words
    url: str
    kind: str = "plain"  # primary, plain, danger
    at_once: bool = False

    @property
    def look(self) -> str:
        """The class of the button."""
        return LOOKS[self.kind]


@dataclass(frozen=True, kw_only=True)
class Act:
    """What can be done with a thing: who may, when it is possible, what is asked, what is done.

    The action asks for the permission and for the state again, and its refusal is what is shown:
    `when` only keeps a button away that would be refused.
    """

    name: str  # of its address
    label: Words = ""  # on the button that leads to it, where that is not the page's own
    kind: str = "plain"
    at_once: bool = False  # without a page: the button does it
    once: bool = False  # it makes something: its form, sent again, leads to what it made
    permission: Permission | None  # None: the action alone knows who may
    over: Callable[[Any], str | Iterable[str]] = lambda _thing: EVERYWHERE
    not_by: Callable[[Any], int | None] = lambda _thing: None  # another person decides
    when: Callable[[Any], bool] = lambda _thing: True
    form: Callable[..., ActForm] = ActForm  # nothing to fill in: a button
    action: Callable[..., Any]
    message: Words | Callable[[Any], str]  # once it is done; of what the action returned
    after: Callable[[Any], Any] = lambda thing: thing  # the page where it goes on
    title: Words = ""  # of its page, where that is the room's common one
    lede: Words = ""
    will: Sequence[Words] = ()  # happen, when it is done
    button: Words = ""  # under its form
    danger: bool = False  # its page warns, although its button does not

    def require(self, user: Reader, thing: Any = None) -> None:
        """Who may not is told what the action would tell her."""
        if self.permission is not None:
            require(user, self.permission, self.over(thing))

    def may(self, user: Reader, thing: Any = None) -> bool:
        if self.permission is None or can(user, self.permission):
            return True
        return can(user, self.permission, self.over(thing))

    def is_possible(self, user: Reader, thing: Any = None) -> bool:
        other = self.not_by(thing)
        return (other is None or other != user.pk) and self.when(thing)

    def is_offered(self, user: Reader, thing: Any = None) -> bool:
        """Does its button stand on the page of `thing`?"""
        return self.may(user, thing) and self.is_possible(user, thing)

    def link(self, *address: Any) -> Button:
        return Button(self.label, reverse(self.name, args=address), self.kind, self.at_once)


def buttons(acts: Iterable[Act], user: Reader, thing: Any, *address: Any) -> list[Button]:
    """Of those that `user` may do with `thing` as it stands; none for a visitor."""
    if not user.is_authenticated:
        return []
    may: dict[Any, bool] = {}  # who may is asked once for all that ask alike: it may read rows
    for act in acts:
        key = (act.permission, act.over)
        may[key] = may[key] if key in may else act.may(user, thing)
    return [
        act.link(*address)
        for act in acts
        if may[act.permission, act.over] and act.is_possible(user, thing)
    ]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, or nothing."""
    return request.POST if request.method == "POST" else None


def carry_out(
    request: HttpRequest,
    act: Act,
    about: Mapping[str, Any],
    *,
    after: Any,
    form: Any = None,
    template: str = "",
    context: Callable[[Any], Mapping[str, Any]] = lambda _form: {},
    back: Any = None,
) -> HttpResponse:
    """Show the form of `act`; when it was sent and holds, do it and go on to `after`.

    `about`: the things, by the names that the action gives them. `after`: an address, a thing with
    one, or what makes either (or the answer itself) of the result. `context` is asked only when the
    page is shown.
    A refusal stands on the page, at its field; without a page it is told at `back`, or alone.
    """
    form = act.form(sent(request)) if form is None else form
    again = partial(_go_on, after, None)
    if act.once and form.is_bound:  # before its choices are looked at: it may have used one up
        earlier = once.sent_before(request, again=again)
        if earlier is not None:
            return earlier

    def do() -> HttpResponse | None:
        result = act.action(**about, **form.arguments(), by=request.user, at=timezone.now())
        _show_message(request, act, result)
        # An action that did its part has put the rest there.
        return None if form.errors else _go_on(after, result)

    if form.is_bound and form.is_valid():
        try:
            response = once.answered(request, do, again=again) if act.once else do()
        except Forbidden:
            raise
        except DomainError as error:
            if back is None and not template:
                raise
            error.afterwards()
            if back is not None:
                messages.error(request, str(error.message))
                return redirect(back)
            form.refuse(error)
        else:
            if response is not None:
                return response
    if not template:
        place, sentences = next(iter(form.errors.items()))
        raise Invalid(" ".join(sentences), place=place)
    page = {"form": form, **context(form)}
    return render(request, template, page, status=form.status if form.is_bound else 200)


def _show_message(request: HttpRequest, act: Act, result: Any) -> None:
    message = act.message(result) if callable(act.message) else str(act.message)
    if message:
        messages.success(request, message)


def _go_on(after: Any, result: Any) -> HttpResponse:
    """To an address, a thing with one, or what makes either (or the answer itself) of the result."""
    target = after(result) if callable(after) else after
    return target if isinstance(target, HttpResponse) else redirect(target)
