"""Lists of lessons: what one may read, and what of one's own projects waits."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.choices import LessonState
from knowledge.lessons import acts
from knowledge.lessons.filters import LessonFilter
from knowledge.lessons.publishing import HOLDS
from knowledge.lessons.reaching import projects_where
from knowledge.models import Lesson, LessonQuerySet
from pip_network.people.access import Permission, can, can_somewhere, require_room
from pip_network.web.signed_in import SignedInRequest

PER_PAGE = 25
FILTERS = ("q", "theme", "outcome", "state", "country", "typology")


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """What the reader may read, the newest first; what is superseded is found when asked for."""
    rows = Lesson.objects.visible_to(request.user)
    if request.GET.get("state") != LessonState.SUPERSEDED:
        rows = rows.exclude(state=LessonState.SUPERSEDED)
    narrowed = LessonFilter(request.GET, queryset=rows, request=request)
    context = {
        "filter": narrowed,
        "filtered": any(request.GET.get(name) for name in FILTERS),
        "page": page_of(request, narrowed.qs),
        "waiting": waiting_for_the_public(request),
        "writes": can_somewhere(request.user, Permission.WRITE_LESSON),
        "acts": doors(request),
    }
    return render(request, "knowledge/lessons/list.html", context)


def waiting_for_the_public(request: HttpRequest) -> list[Lesson]:
    """For who curates: what its project agrees to publish."""
    if not can(request.user, Permission.CURATE_LIBRARY):
        return []
    agreed = Lesson.objects.visible_to(request.user).filter(state__in=HOLDS, published_at=None)
    return list(agreed.exclude(agreed_at=None).with_parts().order_by("agreed_at", "code"))


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Drafts to finish, those that wait for the reader, and what she deleted."""
    require_room(request.user, Permission.WRITE_LESSON)
    projects = projects_where(request.user, Permission.WRITE_LESSON)
    readable = Lesson.objects.visible_to(request.user).with_parts()
    drafts = readable.filter(state=LessonState.DRAFT, project__in=projects)
    waiting = [row for row in drafts if row.sent_at is not None and answers(request, row)]
    context = {
        "waiting": waiting,
        "drafts": [row for row in drafts if row not in waiting],
        "told": page_of(
            request, readable.filter(project__in=projects).exclude(state=LessonState.DRAFT)
        ),
        "deleted": [
            (row, acts.RESTORE.link(row.code))
            for row in Lesson.objects.deleted_for(request.user).with_parts()
        ],
        "acts": [acts.WRITE_ONE.link()],
    }
    return render(request, "knowledge/lessons/mine.html", context)


def answers(request: SignedInRequest, row: Lesson) -> bool:
    return can(request.user, Permission.VALIDATE_LESSON, row.project.scope_keys)


def page_of(request: HttpRequest, rows: LessonQuerySet) -> Any:
    return Paginator(rows.with_parts(), PER_PAGE).get_page(request.GET.get("page"))


def doors(request: HttpRequest) -> list[Any]:
    writes = can_somewhere(request.user, Permission.WRITE_LESSON)
    return [acts.WRITE_ONE.link()] if writes else []
