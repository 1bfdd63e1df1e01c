"""Pages of a path: what there is to do, module by module, and all of it to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.acting import TEMPLATE, around
from knowledge.choices import ListKind
from knowledge.models import Answer, List, Question
from pip_network.people.access import Permission, can_somewhere, require_room
from pip_network.web.acts import Act, buttons, carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from . import acts
from .actions import stamp_of
from .steps import Asked, Step, next_step, steps_of


def found(request: HttpRequest, code: str) -> List:
    paths = List.objects.visible_to(request.user).present().filter(kind=ListKind.PATH)
    return get_object_or_404(paths, code=code.upper())


@require_safe
def path(request: HttpRequest, code: str) -> HttpResponse:
    """Its modules, with what the reader has done of each, and where she goes on."""
    one = found(request, code)
    steps = steps_of(one, request.user)
    begun = any(step.parts_done for step in steps)
    context = {
        "path": one,
        "steps": steps,
        "begun": begun,
        "next": next_step(steps),
        "acts": buttons(acts.OF_PATH, request.user, one, one.code),
    }
    return render(request, "knowledge/path/path.html", context | membership(request))


@require_safe
def whole(request: HttpRequest, code: str) -> HttpResponse:
    """All modules on one page, for paper."""
    one = found(request, code)
    context = {"path": one, "steps": steps_of(one, request.user)}
    return render(request, "knowledge/path/whole.html", context)


@require_safe
def module(request: HttpRequest, code: str, number: int) -> HttpResponse:
    one = found(request, code)
    steps = steps_of(one, request.user)
    here = next((place for place, step in enumerate(steps) if step.module.number == number), None)
    if here is None:
        raise Http404
    context = {
        "path": one,
        "step": steps[here],
        "before": steps[here - 1] if here else None,
        "after": steps[here + 1] if here + 1 < len(steps) else None,
        "count": len(steps),
        "acts": buttons(acts.OF_MODULE, request.user, steps[here].module, one.code, number),
        "forms": {asked.question.pk: form_of(asked) for asked in steps[here].asked},
    }
    return render(request, "knowledge/path/module.html", context | membership(request))


def membership(request: HttpRequest) -> dict[str, bool]:
    return {"member": can_somewhere(request.user, Permission.VIEW_INTERNAL)}


def form_of(asked: Asked) -> acts.AnswerForm:
    """Of one question among several on a page."""
    return acts.AnswerForm(
        initial={
            "text": asked.answer.text if asked.answer else "",
            "stamp": stamp_of(asked.answer),
        },
        auto_id=f"id_{asked.question.pk}_%s",
    )


@login_required
@require_POST
def read(request: SignedInRequest, code: str, pk: int, act: Act) -> HttpResponse:
    """Mark a reading as done, or not."""
    require_room(request.user, Permission.VIEW_INTERNAL)
    one = found(request, code)
    for step in steps_of(one, request.user):
        item = next((shown.item for shown in step.readings if shown.item.pk == pk), None)
        if item is not None:
            back = f"{address_of(one, step)}#r{pk}"
            return carry_out(request, act, {"item": item}, after=back, back=back)
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """One question by itself: where an answer cannot be kept, both texts are shown."""
    require_room(request.user, Permission.VIEW_INTERNAL)
    one = found(request, code)
    questions = Question.objects.filter(module__list=one).select_related("module")
    question = get_object_or_404(questions, pk=pk)
    kept = Answer.objects.filter(person=request.user, question=question).first()
    first = {"text": kept.text if kept else "", "stamp": stamp_of(kept)}
    back = f"{address_of(one, Step(question.module))}#q{pk}"
    return carry_out(
        request,
        acts.ANSWER,
        {"question": question},
        form=acts.ANSWER.form(sent(request), initial=first),
        template=TEMPLATE,
        context=around(acts.ANSWER, back, room="lists", thing=one, lede=question.text),
        after=back,
    )


def address_of(one: List, step: Step) -> str:
    return reverse("path-module", args=[one.code, step.module.number])
