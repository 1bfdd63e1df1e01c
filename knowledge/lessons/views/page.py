"""The page of a lesson: its words, its evidence, the chain in which it stands, what can be done."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge import labels
from knowledge.choices import Language
from knowledge.lessons import acts, checks, evidence, writing
from knowledge.lessons.acts_of_evidence import OF_EVIDENCE, UNCITE
from knowledge.lessons.acts_of_others import APPLY, CONFIRM, UNAPPLY, UNCONFIRM
from knowledge.lessons.drafting import permission_to_change
from knowledge.lessons.reaching import fetched, projects_where
from knowledge.models import PARAGRAPHS, Lesson
from monitoring.models import Submission
from pip_network import audit
from pip_network.people.access import Permission, can, can_somewhere
from pip_network.web.acts import Button, buttons


@require_safe
def lesson(request: HttpRequest, code: str) -> HttpResponse:
    """One lesson in the reader's language; what she may not read is the same as nothing."""
    row = fetched(request.user, code)
    if row is None:
        raise Http404
    user = request.user
    writes, keeps = can(user, Permission.WRITE_LESSON, row.scope_keys), keeps_library(request)
    text = row.shown
    pieces = evidence.shown_to(user, row)
    removes = acts.takes_evidence(row) and can(user, permission_to_change(row), row.scope_keys)
    context = {
        "lesson": row,
        "text": text,
        "paragraphs": [(writing.LABELS[name], getattr(text, name)) for name in PARAGRAPHS if text],
        "names_people": keeps or can_somewhere(user, Permission.VIEW_MONITORING),
        "evidence": [(piece, UNCITE.link(row.code, piece.row.pk)) for piece in pieces],
        "removes": removes,
        "cites": buttons(OF_EVIDENCE, user, row, row.code),
        "own": [one for one in row.validations.all() if one.project_id == row.project_id],
        "confirmations": [one for one in row.validations.all() if one.project_id != row.project_id],
        "checks": checks.of(row, user) if writes or keeps else (),
        "acts": offered(request, row),
        "after": replacement(request, row),
        "submission": may_see(request, row.submission),
        "history": audit.history_of(f"lesson:{row.pk}", reader=user) if writes or keeps else (),
        **what_others_say(request, row),
    }
    return render(request, "knowledge/lessons/lesson.html", context)


def keeps_library(request: HttpRequest) -> bool:
    return can(request.user, Permission.CURATE_LIBRARY)


def offered(request: HttpRequest, row: Lesson) -> list[Button]:
    """What the reader may do; who validates needs nobody to send it to her."""
    found = buttons(acts.OF_LESSON, request.user, row, row.code)
    labels_ = {button.label for button in found}
    if acts.VALIDATE.label in labels_:
        found = [button for button in found if button.label != acts.SEND.label]
    return found + translations(request, row)


def translations(request: HttpRequest, row: Lesson) -> list[Button]:
    """Into each language that the original is not in."""
    if not may_translate(request, row):
        return []
    mine = row.original.language if row.original else ""
    return [
        replace(
            acts.TRANSLATE.link(row.code, language),
            label=_("Translate into %(language)s") % {"language": labels.language_inside(language)},
        )
        for language in Language.values
        if language != mine
    ]


def may_translate(request: HttpRequest, row: Lesson) -> bool:
    writes = can(request.user, Permission.WRITE_LESSON, row.scope_keys)
    return (writes or keeps_library(request)) and acts.takes_evidence(row)


def what_others_say(request: HttpRequest, row: Lesson) -> dict[str, Any]:
    """Who applied it and who may say so: for another project than its own, once each."""
    said = {one.project_id for one in row.applications.all()}
    confirmed = {one.project_id for one in row.validations.all()}
    applying = confirming = frozenset[str]()
    if request.user.is_authenticated and acts.holds(row):
        applying = codes_of(request, Permission.WRITE_LESSON) - {row.project_id}
        confirming = codes_of(request, Permission.CONFIRM_LESSON) - {row.project_id}
    found = []
    if applying - said:
        found.append(APPLY.link(row.code))
    if confirming - confirmed:
        found.append(CONFIRM.link(row.code))
    return {
        "uses": [
            (one, UNAPPLY.link(row.code, one.pk) if one.project_id in applying else None)
            for one in row.applications.all()
        ],
        "says": found,
        "unconfirms": [UNCONFIRM.link(row.code, code) for code in sorted(confirming & confirmed)],
    }


def codes_of(request: HttpRequest, permission: Permission) -> frozenset[str]:
    return frozenset(projects_where(request.user, permission).values_list("pk", flat=True))


def replacement(request: HttpRequest, row: Lesson) -> Lesson | None:
    """The lesson in its place, for who may read that one."""
    if row.superseded_by_id is None:
        return None
    readable = Lesson.objects.visible_to(request.user).with_parts()
    return readable.filter(pk=row.superseded_by_id).first()


def may_see(request: HttpRequest, submission: Submission | None) -> bool:
    """Does its semester lead to a page that the reader may open?"""
    if submission is None or not request.user.is_authenticated:
        return False
    return Submission.objects.visible_to(request.user).filter(pk=submission.pk).exists()
