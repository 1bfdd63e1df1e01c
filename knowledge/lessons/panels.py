"""What lessons show on pages of other rooms: each with what connects it with the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knowledge.choices import LessonState, Result
from knowledge.models import Application, Lesson, LessonQuerySet, Work
from monitoring.reports.figure_trace import about
from projects.models import Project
from workshops.models import Workshop

SHOWN = 6


def readable(request: HttpRequest) -> LessonQuerySet:
    """What this reader may read and nothing supersedes: confirmed ones first, then the newest."""
    rows = Lesson.objects.visible_to(request.user).exclude(state=LessonState.SUPERSEDED)
    return rows.with_parts().order_by("state", F("written_at").desc(), "code")


def lessons_of_project(request: HttpRequest, project: Project) -> dict[str, Any] | None:
    """What it learned, and what it applied of others."""
    own = [(lesson, "") for lesson in readable(request).filter(project=project)[:SHOWN]]
    uses = Application.objects.filter(project=project, withdrawn_at=None, lesson__isnull=False)
    results = dict(uses.values_list("lesson", "result"))
    applied = readable(request).filter(pk__in=results)[:SHOWN]
    told = [(lesson, applied_as(results[lesson.pk])) for lesson in applied]
    note = _("What the project learned, and what it applied.")
    return listed([*own, *told], _("Lessons"), note, most=2 * SHOWN)


def applied_as(result: str) -> str:
    return _("Applied here: %(result)s") % {"result": Result(result).label}


def lessons_of_figure(request: HttpRequest, defined: Mapping[str, Any]) -> dict[str, Any] | None:
    """Those that name this figure, of whatever round and approval."""
    cited = {"evidence__figure__definition__indicator": defined["indicator"]}
    rows = readable(request).filter(**cited).prefetch_related("evidence__figure").distinct()
    same = [row for row in rows if names(row, defined)][: SHOWN + 1]
    note = _("Lessons that name this figure, of this round or of another.")
    return listed(((row, "") for row in same), _("Lessons"), note)


def names(lesson: Lesson, defined: Mapping[str, Any]) -> bool:
    """Does it name a figure of the same indicator about the same?"""
    cited = [row.figure.definition for row in lesson.evidence.all() if row.figure]
    return any(
        one["indicator"] == defined["indicator"]
        and (one["group"], one["scope"]) == (defined["group"], defined["scope"])
        or (one["indicator"] == defined["indicator"] and about(one) == about(defined) != "")
        for one in cited
    )


def lessons_of_workshop(request: HttpRequest, workshop: Workshop) -> dict[str, Any] | None:
    """What was learned there."""
    rows = readable(request).filter(workshop=workshop)[: SHOWN + 1]
    note = _("What projects learned at this workshop.")
    return listed(((row, "") for row in rows), _("Lessons"), note)


def lessons_of_work(request: HttpRequest, work: Work) -> dict[str, Any] | None:
    """Those that name it as evidence."""
    rows = readable(request).filter(evidence__work=work).distinct()[: SHOWN + 1]
    note = _("Lessons that name this work as evidence.")
    return listed(((row, "") for row in rows), _("Lessons"), note)


def listed(
    lessons: Iterable[tuple[Lesson, str]],
    title: str,
    note: str,
    question: Mapping[str, str] | None = None,
    *,
    most: int = SHOWN,
) -> dict[str, Any] | None:
    """The first of them; `question` finds them all in the list."""
    rows = list(lessons)
    if not rows:
        return None
    asked = urlencode(question) if question and len(rows) > most else ""
    return {"lessons": rows[:most], "title": title, "note": note, "asked": asked}
