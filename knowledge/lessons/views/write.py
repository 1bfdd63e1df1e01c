"""Pages on which lessons are written, and the acts of their buttons."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from knowledge.acting import TEMPLATE, around
from knowledge.choices import Language
from knowledge.lessons import acts
from knowledge.lessons.acts_of_evidence import UNCITE
from knowledge.lessons.acts_of_others import UNAPPLY, UNCONFIRM
from knowledge.lessons.forms import OfReader
from knowledge.lessons.reaching import fetched, projects_where
from knowledge.models import Lesson
from pip_network.people.access import Permission, require, require_room
from pip_network.web.acts import Act, carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from .page import may_translate

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def new(request: SignedInRequest) -> HttpResponse:
    """A new draft, from what somebody tells."""
    require_room(request.user, Permission.WRITE_LESSON)
    return carry_out(
        request,
        acts.WRITE_ONE,
        {},
        form=acts.WRITE_ONE.form(sent(request), by=request.user),
        template=TEMPLATE,
        context=around(acts.WRITE_ONE, reverse("lessons"), room="lessons"),
        after=lambda lesson: lesson,
    )


@login_required
@require_http_methods(METHODS)
def do(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """One of `acts.OF_LESSON` or of `OF_EVIDENCE`."""
    lesson = fetch(request, code)
    act.require(request.user, lesson)
    if act.at_once and request.method == "POST":
        return carry_out(request, act, {"lesson": lesson}, after=lesson, back=lesson)
    return on_page(request, act, lesson, act.form(sent(request), **needs(request, lesson, act)))


def needs(request: SignedInRequest, lesson: Lesson, act: Act) -> dict[str, Any]:
    """What the form of an act is made with."""
    if act is acts.CORRECT:
        return {"instance": lesson}
    return {"by": request.user} if issubclass(act.form, OfReader) else {}  # type: ignore[arg-type]


@login_required
@require_http_methods(METHODS)
def say(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """What another project says: that it held there too, or that it was applied."""
    lesson = fetch(request, code)
    form: Any = act.form
    others = projects_where(request.user, form.permission).exclude(pk=lesson.project_id)
    if not others.exists():
        require(request.user, form.permission, ())
    return on_page(request, act, lesson, form(sent(request), by=request.user, instance=lesson))


@login_required
@require_http_methods(METHODS)
def translate(request: SignedInRequest, code: str, language: str) -> HttpResponse:
    """The words of a lesson in another language, beside the original."""
    lesson = fetch(request, code)
    if language not in Language.values:
        raise Http404
    if not may_translate(request, lesson):
        require(request.user, Permission.WRITE_LESSON, lesson.scope_keys)
    form = acts.TRANSLATE.form(sent(request), instance=lesson, language=language)
    return on_page(request, acts.TRANSLATE, lesson, form, language=language)


@login_required
@require_http_methods(["POST"])
def uncite(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    lesson = fetch(request, code)
    evidence = get_object_or_404(lesson.evidence.seen_by(request.user), pk=pk)
    return carry_out(request, UNCITE, {"evidence": evidence}, after=lesson, back=lesson)


@login_required
@require_http_methods(["POST"])
def unconfirm(request: SignedInRequest, code: str, project: str) -> HttpResponse:
    lesson = fetch(request, code)
    others = lesson.validations.exclude(project=lesson.project_id)
    said = get_object_or_404(others, project=project, withdrawn_at=None)
    about = {"lesson": lesson, "project": said.project}
    return carry_out(request, UNCONFIRM, about, after=lesson, back=lesson)


@login_required
@require_http_methods(["POST"])
def unapply(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    lesson = fetch(request, code)
    application = get_object_or_404(lesson.applications, pk=pk)
    return carry_out(request, UNAPPLY, {"application": application}, after=lesson, back=lesson)


def fetch(request: SignedInRequest, code: str) -> Lesson:
    lesson = fetched(request.user, code)
    if lesson is None:
        raise Http404
    return lesson


def on_page(
    request: SignedInRequest, act: Act, lesson: Lesson, form: Any, **about: Any
) -> HttpResponse:
    return carry_out(
        request,
        act,
        {"lesson": lesson, **about},
        form=form,
        template=TEMPLATE,
        context=around(act, lesson.get_absolute_url(), room="lessons", thing=lesson),
        after=lesson,
    )
